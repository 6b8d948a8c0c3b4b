import { and, asc, eq, getTableColumns, gte, inArray, lt, notExists, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import type { CompatKey } from "#db/queries/compat-keys.ts";
import type { Attempt, Order } from "#db/queries/locks.ts";
import { attempts } from "#db/schema/attempts.ts";
import { compatKeys, compatOrders } from "#db/schema/compat-keys.ts";
import { orders } from "#db/schema/orders.ts";
import { refunds } from "#db/schema/refunds.ts";
import { deliveries } from "#db/schema/webhooks.ts";

export type CompatOrder = typeof compatOrders.$inferSelect;

/** An order as a key knows it; `entry` is null for one that did not come in by `/compat`. */
export interface KnownOrder {
  order: Order;
  entry: CompatOrder | null;
}

/** Writes what an order is called at its gateway; false when the key has used the shop's number before. */
export async function insertCompatOrder(tx: Tx, entry: typeof compatOrders.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(compatOrders).values(entry).onConflictDoNothing().returning({ orderId: compatOrders.orderId });
  return rows.length === 1;
}

/** Gives the shop its number back: the create that used it brought nothing. */
export async function releaseClientNo(tx: Tx, orderId: string): Promise<void> {
  await tx.update(compatOrders).set({ clientNo: null }).where(eq(compatOrders.orderId, orderId));
}

export async function compatOrderOf(tx: Tx, orderId: string): Promise<CompatOrder | null> {
  const [row] = await tx.select().from(compatOrders).where(eq(compatOrders.orderId, orderId));
  return row ?? null;
}

/** An order that came in by `/compat`, with its key, by the unguessable code in its addresses. */
export async function compatOrderByCode(tx: Tx, gateway: string, code: string): Promise<(KnownOrder & { key: CompatKey }) | null> {
  const [row] = await tx
    .select({ order: getTableColumns(orders), entry: getTableColumns(compatOrders), key: getTableColumns(compatKeys) })
    .from(compatOrders)
    .innerJoin(orders, eq(orders.id, compatOrders.orderId))
    .innerJoin(compatKeys, eq(compatKeys.id, compatOrders.keyId))
    .where(and(eq(compatOrders.code, code), eq(compatKeys.gateway, gateway)));
  return row ?? null;
}

/**
 * A key's order by the gateway's number or the shop's own: one that came in with this key, or an ordinary order of the same
 * merchant and kind of money, which is called by its reference and its id (payment.ts). Another key's orders are not found.
 */
export async function orderOfKey(
  tx: Tx,
  key: CompatKey,
  by: { no: string } | { clientNo: string } | { orderId: string },
): Promise<KnownOrder | null> {
  const named =
    "no" in by
      ? eq(compatOrders.no, by.no)
      : "clientNo" in by
        ? eq(compatOrders.clientNo, by.clientNo)
        : eq(compatOrders.orderId, by.orderId);
  const [own] = await tx
    .select({ order: getTableColumns(orders), entry: getTableColumns(compatOrders) })
    .from(compatOrders)
    .innerJoin(orders, eq(orders.id, compatOrders.orderId))
    .where(and(eq(compatOrders.keyId, key.id), named));
  return own ?? ordinaryOrder(tx, key, by);
}

async function ordinaryOrder(
  tx: Tx,
  key: CompatKey,
  by: { no: string } | { clientNo: string } | { orderId: string },
): Promise<KnownOrder | null> {
  const named =
    "no" in by ? eq(orders.id, `ord_${by.no}`) : "clientNo" in by ? eq(orders.reference, by.clientNo) : eq(orders.id, by.orderId);
  const elsewhere = tx
    .select({ one: sql`1` })
    .from(compatOrders)
    .innerJoin(compatKeys, eq(compatKeys.id, compatOrders.keyId))
    .where(and(eq(compatOrders.orderId, orders.id), eq(compatKeys.gateway, key.gateway)));
  const [row] = await tx
    .select()
    .from(orders)
    .where(and(eq(orders.merchantId, key.merchantId), eq(orders.live, key.live), named, notExists(elsewhere)));
  return row ? { order: row, entry: null } : null;
}

/** When the shop first acknowledged that an order was paid; null while it has not. */
export async function acknowledgedAt(tx: Tx, order: Pick<Order, "id" | "endpointId">): Promise<Date | null> {
  if (!order.endpointId) return null;
  const [row] = await tx
    .select({ at: deliveries.acknowledgedAt })
    .from(deliveries)
    .where(and(eq(deliveries.orderId, order.id), eq(deliveries.endpointId, order.endpointId), eq(deliveries.state, "acknowledged")))
    .orderBy(deliveries.sequence)
    .limit(1);
  return row?.at ?? null;
}

/** The delivery that tells a shop its order was paid; null when none is owed. */
export async function noticeOf(tx: Tx, order: Pick<Order, "id" | "endpointId">): Promise<string | null> {
  if (!order.endpointId) return null;
  const [row] = await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.orderId, order.id),
        eq(deliveries.endpointId, order.endpointId),
        inArray(deliveries.type, ["order.paid", "order.paid_late"]),
      ),
    )
    .orderBy(deliveries.sequence)
    .limit(1);
  return row?.id ?? null;
}

/** A paid order of a key, with the attempt that paid it. */
export interface PaidOrder extends KnownOrder {
  attempt: Attempt;
}

/** A key's orders that were paid in [from, to), oldest first. */
export async function paidBetween(tx: Tx, key: CompatKey, range: { from: Date; to: Date }, limit: number): Promise<PaidOrder[]> {
  return tx
    .select({ order: getTableColumns(orders), entry: getTableColumns(compatOrders), attempt: getTableColumns(attempts) })
    .from(compatOrders)
    .innerJoin(orders, eq(orders.id, compatOrders.orderId))
    .innerJoin(attempts, eq(attempts.id, orders.paidAttemptId))
    .where(and(eq(compatOrders.keyId, key.id), gte(orders.paidAt, range.from), lt(orders.paidAt, range.to)))
    .orderBy(asc(orders.paidAt), asc(orders.id))
    .limit(limit);
}

/** A key's refunds that were settled well in [from, to), oldest first. */
export async function refundedBetween(
  tx: Tx,
  key: CompatKey,
  range: { from: Date; to: Date },
  limit: number,
): Promise<(PaidOrder & { refund: typeof refunds.$inferSelect })[]> {
  return tx
    .select({
      order: getTableColumns(orders),
      entry: getTableColumns(compatOrders),
      attempt: getTableColumns(attempts),
      refund: getTableColumns(refunds),
    })
    .from(compatOrders)
    .innerJoin(orders, eq(orders.id, compatOrders.orderId))
    .innerJoin(attempts, eq(attempts.id, orders.paidAttemptId))
    .innerJoin(refunds, eq(refunds.attemptId, attempts.id))
    .where(
      and(
        eq(compatOrders.keyId, key.id),
        inArray(refunds.state, ["succeeded", "manual"]),
        gte(refunds.settledAt, range.from),
        lt(refunds.settledAt, range.to),
      ),
    )
    .orderBy(asc(refunds.settledAt), asc(refunds.id))
    .limit(limit);
}
