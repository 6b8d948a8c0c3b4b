import { and, desc, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { type Cursor, cutPage, PAGE_ROWS, type Page, pageOf } from "#db/queries/dashboard-page.ts";
import { NOTIFICATION_COLUMNS, type NotificationRow, REFUSED_COLUMNS, type RefusedRow } from "#db/queries/dashboard-timeline.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { type NotificationVerdict, notificationMatches, notifications, refusedNotifications } from "#db/schema/notifications.ts";
import { payouts } from "#db/schema/payouts.ts";

/**
 * A notification with the account it came for and, for an orphan, the order it found later, or the payout that has its number
 * now (its notice overtook the payout's own row).
 */
export type InboxRow = NotificationRow & { accountTitle: string; matchedOrderId: string | null; payoutId: string | null };

/** A merchant's verified notifications, newest first, optionally of one verdict. */
export async function listNotifications(
  tx: Tx,
  merchantId: string,
  verdict: NotificationVerdict | null,
  cursor: Cursor | null,
): Promise<Page<InboxRow>> {
  const page = pageOf(notifications.receivedAt, notifications.id, cursor);
  const rows = await tx
    .select({
      ...NOTIFICATION_COLUMNS,
      accountTitle: gatewayAccounts.title,
      matchedOrderId: sql<string | null>`(select ${notificationMatches.orderId} from ${notificationMatches}
        where ${notificationMatches.notificationId} = ${notifications.id} order by ${notificationMatches.at} desc limit 1)`,
      payoutId: sql<string | null>`case when ${notifications.verdict} = 'orphan' then (select ${payouts.id} from ${payouts}
        where ${payouts.accountId} = ${notifications.accountId} and ${payouts.payoutNo} = ${notifications.gatewayOrderNo} limit 1) end`,
    })
    .from(notifications)
    .innerJoin(gatewayAccounts, eq(gatewayAccounts.id, notifications.accountId))
    .where(and(eq(notifications.merchantId, merchantId), verdict ? eq(notifications.verdict, verdict) : undefined, page.where))
    .orderBy(...page.orderBy)
    .limit(PAGE_ROWS + 1);
  return cutPage(rows, cursor, (row) => ({ at: row.receivedAt, id: row.id }));
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
