import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { type Cursor, cutPage, PAGE_ROWS, type Page, pageOf } from "#db/queries/dashboard-page.ts";
import { orders } from "#db/schema/orders.ts";
import { webhookEndpoints } from "#db/schema/webhook-endpoints.ts";
import { type DeliveryState, deliveries, deliveryTries } from "#db/schema/webhooks.ts";

export interface DeliveryListRow {
  id: string;
  orderId: string;
  reference: string;
  type: string;
  url: string;
  state: DeliveryState;
  tries: number;
  nextTryAt: Date;
  acknowledgedAt: Date | null;
  createdAt: Date;
  /** What the endpoint answered last: a status code, or why there was none. */
  lastStatus: number | null;
  lastError: string | null;
}

/** A merchant's webhook messages, newest first, optionally of one state. */
export async function listDeliveries(
  tx: Tx,
  merchantId: string,
  state: DeliveryState | null,
  cursor: Cursor | null,
): Promise<Page<DeliveryListRow>> {
  const page = pageOf(deliveries.createdAt, deliveries.id, cursor);
  const rows = await tx
    .select({
      id: deliveries.id,
      orderId: deliveries.orderId,
      reference: orders.reference,
      type: deliveries.type,
      url: webhookEndpoints.url,
      state: deliveries.state,
      tries: deliveries.tries,
      nextTryAt: deliveries.nextTryAt,
      acknowledgedAt: deliveries.acknowledgedAt,
      createdAt: deliveries.createdAt,
      lastStatus: deliveryTries.status,
      lastError: deliveryTries.error,
    })
    .from(deliveries)
    .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, deliveries.endpointId))
    .innerJoin(orders, and(eq(orders.id, deliveries.orderId), eq(orders.merchantId, merchantId)))
    .leftJoin(
      deliveryTries,
      and(
        eq(deliveryTries.deliveryId, deliveries.id),
        sql`${deliveryTries.number} = (select max(number) from delivery_tries latest where latest.delivery_id = ${deliveries.id})`,
      ),
    )
    .where(and(eq(deliveries.merchantId, merchantId), state ? eq(deliveries.state, state) : undefined, page.where))
    .orderBy(...page.orderBy)
    .limit(PAGE_ROWS + 1);
  return cutPage(rows, cursor, (row) => ({ at: row.createdAt, id: row.id }));
}
