import type { Tx } from "#db/client.ts";
import type { GatewayAccount } from "#db/queries/accounts.ts";
import { exchanges } from "#db/schema/exchanges.ts";
import { newId } from "#lib/domain/ids.ts";
import type { Exchange } from "#lib/gateways/port.ts";

/** What the timeline keeps of one message at most. */
const TEXT_MAX = 64 * 1024;

/** Writes masked exchanges with a gateway. NUL, which PostgreSQL's text cannot hold, becomes its visible symbol. */
export async function insertExchanges(
  tx: Tx,
  account: GatewayAccount,
  context: { orderId: string | null; attemptId: string | null },
  written: readonly Exchange[],
): Promise<void> {
  await tx.insert(exchanges).values(
    written.map((exchange) => ({
      ...exchange,
      id: newId("exchange"),
      merchantId: account.merchantId,
      accountId: account.id,
      ...context,
      requestBody: storable(exchange.requestBody),
      responseBody: storable(exchange.responseBody),
    })),
  );
}

function storable(text: string): string {
  return text.slice(0, TEXT_MAX).replaceAll("\u0000", "␀");
}
