import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import type { Owner } from "#db/queries/api-orders.ts";
import { type Cut, cut, type Wanted, windowOf } from "#db/queries/api-page.ts";
import { type OrderEventType, orderEvents } from "#db/schema/order-events.ts";
import { orders } from "#db/schema/orders.ts";

export type OrderEvent = typeof orderEvents.$inferSelect;

// Sorts as (order, sequence) does: sequences of one order share an instant.
const PLACE = sql`${orderEvents.orderId} || '.' || lpad(${orderEvents.sequence}::text, 9, '0')`;

export interface EventFilter {
  /** Only these; null: every type. */
  types: readonly OrderEventType[] | null;
  order?: string | undefined;
}

/** A page of the events of this owner's orders, newest first. */
export async function listOwnEvents(tx: Tx, owner: Owner, { types, order }: EventFilter, wanted: Wanted): Promise<Cut<OrderEvent>> {
  const { where, orderBy } = windowOf(orderEvents.at, PLACE, wanted);
  const rows = await tx
    .select({ event: orderEvents })
    .from(orderEvents)
    .innerJoin(orders, eq(orders.id, orderEvents.orderId))
    .where(
      and(
        eq(orderEvents.merchantId, owner.merchantId),
        eq(orders.live, owner.live),
        types ? inArray(orderEvents.type, [...types]) : undefined,
        order ? eq(orderEvents.orderId, order) : undefined,
        where,
      ),
    )
    .orderBy(...(orderBy as SQL[]))
    .limit(wanted.limit + 1);
  return cut(
    rows.map((row) => row.event),
    wanted,
    ({ at, orderId, sequence }) => ({ at, id: `${orderId}.${String(sequence).padStart(9, "0")}` }),
  );
}

export async function readOwnEvent(tx: Tx, owner: Owner, orderId: string, sequence: number): Promise<OrderEvent | null> {
  const [row] = await tx
    .select({ event: orderEvents })
    .from(orderEvents)
    .innerJoin(orders, eq(orders.id, orderEvents.orderId))
    .where(
      and(
        eq(orderEvents.orderId, orderId),
        eq(orderEvents.sequence, sequence),
        eq(orderEvents.merchantId, owner.merchantId),
        eq(orders.live, owner.live),
      ),
    );
  return row?.event ?? null;
}
