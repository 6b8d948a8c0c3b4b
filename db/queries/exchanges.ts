import { prepared, type Tx } from "#db/client.ts";
import type { GatewayAccount } from "#db/queries/accounts.ts";
import { storableJson } from "#db/storable.ts";
import { together } from "#db/together.ts";
import { newId } from "#lib/domain/ids.ts";
import type { Exchange } from "#lib/gateways/port.ts";

interface Row {
  exchange: Exchange;
  account: GatewayAccount;
  context: { orderId: string | null; attemptId: string | null };
}

/**
 * Writes exchanges with a gateway, masked and cut to size (lib/gateways/scrub.ts), together with those of others. Ends when they
 * are written. NUL, which PostgreSQL's text cannot hold, becomes its visible symbol.
 */
export async function insertExchanges(
  tx: Tx,
  account: GatewayAccount,
  context: { orderId: string | null; attemptId: string | null },
  written: readonly Exchange[],
): Promise<void> {
  await Promise.all(written.map((exchange) => insertExchange(tx, { exchange, account, context })));
}

const INSERT_EXCHANGES = `
insert into exchanges (id, merchant_id, account_id, order_id, attempt_id, operation, method, url, request_headers, request_body,
  status, response_body, error, duration_ms, started_at)
select * from jsonb_to_recordset($1::jsonb) as r(id text, merchant_id text, account_id text, order_id text, attempt_id text,
  operation text, method text, url text, request_headers jsonb, request_body text, status int, response_body text, error text,
  duration_ms int, started_at timestamptz)`;

const insertExchange = together(async (tx, rows: readonly Row[]): Promise<null[]> => {
  const values = rows.map(({ exchange, account, context }) => ({
    id: newId("exchange"),
    merchant_id: account.merchantId,
    account_id: account.id,
    order_id: context.orderId,
    attempt_id: context.attemptId,
    operation: exchange.operation,
    method: exchange.method,
    url: exchange.url,
    request_headers: exchange.requestHeaders,
    request_body: exchange.requestBody,
    status: exchange.status,
    response_body: exchange.responseBody,
    error: exchange.error,
    duration_ms: exchange.durationMs,
    started_at: exchange.startedAt,
  }));
  await prepared(tx, "insert_exchanges", INSERT_EXCHANGES, [storableJson(values)]);
  return rows.map(() => null);
});
