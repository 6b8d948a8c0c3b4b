import { type Database, db } from "#db/client.ts";
import { attemptsByNumber } from "#db/queries/attempts.ts";
import { askAndNote, type Decided, type Decision, openForDecision, reasonOf, refuse } from "#lib/payments/decide-notification.ts";
import { reopenNotification } from "#lib/payments/reopen-notification.ts";
import { replayPayoutNotice } from "#lib/payments/replay-payout-notice.ts";

/**
 * Works a stored notification through again. Its bytes are verified anew, and the gateway is asked about the payment they
 * name: its answer alone is settled (settleAttempt), so a message can never credit by being replayed, and the same answer
 * again changes nothing. What was decided is appended to the notification, with who and why, and audited. A payout's notice is
 * worked through the same way (replay-payout-notice.ts).
 */
export async function replayNotification(input: Decision, database: Database = db()): Promise<Decided> {
  const found = await reopenNotification(database, input.merchantId, input.notificationId);
  const { reading } = found ?? {};
  if (found && reading?.kind === "payout")
    return reasonOf(input) ? replayPayoutNotice(database, input, { ...found, reading }) : refuse("reason_missing");
  const opened = openForDecision(input, found);
  if (!opened.ok) return opened;
  const { row } = opened.value;
  const attempt = (await attemptsByNumber(database, row.gatewayOrderNo)).find((one) => one.accountId === row.accountId);
  return attempt ? askAndNote(database, input, attempt, "notifications.replay") : refuse("still_orphan");
}
