import type { Database } from "#db/client.ts";
import { accountById, type GatewayAccount } from "#db/queries/accounts.ts";
import { type MatchRow, matchesOf, type NotificationRow, ownNotification } from "#db/queries/notifications.ts";
import type { InboundMessage, NotificationRefusal, VerifiedNotification } from "#lib/gateways/notice.ts";
import type { VerifiedPayoutNotification } from "#lib/gateways/payout.ts";
import { type Opened, openOrNull } from "#lib/payments/open-account.ts";
import { unsealFor } from "#lib/secrets.ts";

/**
 * How a stored message reads today. `verified`: its bytes pass the account's check once more and say what they said. `payout`:
 * they do, and it is a payout's notice. `changed`: they no longer pass (the account's keys were changed since). `shut`: the account cannot
 * be opened any more.
 */
export type Reading =
  | { kind: "verified"; notification: VerifiedNotification; opened: Opened }
  | { kind: "payout"; notification: VerifiedPayoutNotification; opened: Opened }
  | { kind: "changed"; reason: NotificationRefusal; detail: string }
  | { kind: "shut" };

export interface Reopened {
  row: NotificationRow;
  account: GatewayAccount | null;
  message: InboundMessage;
  reading: Reading;
  /** What became of it later, oldest first. */
  matches: MatchRow[];
}

/** One whose bytes pass the account's check today. */
export type Verified = Reopened & { reading: Extract<Reading, { kind: "verified" }> };

/**
 * Takes a stored notification out again and checks its bytes anew, with the account's keys as they are now: what was verified
 * once and is not any more moves nothing. Null for another merchant's and an unknown one alike.
 */
export async function reopenNotification(database: Database, merchantId: string, id: string): Promise<Reopened | null> {
  const row = await ownNotification(database, merchantId, id);
  if (!row) return null;
  const [account, matches] = await Promise.all([accountById(database, row.accountId), matchesOf(database, id)]);
  const message = messageOf(row);
  return { row, account, message, reading: read(row, account, message), matches };
}

function messageOf(row: NotificationRow): InboundMessage {
  const kept = JSON.parse(unsealFor("notifications.raw", row.id, row.raw)) as Omit<InboundMessage, "body"> & { body: string };
  return { ...kept, body: Buffer.from(kept.body, "base64") };
}

function read(row: NotificationRow, account: GatewayAccount | null, message: InboundMessage): Reading {
  if (account?.merchantId !== row.merchantId) return { kind: "shut" };
  const opened = openOrNull(account);
  if (!opened) return { kind: "shut" };
  const again = opened.account.openNotification(message);
  if (again.ok) {
    const { notification } = again;
    return isSame(row, notification, notification.gatewayOrderNo) ? { kind: "verified", notification, opened } : OTHERWISE;
  }
  const payout = opened.account.openPayoutNotification?.(message);
  if (!payout?.ok) return { kind: "changed", reason: again.reason, detail: again.detail };
  const { notification } = payout;
  return isSame(row, notification, notification.payoutNo) ? { kind: "payout", notification, opened } : OTHERWISE;
}

const OTHERWISE: Reading = { kind: "changed", reason: "unreadable", detail: "it reads differently from when it came" };

function isSame(row: NotificationRow, { fingerprint }: { fingerprint: string }, number: string): boolean {
  return fingerprint === row.fingerprint && number === row.gatewayOrderNo;
}
