import { and, asc, eq, getTableColumns, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Tx } from "#db/client.ts";
import type { Scope } from "#db/queries/dashboard-order.ts";
import { startOfDay } from "#db/queries/dashboard-orders.ts";
import { type Cursor, cutPage, PAGE_ROWS, type Page, pageOf } from "#db/queries/dashboard-page.ts";
import type { RefundRequest } from "#db/queries/refund-requests.ts";
import type { Refund } from "#db/queries/refunds.ts";
import { merchants } from "#db/schema/merchants.ts";
import { orders } from "#db/schema/orders.ts";
import { refundRequests } from "#db/schema/refund-requests.ts";
import { refunds } from "#db/schema/refunds.ts";
import { memberships, users } from "#db/schema/users.ts";
import type { MerchantRole } from "#lib/domain/permission.ts";
import type { RefundState } from "#lib/domain/refund.ts";
import type { RequestState } from "#lib/domain/refund-request.ts";

/** What narrows a list of refunds or of requests; days are the merchant's, both included. */
export interface RefundsNarrowed {
  from: string | null;
  to: string | null;
  /** A user's id, `shop` or `policy`. */
  by: string | null;
  /** Everybody but this user: what is theirs to decide. */
  notBy: string | null;
  timeZone: string;
}

interface OfOrder {
  reference: string;
  live: boolean;
}
export type RefundListRow = Refund & OfOrder;
export type RequestListRow = RefundRequest & OfOrder;

const OF_ORDER = { reference: orders.reference, live: orders.live };

/** A merchant's refunds in these states, newest first. */
export async function listRefunds(
  tx: Tx,
  merchantId: string,
  states: readonly RefundState[],
  narrowed: RefundsNarrowed,
  cursor: Cursor | null,
): Promise<Page<RefundListRow>> {
  const page = pageOf(refunds.createdAt, refunds.id, cursor);
  const rows = await tx
    .select({ ...getTableColumns(refunds), ...OF_ORDER })
    .from(refunds)
    .innerJoin(orders, eq(orders.id, refunds.orderId))
    .where(and(eq(refunds.merchantId, merchantId), oneOf(refunds.state, states), ...conditions(refunds, narrowed), page.where))
    .orderBy(...page.orderBy)
    .limit(PAGE_ROWS + 1);
  return cutPage(rows, cursor, (row) => ({ at: row.createdAt, id: row.id }));
}

/** A merchant's refund requests in these states, newest first. */
export async function listRequests(
  tx: Tx,
  merchantId: string,
  states: readonly RequestState[],
  narrowed: RefundsNarrowed,
  cursor: Cursor | null,
): Promise<Page<RequestListRow>> {
  const page = pageOf(refundRequests.createdAt, refundRequests.id, cursor);
  const mine = and(eq(refundRequests.merchantId, merchantId), oneOf(refundRequests.state, states));
  const rows = await tx
    .select({ ...getTableColumns(refundRequests), ...OF_ORDER })
    .from(refundRequests)
    .innerJoin(orders, eq(orders.id, refundRequests.orderId))
    .where(and(mine, ...conditions(refundRequests, narrowed), page.where))
    .orderBy(...page.orderBy)
    .limit(PAGE_ROWS + 1);
  return cutPage(rows, cursor, (row) => ({ at: row.createdAt, id: row.id }));
}

// One state is told as equal: the list's index is then read in the list's order.
function oneOf(column: PgColumn, states: readonly string[]): SQL | undefined {
  const [only] = states;
  return states.length === 1 ? eq(column, only) : inArray(column, [...states]);
}

function conditions(table: typeof refunds | typeof refundRequests, { from, to, by, notBy, timeZone }: RefundsNarrowed) {
  return [
    from ? sql`${table.createdAt} >= ${startOfDay(from, 0, timeZone)}` : undefined,
    to ? sql`${table.createdAt} < ${startOfDay(to, 1, timeZone)}` : undefined,
    by ? eq(table.requestedBy, by) : undefined,
    notBy ? ne(table.requestedBy, notBy) : undefined,
  ];
}

export type RequestDetail = RefundRequest & { merchantName: string; timeZone: string };

/** A request of one of these merchants; null for a foreign and for an unknown id alike. */
export async function readRequest(tx: Tx, scope: Scope, requestId: string): Promise<RequestDetail | null> {
  if (scope.length === 0) return null;
  const [row] = await tx
    .select({ ...getTableColumns(refundRequests), merchantName: merchants.name, timeZone: merchants.timeZone })
    .from(refundRequests)
    .innerJoin(merchants, eq(merchants.id, refundRequests.merchantId))
    .where(and(eq(refundRequests.id, requestId), scope === "all" ? undefined : inArray(refundRequests.merchantId, [...scope])));
  return row ?? null;
}

/** The members of a merchant who can sign in, by name; `roles` narrows them. */
export async function readMembers(
  tx: Tx,
  merchantId: string,
  roles: readonly MerchantRole[] | null,
): Promise<{ id: string; name: string }[]> {
  return tx
    .select({ id: users.id, name: users.name })
    .from(memberships)
    .innerJoin(users, and(eq(users.id, memberships.userId), isNull(users.disabledAt)))
    .where(and(eq(memberships.merchantId, merchantId), roles ? inArray(memberships.role, [...roles]) : undefined))
    .orderBy(asc(users.name), asc(users.id))
    .limit(200);
}
