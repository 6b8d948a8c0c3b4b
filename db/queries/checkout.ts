import { prepared, type Tx } from "#db/client.ts";
import type { Attempt, Order } from "#db/queries/locks.ts";
import { columnsOf, rowOf } from "#db/rows.ts";
import { attempts } from "#db/schema/attempts.ts";
import { orders } from "#db/schema/orders.ts";
import type { Brand } from "#lib/domain/brand.ts";

export interface CheckoutRow {
  order: Order;
  /** Newest first. */
  attempts: Attempt[];
  merchant: { name: string; brand: Brand; locale: string; timeZone: string };
  /** No event of the order is still owed to the shop's webhook. */
  shopTold: boolean;
  /** The database's clock. */
  now: Date;
}

/**
 * One order with its attempts and its merchant's face, by the checkout's token: one statement, polled by every open page.
 * Amounts pass through JSON numbers here: MAX_MINOR is far below 2^53, so each is exact.
 */
export async function checkoutRow(tx: Tx, token: string): Promise<CheckoutRow | null> {
  const rows = await prepared<Raw>(
    tx,
    "checkout_row",
    `select to_jsonb(m) as merchant, clock_timestamp() as read_at, ${columnsOf(orders, "o")},
       (select coalesce(jsonb_agg(to_jsonb(a) order by a.created_at desc, a.id desc), '[]') from attempts a where a.order_id = o.id) as all_attempts,
       not exists (select 1 from deliveries d join webhook_endpoints e on e.id = d.endpoint_id and e.active
         where d.order_id = o.id and d.state = 'pending' and not d.again
           and (o.endpoint_id is null or d.endpoint_id = o.endpoint_id)) as shop_told
     from orders o join (select id, name, brand, locale, time_zone from merchants) m on m.id = o.merchant_id
     where o.token = $1`,
    [token],
  );
  const [row] = rows;
  if (!row) return null;
  const { name, brand, locale, time_zone: timeZone } = row.merchant;
  return {
    order: rowOf(orders, row),
    attempts: row.all_attempts.map((one) => rowOf(attempts, one)),
    merchant: { name, brand, locale, timeZone },
    shopTold: row.shop_told,
    now: row.read_at,
  };
}

type Raw = Record<string, unknown> & {
  merchant: { name: string; brand: Brand; locale: string; time_zone: string };
  read_at: Date;
  shop_told: boolean;
  all_attempts: Record<string, unknown>[];
};
