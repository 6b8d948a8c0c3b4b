import { and, eq, sql } from "drizzle-orm";
import { prepared, type Tx } from "#db/client.ts";
import type { GatewayAccount } from "#db/queries/accounts.ts";
import type { NewNotification } from "#db/queries/save-change.ts";
import { type NotificationVerdict, notificationMatches, notifications, refusedNotifications } from "#db/schema/notifications.ts";
import { storableText } from "#db/storable.ts";
import type { InboundMessage } from "#lib/gateways/notice.ts";
import { sealFor } from "#lib/secrets.ts";

/** How many refused messages an account keeps, and how much of each. */
export const REFUSED_KEPT = 100;
const REFUSED_BYTES = 4096;

/** Stores a notification outside a change (an orphan's); the same one again is not stored twice. */
export async function insertNotification(tx: Tx, merchantId: string, notification: NewNotification): Promise<void> {
  await tx
    .insert(notifications)
    .values({ merchantId, ...notification })
    .onConflictDoNothing({ target: [notifications.accountId, notifications.fingerprint] });
}

/** Notes that an orphan found its order; null: its payout. */
export async function insertMatch(
  tx: Tx,
  accountId: string,
  fingerprint: string,
  orderId: string | null,
  verdict: NotificationVerdict,
  by: string,
): Promise<void> {
  const [row] = await tx
    .select({ id: notifications.id })
    .from(notifications)
    .where(and(eq(notifications.accountId, accountId), eq(notifications.fingerprint, fingerprint)));
  if (row) await tx.insert(notificationMatches).values({ notificationId: row.id, orderId, verdict, by });
}

export type NotificationRow = typeof notifications.$inferSelect;
export type MatchRow = typeof notificationMatches.$inferSelect;

/** A stored notification of this merchant's, sealed bytes and all; null for another's and for an unknown one alike. */
export async function ownNotification(tx: Tx, merchantId: string, id: string): Promise<NotificationRow | null> {
  const [row] = await tx
    .select()
    .from(notifications)
    .where(and(eq(notifications.id, id), eq(notifications.merchantId, merchantId)));
  return row ?? null;
}

/** What became of it later, oldest first. */
export async function matchesOf(tx: Tx, notificationId: string): Promise<MatchRow[]> {
  return tx
    .select()
    .from(notificationMatches)
    .where(eq(notificationMatches.notificationId, notificationId))
    .orderBy(notificationMatches.at)
    .limit(100);
}

/**
 * Locks a notification until the end of the transaction, so that two people who decide at once decide one after the other. Rows that
 * only refer to it are not held up: who writes one may hold the audit's end, which a decision waits for (audit.ts).
 */
export async function lockNotification(tx: Tx, id: string): Promise<void> {
  await prepared(tx, "lock_notification", "select 1 from notifications where id = $1 for no key update", [id]);
}

/** Writes down what a person decided about a notification, and why. */
export async function insertDecision(
  tx: Tx,
  decision: { notificationId: string; orderId: string | null; verdict: NotificationVerdict; by: string; reason: string },
): Promise<void> {
  await tx.insert(notificationMatches).values({ ...decision, at: sql`clock_timestamp()` });
}

/** Keeps a message that was not believed, in the account's ring, sealed and capped: it changes nothing else. */
export async function storeRefused(
  tx: Tx,
  account: GatewayAccount,
  reason: string,
  detail: string,
  gatewayOrderNo: string | null,
  message: InboundMessage,
): Promise<void> {
  const [next] = await prepared<{ slot: number }>(
    tx,
    "refused_slot",
    `select case when count(*) < $2::int then count(*)::int else (array_agg(slot order by received_at))[1] end as slot
     from refused_notifications where account_id = $1`,
    [account.id, REFUSED_KEPT],
  );
  const slot = next?.slot ?? 0;
  const raw = JSON.stringify({
    method: message.method,
    query: message.query.slice(0, 1024),
    headers: Object.fromEntries(
      Object.entries(message.headers)
        .slice(0, 40)
        .map(([name, value]) => [name, value.slice(0, 1024)]),
    ),
    body: Buffer.from(message.body.subarray(0, REFUSED_BYTES)).toString("base64"),
  });
  const values = {
    accountId: account.id,
    slot,
    merchantId: account.merchantId,
    reason,
    detail: storableText(detail.slice(0, 500)),
    gatewayOrderNo: gatewayOrderNo === null ? null : storableText(gatewayOrderNo.slice(0, 64)),
    raw: sealFor("refused_notifications.raw", `${account.id}.${slot}`, raw),
    receivedAt: sql`clock_timestamp()`,
  };
  await tx
    .insert(refusedNotifications)
    .values(values)
    .onConflictDoUpdate({ target: [refusedNotifications.accountId, refusedNotifications.slot], set: values });
}

/** Notes that an orphan's number now belongs to an attempt, which is asked about. */
export async function insertMatchById(tx: Tx, notificationId: string, attemptId: string): Promise<void> {
  const orderId = sql<string>`(select order_id from attempts where id = ${attemptId})`;
  await tx.insert(notificationMatches).values({ notificationId, orderId, verdict: "queried", by: "sweep" });
}
