import { and, desc, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { type Cursor, cutPage, PAGE_ROWS, type Page, pageOf } from "#db/queries/dashboard-page.ts";
import { orderIdsByNumber } from "#db/queries/dashboard-search.ts";
import { NOTIFICATION_COLUMNS, type NotificationRow, REFUSED_COLUMNS, type RefusedRow } from "#db/queries/dashboard-timeline.ts";
import { WAITING } from "#db/queries/waiting-notifications.ts";
import { attempts } from "#db/schema/attempts.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { type NotificationVerdict, notificationMatches, notifications, refusedNotifications } from "#db/schema/notifications.ts";
import { orders } from "#db/schema/orders.ts";
import { payouts } from "#db/schema/payouts.ts";
import type { OrderState } from "#lib/domain/order.ts";

/** What a person decided about a notification, or what it found later; the latest. */
export interface LatestMatch {
  orderId: string | null;
  /** Null where no person decided. */
  reason: string | null;
}

/**
 * A notification with the account it came for, what became of it last and, for an orphan, the payout that has its number now
 * (its notice overtook the payout's own row).
 */
export type InboxRow = NotificationRow & { accountTitle: string; match: LatestMatch | null; payoutId: string | null };

/** One verdict, or what waits for a person: orphans nobody found an order or a payout for, mismatches nobody decided on. */
export type InboxChoice = NotificationVerdict | "waiting";

const PAYOUT_ID = sql<string | null>`(select ${payouts.id} from ${payouts}
  where ${payouts.accountId} = ${notifications.accountId} and ${payouts.payoutNo} = ${notifications.gatewayOrderNo} limit 1)`;

/** A merchant's verified notifications, newest first, optionally narrowed. */
export async function listNotifications(
  tx: Tx,
  merchantId: string,
  choice: InboxChoice | null,
  cursor: Cursor | null,
): Promise<Page<InboxRow>> {
  const page = pageOf(notifications.receivedAt, notifications.id, cursor);
  const narrowed = choice === "waiting" ? sql.raw(WAITING) : choice ? eq(notifications.verdict, choice) : undefined;
  const rows = await tx
    .select({
      ...NOTIFICATION_COLUMNS,
      accountTitle: gatewayAccounts.title,
      match: sql<LatestMatch | null>`(select json_build_object('orderId', ${notificationMatches.orderId}, 'reason', ${notificationMatches.reason})
        from ${notificationMatches} where ${notificationMatches.notificationId} = ${notifications.id}
        order by ${notificationMatches.at} desc limit 1)`,
      payoutId: sql<string | null>`case when ${notifications.verdict} = 'orphan' then ${PAYOUT_ID} end`,
    })
    .from(notifications)
    .innerJoin(gatewayAccounts, eq(gatewayAccounts.id, notifications.accountId))
    .where(and(eq(notifications.merchantId, merchantId), narrowed, page.where))
    .orderBy(...page.orderBy)
    .limit(PAGE_ROWS + 1);
  return cutPage(rows, cursor, (row) => ({ at: row.receivedAt, id: row.id }));
}

/** How many wait for a person, up to a hundred. */
export async function countWaiting(tx: Tx, merchantId: string): Promise<number> {
  const rows = await tx
    .select({ one: sql`1` })
    .from(notifications)
    .where(and(eq(notifications.merchantId, merchantId), sql.raw(WAITING)))
    .limit(100);
  return rows.length;
}

/** An order a notification could be given to. */
export interface OrderChoice {
  id: string;
  reference: string;
  title: string;
  state: OrderState;
  amount: bigint;
  currency: string;
  live: boolean;
  accountId: string | null;
  createdAt: Date;
}

const CHOICE = {
  id: orders.id,
  reference: orders.reference,
  title: orders.title,
  state: orders.state,
  amount: orders.amount,
  currency: orders.currency,
  live: orders.live,
  accountId: orders.accountId,
  createdAt: orders.createdAt,
};
const CHOICES_MAX = 10;

/** The merchant's orders that a number leads to: any of the shop's, ours, a gateway's. */
export async function ordersByNumber(tx: Tx, merchantId: string, number: string): Promise<OrderChoice[]> {
  return tx
    .select(CHOICE)
    .from(orders)
    .where(and(eq(orders.merchantId, merchantId), sql`${orders.id} in ${orderIdsByNumber(merchantId, number)}`))
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(CHOICES_MAX);
}

/** The merchant's orders of exactly this amount opened in the day before the message came: where an orphan may belong. */
export async function ordersOfAmount(
  tx: Tx,
  merchantId: string,
  money: { minor: bigint; currency: string },
  live: boolean,
  at: Date,
): Promise<OrderChoice[]> {
  const from = new Date(at.getTime() - 86_400_000);
  return tx
    .select(CHOICE)
    .from(orders)
    .where(
      and(
        eq(orders.merchantId, merchantId),
        sql`${orders.createdAt} between ${from.toISOString()}::timestamptz and ${at.toISOString()}::timestamptz`,
        and(eq(orders.amount, money.minor), eq(orders.currency, money.currency), eq(orders.live, live)),
      ),
    )
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(CHOICES_MAX);
}

/** One refused message by its place in the ring; null when a newer one has taken it (`receivedAt` is another), or it is not this merchant's. */
export async function readRefusedMessage(
  tx: Tx,
  merchantId: string,
  place: { accountId: string; slot: number; receivedAt: Date },
): Promise<(RefusedRow & { accountTitle: string; gateway: string }) | null> {
  const [row] = await tx
    .select({ ...REFUSED_COLUMNS, accountTitle: gatewayAccounts.title, gateway: gatewayAccounts.gateway })
    .from(refusedNotifications)
    .innerJoin(gatewayAccounts, and(eq(gatewayAccounts.id, refusedNotifications.accountId), eq(gatewayAccounts.merchantId, merchantId)))
    .where(
      and(
        eq(refusedNotifications.merchantId, merchantId),
        eq(refusedNotifications.accountId, place.accountId),
        eq(refusedNotifications.slot, place.slot),
        eq(refusedNotifications.receivedAt, place.receivedAt),
      ),
    );
  return row ?? null;
}

/** The attempt of a number of ours in this merchant, with its order. */
export async function attemptOfNumber(tx: Tx, merchantId: string, gatewayOrderNo: string) {
  const [row] = await tx
    .select({ id: attempts.id, orderId: attempts.orderId, accountId: attempts.accountId, reference: orders.reference })
    .from(attempts)
    .innerJoin(orders, and(eq(orders.id, attempts.orderId), eq(orders.merchantId, merchantId)))
    .where(and(eq(attempts.gatewayOrderNo, gatewayOrderNo), eq(attempts.merchantId, merchantId)))
    .limit(1);
  return row ?? null;
}

/** Messages nobody could prove to be a gateway's: the newest hundred of a merchant's accounts. */
export async function listRefused(tx: Tx, merchantId: string): Promise<(RefusedRow & { accountTitle: string })[]> {
  return tx
    .select({ ...REFUSED_COLUMNS, accountTitle: gatewayAccounts.title })
    .from(refusedNotifications)
    .innerJoin(gatewayAccounts, and(eq(gatewayAccounts.id, refusedNotifications.accountId), eq(gatewayAccounts.merchantId, merchantId)))
    .where(eq(refusedNotifications.merchantId, merchantId))
    .orderBy(desc(refusedNotifications.receivedAt))
    .limit(100);
}
