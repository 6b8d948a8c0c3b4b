import { type Database, inTransaction, type Tx } from "#db/client.ts";
import type { GatewayAccount } from "#db/queries/accounts.ts";
import { type Attempt, lockOrderOfNumber } from "#db/queries/locks.ts";
import { insertMatch, insertNotification, storeRefused } from "#db/queries/notifications.ts";
import type { NewNotification } from "#db/queries/save-change.ts";
import type { NotificationVerdict, VerdictReason } from "#db/schema/notifications.ts";
import { sameMoney } from "#lib/domain/money.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import type { InboundMessage, VerifiedNotification } from "#lib/gateways/notice.ts";
import { sendJob } from "#lib/jobs/queues.ts";
import { log } from "#lib/log.ts";
import { moneyOf } from "#lib/payments/change.ts";
import { creditTogether, mayBePlain } from "#lib/payments/credit-together.ts";
import { flagConflict } from "#lib/payments/flag-conflict.ts";
import { announce } from "#lib/payments/live.ts";
import { openAccount, recentAccount } from "#lib/payments/open-account.ts";
import { settleAttempt } from "#lib/payments/settle-attempt.ts";
import { stored, VERDICT_WORDS, whyOf } from "#lib/payments/stored-notification.ts";

/** What the gateway is answered. Anything but `acknowledge` makes it send the message again. */
export type Reception =
  | { answer: "acknowledge"; body: string; status: number; contentType: string; verdict: NotificationVerdict | "repeated" }
  | { answer: "unknown_account" | "refused" | "orphan" };

/**
 * Takes in a gateway's message for one account: verify, then store and settle in one transaction, then acknowledge; the
 * acknowledgement exists only after the commit (reliability.md 4). The same message again changes nothing. One with an
 * unknown number is kept and not acknowledged; one that does not verify changes nothing but the refused ring.
 */
export async function receiveNotification(
  database: Database,
  accountId: string,
  gatewayId: string,
  message: InboundMessage,
): Promise<Reception> {
  const row = await recentAccount(database, accountId);
  if (!row || row.gateway !== gatewayId) return { answer: "unknown_account" };
  const { account, gateway } = openAccount(row);
  const opened = account.openNotification(message);
  if (!opened.ok) {
    await storeRefused(database, row, opened.reason, opened.detail, opened.gatewayOrderNo, message);
    log.warn({ account: row.id, reason: opened.reason }, "notification refused");
    return { answer: "refused" };
  }
  const { notification } = opened;
  const done = await credited(database, row, notification, message).catch(async (error: Error) => {
    await keep(database, row, notification, message);
    throw error;
  });
  if (done.token) announce(database, done.token, done.sequence);
  if (done.verdict === "orphan") return { answer: "orphan" };
  return { answer: "acknowledge", ...gateway.acknowledgement, verdict: done.verdict };
}

/** What became of a message: the word it is kept under, and what live status is to be told. */
export interface Taken {
  verdict: NotificationVerdict | "repeated";
  token: string | null;
  sequence: number;
}

/** Most messages are plain payments and are taken in together with others of the same moment; any other goes by itself. */
async function credited(
  database: Database,
  row: GatewayAccount,
  notification: VerifiedNotification,
  message: InboundMessage,
): Promise<Taken> {
  const plain = mayBePlain(notification) ? await creditTogether(database, { row, notification, message }) : null;
  return plain ?? inTransaction(database, (tx) => take(tx, row, notification, message));
}

async function take(tx: Tx, row: GatewayAccount, notification: VerifiedNotification, message: InboundMessage): Promise<Taken> {
  const locked = await lockOrderOfNumber(tx, row.id, notification.gatewayOrderNo, notification.fingerprint);
  if (!locked) {
    const orphan = { orderId: null, attemptId: null, verdict: "orphan", why: "number_unknown" } as const;
    await insertNotification(tx, row.merchantId, stored(row, notification, message, orphan));
    return { verdict: "orphan", token: null, sequence: 0 };
  }
  if (locked.known && locked.known !== "orphan") return { verdict: "repeated", token: null, sequence: 0 };
  const attempt = locked.attempts.find((one) => one.accountId === row.id && one.gatewayOrderNo === notification.gatewayOrderNo);
  if (!attempt) throw new Error(`attempt of ${notification.gatewayOrderNo} vanished`);
  const { orderId, id: attemptId } = attempt;
  const kept = (word: NotificationVerdict, why: VerdictReason): NewNotification | null =>
    locked.known ? null : stored(row, notification, message, { orderId, attemptId, verdict: word, why });
  if (notification.conflict !== undefined) {
    const flagged = await flagConflict(tx, locked, attempt, notification.conflict, kept("mismatch", "conflict"));
    return followUp(tx, row, notification, attempt, "mismatch", locked.known, flagged);
  }
  const standing = believable(notification, attempt);
  let verdict = "nothing" as NotificationVerdict;
  const settled = await settleAttempt(tx, locked, attempt.id, standing, "notification", {
    notification: (judged) => {
      verdict = VERDICT_WORDS[judged.do];
      return kept(verdict, whyOf(judged, notification, attempt));
    },
    // Its question is due even if the job that asks it is lost: nothing may be due any more (refused, or a day old).
    alter: (copy) => {
      if (standing.kind === "unknown" && copy.state !== "paid") copy.nextSweepAt ??= new Date(locked.now.getTime() + 60_000);
    },
  });
  return followUp(tx, row, notification, attempt, verdict, locked.known, settled);
}

/** Whatever its word was worth, a hint whose matter is not settled becomes a question to the gateway, in the same transaction. */
async function followUp(
  tx: Tx,
  row: GatewayAccount,
  notification: VerifiedNotification,
  attempt: Attempt,
  verdict: NotificationVerdict,
  known: NotificationVerdict | null,
  told: { token: string; sequence: number },
): Promise<Taken> {
  if (known) await insertMatch(tx, row.id, notification.fingerprint, attempt.orderId, verdict, "gateway");
  const asks = verdict === "queried" || (verdict === "mismatch" && notification.settles === "query");
  if (asks) await sendJob(tx, "recheck", { attemptId: attempt.id });
  return { verdict, token: told.token, sequence: told.sequence };
}

/**
 * A message that could not be settled is kept all the same, unanswered, in a transaction of its own: like an orphan's it is
 * taken up again when it is repeated, or its attempt is asked about (lib/jobs/ticker.ts matchOrphans).
 */
async function keep(database: Database, row: GatewayAccount, notification: VerifiedNotification, message: InboundMessage): Promise<void> {
  const orphan = stored(row, notification, message, { orderId: null, attemptId: null, verdict: "orphan", why: "not_settled" });
  await insertNotification(database, row.merchantId, orphan).catch((error: Error) =>
    log.error({ error: error.message }, "notification not kept"),
  );
}

/**
 * A gateway whose messages only hint (MD5, no status) is not believed here: its word becomes a question. All it is believed
 * is trouble: another amount or currency than the attempt's, and a dispute, are shown to a person.
 */
export function believable({ settles, standing }: VerifiedNotification, attempt: Attempt): Standing {
  if (settles === "inline" || standing.kind === "unknown") return standing;
  const paid = standing.kind === "paid" || standing.kind === "refunded";
  if (paid && !sameMoney(standing.amount, moneyOf(attempt))) return standing;
  return { kind: "unknown", reason: "the notification is a hint: ask" };
}
