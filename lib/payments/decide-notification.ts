import { type Database, db, inTransaction, type Tx } from "#db/client.ts";
import { attemptById } from "#db/queries/attempts.ts";
import { appendAudit } from "#db/queries/audit.ts";
import type { Attempt } from "#db/queries/locks.ts";
import { insertDecision, lockNotification, type MatchRow, matchesOf } from "#db/queries/notifications.ts";
import type { NotificationVerdict } from "#db/schema/notifications.ts";
import { storableText } from "#db/storable.ts";
import type { AuditActor } from "#lib/domain/audit.ts";
import type { Money } from "#lib/domain/money.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";
import { type Reopened, reopenNotification, type Verified } from "#lib/payments/reopen-notification.ts";

export interface Decision {
  merchantId: string;
  notificationId: string;
  /** Why, in the person's words; kept with the notification and in the audit. */
  reason: string;
  actor: AuditActor;
}

/** Why a decision could not be carried out; each has a sentence on the page that says what to do. Nothing was changed. */
export type DecisionProblem =
  | "not_found"
  | "reason_missing"
  | "unverified"
  | "account_shut"
  | "payout"
  | "payout_unknown"
  | "conflict"
  | "not_waiting"
  | "still_orphan"
  | "already_matched"
  | "number_elsewhere"
  | "order_missing"
  | "order_not_found"
  | "other_mode"
  | "other_account"
  | "other_amount"
  | "gateway_unpaid"
  | "gateway_unclear"
  | "gateway_unasked";

/** What an order asks for, and what the gateway says was paid instead. */
export interface OtherAmount {
  expected: Money;
  got: Money;
}

/** `amounts` stands with `other_amount`. */
export type Refused = { ok: false; problem: DecisionProblem; amounts?: OtherAmount };
/** `payoutId`: the payout it was about, whose page says how it stands. */
export type Decided = { ok: true; verdict: NotificationVerdict; orderId: string | null; payoutId?: string } | Refused;

export const DECISION_REASON_MAX = 200;
export const refuse = (problem: DecisionProblem): Refused => ({ ok: false, problem });

/** Asks the gateway about an attempt, settles the answer, and writes down what became of the notification by it. */
export async function askAndNote(
  database: Database,
  input: Decision,
  attempt: Attempt,
  action: "notifications.replay" | "notifications.match",
): Promise<Decided> {
  const standing = await recheckAttempt(attempt.id, database);
  const after = await attemptById(database, attempt.id);
  if (!after) throw new Error(`attempt ${attempt.id} vanished`);
  // Only a paid one is not asked about, and one whose document has no query.
  if (standing === null && after.state !== "paid") return refuse("gateway_unasked");
  const verdict = verdictOf(attempt, after, standing);
  await inTransaction(database, (tx) => note(tx, input, { orderId: attempt.orderId, verdict }, action));
  return { ok: true, verdict, orderId: attempt.orderId };
}

/**
 * Writes down that a person has looked at a notification that waits: an orphan that is none of ours (`orderId` stays null), or
 * a mismatch that was dealt with. Moves no money; doing it twice is doing it once.
 */
export async function setAside(input: Decision, database: Database = db()): Promise<Decided> {
  const opened = await reopenNotification(database, input.merchantId, input.notificationId);
  if (!opened) return refuse("not_found");
  if (!reasonOf(input)) return refuse("reason_missing");
  const { verdict, orderId } = opened.row;
  if (verdict !== "orphan" && verdict !== "mismatch") return refuse("not_waiting");
  return inTransaction(database, async (tx): Promise<Decided> => {
    await lockNotification(tx, input.notificationId);
    const matches = await matchesOf(tx, input.notificationId);
    if (verdict === "orphan" && matches.some((one) => one.orderId !== null)) return refuse("already_matched");
    if (!matches.some((one) => one.reason !== null && one.verdict === verdict))
      await note(tx, input, { orderId, verdict }, "notifications.set_aside");
    return { ok: true, verdict, orderId };
  });
}

/** A notification that may be acted on: with a reason, of this merchant, verified anew, about this very account. */
export function openForDecision(input: Decision, found: Reopened | null): { ok: true; value: Verified } | Refused {
  if (!found) return refuse("not_found");
  if (!reasonOf(input)) return refuse("reason_missing");
  const { reading } = found;
  if (reading.kind === "payout") return refuse("payout");
  if (reading.kind !== "verified") return refuse(reading.kind === "shut" ? "account_shut" : "unverified");
  if (reading.notification.conflict !== undefined) return refuse("conflict");
  return { ok: true, value: { ...found, reading } };
}

/** Appends the decision to the notification and to the audit. */
export async function note(
  tx: Tx,
  input: Decision,
  { orderId, verdict }: { orderId: string | null; verdict: NotificationVerdict },
  action: "notifications.replay" | "notifications.match" | "notifications.set_aside",
): Promise<void> {
  const { notificationId, merchantId, actor } = input;
  const decision = { notificationId, orderId, verdict, by: actor.id ?? actor.kind, reason: reasonOf(input) };
  await lockNotification(tx, notificationId);
  if ((await matchesOf(tx, notificationId)).some((one) => isSame(one, decision))) return;
  await insertDecision(tx, decision);
  const target = { kind: "notification", id: notificationId };
  await appendAudit(tx, { actor, merchantId, action, target, detail: { order: orderId, verdict, reason: decision.reason } });
}

/** The second press of a button: one decision. */
const SAME_WITHIN_MS = 60_000;

function isSame(known: MatchRow, made: Pick<MatchRow, "orderId" | "verdict" | "by" | "reason">): boolean {
  const same = known.orderId === made.orderId && known.verdict === made.verdict && known.by === made.by && known.reason === made.reason;
  return same && Date.now() - known.at.getTime() < SAME_WITHIN_MS;
}

export function reasonOf({ reason }: Decision): string {
  return storableText([...reason.trim()].slice(0, DECISION_REASON_MAX).join(""));
}

function verdictOf(before: Attempt, after: Attempt, standing: Standing | null): NotificationVerdict {
  if (after.state === "paid") return before.state === "paid" ? "nothing" : after.surplus ? "surplus" : "credited";
  if (after.problem === "amount_mismatch") return "mismatch";
  if (standing?.kind === "unknown") return "queried";
  return after.state !== before.state ? "closed" : "nothing";
}
