import type { Database } from "#db/client.ts";
import { DEMO_MERCHANT } from "#db/seed-demo.ts";
import { newGatewayNumber, newId, newToken } from "#lib/domain/ids.ts";

export const GATEWAY = "hipopay-agent";
export const ACCOUNT = "acc_demo_hipopay_agent";

/** An order with one attempt whose code is being shown. */
export interface Stocked {
  orderId: string;
  token: string;
  attemptId: string;
  gatewayOrderNo: string;
  minor: bigint;
}

const BATCH = 1000;

const ORDERS = `
insert into orders (id, token, merchant_id, reference, title, currency, amount, live, notify_url, endpoint_id, expires_at, event_sequence)
select "orderId", token, $2, "orderId", 'Bench', 'HKD', minor, false, $3, $4, now() + interval '2 hours', $5::int
from jsonb_to_recordset($1::jsonb) as r("orderId" text, token text, minor bigint)`;

const ATTEMPTS = `
insert into attempts (id, merchant_id, order_id, account_id, method, gateway_order_no, currency, amount, state, presentation, expires_at, next_sweep_at)
select "attemptId", $2, "orderId", $3, 'wechat.native', "gatewayOrderNo", 'HKD', minor, 'presented',
  jsonb_build_object('kind', 'qr', 'text', 'weixin://wxpay/bizpayurl?pr=' || token), now() + interval '2 hours', now() + interval '2 hours'
from jsonb_to_recordset($1::jsonb) as r("orderId" text, "attemptId" text, token text, "gatewayOrderNo" text, minor bigint)`;

const EVENTS = `
insert into order_events (order_id, sequence, merchant_id, type, actor, data)
select "orderId", e.sequence, $2, e.type, 'bench', jsonb_build_object('attempt', case when e.sequence > 1 then "attemptId" end)
from jsonb_to_recordset($1::jsonb) as r("orderId" text, "attemptId" text),
  (values (1, 'order.created'), (2, 'attempt.sent'), (3, 'attempt.presented')) as e(sequence, type) where e.sequence <= $3::int`;

/**
 * Puts so many orders into the database as start-attempt would leave them: open, told to `notifyUrl`, and, unless
 * `bare`, with a QR code shown. The sweep asks about none of them while the bench lasts.
 */
export async function stockOrders(database: Database, count: number, notifyUrl: string, bare = false): Promise<Stocked[]> {
  const made = Array.from({ length: count }, (): Stocked => {
    const now = new Date();
    const minor = BigInt(100 + Math.floor(Math.random() * 100_000));
    return { orderId: newId("order"), token: newToken(), attemptId: newId("attempt"), gatewayOrderNo: newGatewayNumber(now), minor };
  });
  const endpoint = await database.$client.query<{ id: string }>(
    `insert into webhook_endpoints (id, merchant_id, url) values ($1, $2, $3)
     on conflict (merchant_id, url, format) where kind = 'order' do update set url = excluded.url returning id`,
    [newId("endpoint"), DEMO_MERCHANT, notifyUrl],
  );
  const endpointId = endpoint.rows[0]?.id;
  for (let from = 0; from < made.length; from += BATCH) {
    const rows = JSON.stringify(made.slice(from, from + BATCH), (_key, value) => (typeof value === "bigint" ? value.toString() : value));
    await database.$client.query(ORDERS, [rows, DEMO_MERCHANT, notifyUrl, endpointId, bare ? 1 : 3]);
    if (!bare) await database.$client.query(ATTEMPTS, [rows, DEMO_MERCHANT, ACCOUNT]);
    await database.$client.query(EVENTS, [rows, DEMO_MERCHANT, bare ? 1 : 3]);
  }
  // What autovacuum would have done by now on a shop's database.
  await database.$client.query("analyze orders, attempts, order_events");
  return made;
}
