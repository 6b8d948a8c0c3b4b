import { and, eq, exists, like, type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { type Cursor, cutPage, PAGE_ROWS, type Page, pageOf } from "#db/queries/dashboard-page.ts";
import { orderIdsByNumber } from "#db/queries/dashboard-search.ts";
import { attempts } from "#db/schema/attempts.ts";
import { orders } from "#db/schema/orders.ts";
import { refunds } from "#db/schema/refunds.ts";
import type { Method, Wallet } from "#lib/domain/methods.ts";
import type { OrderState } from "#lib/domain/order.ts";

export const ATTENTION = ["review", "unclear", "refunding"] as const;
export type Attention = (typeof ATTENTION)[number];

/** What the orders list is narrowed by; null means not at all. Days are `YYYY-MM-DD` in `timeZone`, both included. */
export interface OrderFilter {
  number: string | null;
  state: OrderState | null;
  /** `review`: money that needs a person; `unclear`: a try whose outcome is being asked; `refunding`: a refund under way. */
  needs: Attention | null;
  from: string | null;
  to: string | null;
  wallet: Wallet | null;
  timeZone: string;
}

export interface OrderRow {
  id: string;
  reference: string;
  title: string;
  state: OrderState;
  paidLate: boolean;
  needsReview: boolean;
  live: boolean;
  currency: string;
  amount: bigint;
  refundedAmount: bigint;
  createdAt: Date;
  paidAt: Date | null;
  /** How it was paid; null while it is not. */
  method: Method | null;
}

/** One page of a merchant's orders, newest first. Neighbouring pages neither repeat nor miss a row. */
export async function listOrders(tx: Tx, merchantId: string, filter: OrderFilter, cursor: Cursor | null): Promise<Page<OrderRow>> {
  const page = pageOf(orders.createdAt, orders.id, cursor);
  const rows = await tx
    .select({
      id: orders.id,
      reference: orders.reference,
      title: orders.title,
      state: orders.state,
      paidLate: orders.paidLate,
      needsReview: orders.needsReview,
      live: orders.live,
      currency: orders.currency,
      amount: orders.amount,
      refundedAmount: orders.refundedAmount,
      createdAt: orders.createdAt,
      paidAt: orders.paidAt,
      method: attempts.method,
    })
    .from(orders)
    .leftJoin(attempts, eq(attempts.id, orders.paidAttemptId))
    .where(and(eq(orders.merchantId, merchantId), ...conditions(tx, merchantId, filter), page.where))
    .orderBy(...page.orderBy)
    .limit(PAGE_ROWS + 1);
  return cutPage(rows, cursor, (row) => ({ at: row.createdAt, id: row.id }));
}

function conditions(tx: Tx, merchantId: string, filter: OrderFilter): (SQL | undefined)[] {
  const tried = filter.wallet
    ? tx
        .select({ one: sql`1` })
        .from(attempts)
        .where(and(eq(attempts.orderId, orders.id), like(attempts.method, `${filter.wallet}.%`)))
    : null;
  return [
    filter.number ? sql`${orders.id} in ${orderIdsByNumber(merchantId, filter.number)}` : undefined,
    filter.state ? eq(orders.state, filter.state) : undefined,
    filter.needs ? NEEDS[filter.needs] : undefined,
    filter.from ? sql`${orders.createdAt} >= ${startOfDay(filter.from, 0, filter.timeZone)}` : undefined,
    filter.to ? sql`${orders.createdAt} < ${startOfDay(filter.to, 1, filter.timeZone)}` : undefined,
    tried ? exists(tried) : undefined,
  ];
}

// The same conditions as the counts on the home screen (dashboard-home.ts), so a count and its list agree.
const NEEDS = {
  review: sql`${orders.needsReview}`,
  unclear: sql`exists (select 1 from ${attempts} unclear where unclear.order_id = ${orders.id}
    and unclear.state = 'unknown' and unclear.next_sweep_at is not null)`,
  refunding: sql`exists (select 1 from ${refunds} where ${refunds.orderId} = ${orders.id}
    and ${refunds.state} in ('reserved','sent','unknown') and ${refunds.nextTryAt} is not null)`,
} as const satisfies Record<Attention, SQL>;

/** The instant a calendar day begins in a zone, `plus` days later; the database knows every zone's rules. */
export function startOfDay(day: string, plus: number, timeZone: string): SQL {
  return sql`((${day}::date + ${plus}::int)::timestamp at time zone ${timeZone})`;
}
