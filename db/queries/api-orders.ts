import { and, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { prepared, type Tx } from "#db/client.ts";
import { type Cut, cut, type Wanted, windowOf } from "#db/queries/api-page.ts";
import type { Attempt, Order } from "#db/queries/locks.ts";
import { columnsOf, rowOf } from "#db/rows.ts";
import { attempts } from "#db/schema/attempts.ts";
import { orders } from "#db/schema/orders.ts";
import { refunds } from "#db/schema/refunds.ts";
import type { OrderState } from "#lib/domain/order.ts";
import type { RefundState } from "#lib/domain/refund.ts";

/** Whose things, and which of them: a key sees its merchant's, of its own mode. */
export interface Owner {
  merchantId: string;
  live: boolean;
}

/** An order and the attempt that is told with it: the one that paid it, else the latest. */
export interface OrderAndAttempt {
  order: Order;
  attempt: Attempt | null;
}

const TOLD = `(select to_jsonb(a) from attempts a where a.order_id = o.id
  order by (a.id = o.paid_attempt_id) desc nulls last, a.created_at desc, a.id desc limit 1) as told`;

/** One order; null for a foreign, an unknown and another mode's id alike. Prepared: it ends every create. */
export async function readOwnOrder(tx: Tx, { merchantId, live }: Owner, id: string): Promise<OrderAndAttempt | null> {
  const text = `select ${columnsOf(orders, "o")}, ${TOLD} from orders o where o.id = $1 and o.merchant_id = $2 and o.live = $3`;
  const [row] = await prepared<Raw>(tx, "api_order", text, [id, merchantId, live]);
  return row ? orderOf(row) : null;
}

export interface OrderFilter {
  state?: OrderState | undefined;
  reference?: string | undefined;
  link?: string | undefined;
  createdFrom?: Date | undefined;
  createdBefore?: Date | undefined;
}

/** A page of orders, newest first. */
export async function listOwnOrders(tx: Tx, owner: Owner, filter: OrderFilter, wanted: Wanted): Promise<Cut<OrderAndAttempt>> {
  const { where, orderBy } = windowOf(orders.createdAt, orders.id, wanted);
  const rows = await tx
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.merchantId, owner.merchantId),
        eq(orders.live, owner.live),
        filter.state ? eq(orders.state, filter.state) : undefined,
        filter.reference ? eq(orders.reference, filter.reference) : undefined,
        filter.link ? eq(orders.linkId, filter.link) : undefined,
        filter.createdFrom ? gte(orders.createdAt, filter.createdFrom) : undefined,
        filter.createdBefore ? lt(orders.createdAt, filter.createdBefore) : undefined,
        where,
      ),
    )
    .orderBy(...orderBy)
    .limit(wanted.limit + 1);
  const page = cut(rows, wanted, placeOf);
  const told = await toldAttempts(tx, page.rows);
  return { ...page, rows: page.rows.map((order) => ({ order, attempt: told.get(order.id) ?? null })) };
}

/** The attempt told with each of these orders, in one statement. */
async function toldAttempts(tx: Tx, of: readonly Order[]): Promise<Map<string, Attempt>> {
  if (of.length === 0) return new Map();
  const rows = await tx
    .selectDistinctOn([attempts.orderId], { attempt: attempts })
    .from(attempts)
    .innerJoin(orders, eq(orders.id, attempts.orderId))
    .where(
      inArray(
        attempts.orderId,
        of.map(({ id }) => id),
      ),
    )
    .orderBy(
      attempts.orderId,
      sql`(${attempts.id} = ${orders.paidAttemptId}) desc nulls last`,
      sql`${attempts.createdAt} desc`,
      sql`${attempts.id} desc`,
    );
  return new Map(rows.map(({ attempt }) => [attempt.orderId, attempt]));
}

/** One attempt of an order of this owner. */
export async function readOwnAttempt(tx: Tx, owner: Owner, id: string): Promise<Attempt | null> {
  const [row] = await tx
    .select({ attempt: attempts })
    .from(attempts)
    .innerJoin(orders, eq(orders.id, attempts.orderId))
    .where(and(eq(attempts.id, id), eq(attempts.merchantId, owner.merchantId), eq(orders.live, owner.live)));
  return row?.attempt ?? null;
}

/** A page of one order's attempts, newest first. */
export async function listOwnAttempts(tx: Tx, orderId: string, wanted: Wanted): Promise<Cut<Attempt>> {
  const { where, orderBy } = windowOf(attempts.createdAt, attempts.id, wanted);
  const rows = await tx
    .select()
    .from(attempts)
    .where(and(eq(attempts.orderId, orderId), where))
    .orderBy(...orderBy)
    .limit(wanted.limit + 1);
  return cut(rows, wanted, placeOf);
}

type Refund = typeof refunds.$inferSelect;

export async function readOwnRefund(tx: Tx, owner: Owner, id: string): Promise<Refund | null> {
  const [row] = await tx
    .select({ refund: refunds })
    .from(refunds)
    .innerJoin(orders, eq(orders.id, refunds.orderId))
    .where(and(eq(refunds.id, id), eq(refunds.merchantId, owner.merchantId), eq(orders.live, owner.live)));
  return row?.refund ?? null;
}

/** A page of refunds, of all orders or of one, newest first. */
export async function listOwnRefunds(
  tx: Tx,
  owner: Owner,
  filter: { order?: string | undefined; state?: RefundState | undefined },
  wanted: Wanted,
): Promise<Cut<Refund>> {
  const { where, orderBy } = windowOf(refunds.createdAt, refunds.id, wanted);
  const rows = await tx
    .select({ refund: refunds })
    .from(refunds)
    .innerJoin(orders, eq(orders.id, refunds.orderId))
    .where(
      and(
        eq(refunds.merchantId, owner.merchantId),
        eq(orders.live, owner.live),
        filter.order ? eq(refunds.orderId, filter.order) : undefined,
        filter.state ? eq(refunds.state, filter.state) : undefined,
        where,
      ),
    )
    .orderBy(...orderBy)
    .limit(wanted.limit + 1);
  return cut(
    rows.map((row) => row.refund),
    wanted,
    placeOf,
  );
}

/** Ends an open order's lifetime now, by the database's clock; false when it is not open or not this owner's. */
export async function endLifetime(tx: Tx, { merchantId, live }: Owner, orderId: string): Promise<boolean> {
  const rows = await tx
    .update(orders)
    .set({ expiresAt: sql`least(${orders.expiresAt}, now())`, updatedAt: sql`now()` })
    .where(and(eq(orders.id, orderId), eq(orders.merchantId, merchantId), eq(orders.live, live), eq(orders.state, "open")))
    .returning({ id: orders.id });
  return rows.length === 1;
}

type Raw = Record<string, unknown> & { told: Record<string, unknown> | null };

function orderOf(row: Raw): OrderAndAttempt {
  return { order: rowOf(orders, row), attempt: row.told && rowOf(attempts, row.told) };
}

function placeOf({ createdAt, id }: { createdAt: Date; id: string }): { at: Date; id: string } {
  return { at: createdAt, id };
}
