import { type Database, db, inTransaction } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import { attemptById, claimClose } from "#db/queries/attempts.ts";
import { type Attempt, lockOrderOfAttempt } from "#db/queries/locks.ts";
import { isLiveAttempt } from "#lib/domain/attempt.ts";
import { CHARGES_AT_ONCE } from "#lib/domain/methods.ts";
import { nextCloseAt } from "#lib/domain/schedules.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import type { Outcome } from "#lib/gateways/gateway.ts";
import { commit, draft, moneyOf, record, touch } from "#lib/payments/change.ts";
import { announce } from "#lib/payments/live.ts";
import { openOrNull } from "#lib/payments/open-account.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";
import { settleAttempt } from "#lib/payments/settle-attempt.ts";

/**
 * Sees to it that an attempt nobody is to pay any more cannot be paid: the sibling of a paid one, or a scanned code the
 * shopper did not confirm in time. The gateway is asked first, and only what is surely unpaid is closed there (where a
 * document's only close is a reversal, closing a paid one sends the money back: seeds/004 §2.22); then it is asked again and
 * its answer settled. What is unclear stays due. Where the document has no close, or no query, the attempt is left to the
 * sweep: a payment that comes all the same is credited, or surplus.
 */
export async function closeAttempt(attemptId: string, database: Database = db()): Promise<void> {
  if (!(await claimClose(database, attemptId))) return;
  const standing = await recheckAttempt(attemptId, database);
  // What the gateway just said may have brought its number, which a reversal needs, or settled the attempt.
  const attempt = await attemptById(database, attemptId);
  if (!attempt?.closeDueAt) return;
  if (standing === null) return finish(database, attemptId, "not_closable");
  if (standing.kind !== "pending") return finish(database, attemptId, standing.kind === "unknown" ? "unclear" : "done");
  const answer = await closeAtGateway(database, attempt);
  if (answer === null) return finish(database, attemptId, "not_closable");
  const closed = answer.ok && answer.value.kind === "closed";
  // Its own word first: one document has no status for "closed", and its query then says "failed" (seeds/002 §3.6).
  if (closed) await settleClosed(database, attemptId, { kind: "closed" });
  const after = await recheckAttempt(attemptId, database);
  const decided = after !== null && after.kind !== "pending" && after.kind !== "unknown";
  await finish(database, attemptId, closed || decided ? "done" : "unclear");
}

/** Asks the gateway to close a payment it said is pending; null where its document has no such operation. */
export async function closeAtGateway(database: Database, attempt: Attempt): Promise<Outcome<Standing> | null> {
  const row = await accountById(database, attempt.accountId);
  if (!row) return null;
  const opened = openOrNull(row);
  if (!opened) return { ok: false, kind: "unknown", message: "the account cannot be opened" };
  if (!opened.account.close) return null;
  const { method, gatewayOrderNo, gatewayRef } = attempt;
  const answer = await opened.account
    .close({ method, gatewayOrderNo, gatewayRef, amount: moneyOf(attempt) })
    .catch((error: Error): Outcome<Standing> => ({ ok: false, kind: "unknown", message: error.message }));
  await opened.flush(database, { orderId: attempt.orderId, attemptId: attempt.id });
  if (answer.ok && answer.value.kind === "closed") await noteClosed(database, attempt.id);
  return !answer.ok && answer.kind === "refused" && answer.code === "unsupported" ? null : answer;
}

/**
 * The gateway accepted our closing: written down, for what it says of this payment from now on (settle-attempt.ts). One that was
 * paid between our question and the closing, which by a reversal sent the money back, is shown to a person.
 */
async function noteClosed(database: Database, attemptId: string): Promise<void> {
  await inTransaction(database, async (tx) => {
    const locked = await lockOrderOfAttempt(tx, attemptId);
    const attempt = locked?.attempts.find((one) => one.id === attemptId);
    if (!locked || !attempt) return;
    const change = draft(locked);
    touch(change, attempt).gatewayClosedAt ??= locked.now;
    if (attempt.state === "paid") {
      change.order.needsReview = true;
      const detail = "closed at the gateway after it was paid: the money may have gone back";
      record(change, "order.flagged", "gateway", { why: "closed_paid", detail }, attempt);
    }
    await commit(tx, change);
  });
}

/** The gateway said that it closed it: believed, and still swept. */
async function settleClosed(database: Database, attemptId: string, standing: Standing): Promise<void> {
  const settled = await inTransaction(database, async (tx) => {
    const locked = await lockOrderOfAttempt(tx, attemptId);
    return locked && settleAttempt(tx, locked, attemptId, standing, "query");
  });
  if (settled) announce(database, settled.token, settled.sequence);
}

/** Writes how closing went: over, due again, or not possible; a person at the counter reads it from `problem`. */
async function finish(database: Database, attemptId: string, how: "done" | "unclear" | "not_closable"): Promise<void> {
  const told = await inTransaction(database, async (tx) => {
    const locked = await lockOrderOfAttempt(tx, attemptId);
    const attempt = locked?.attempts.find((one) => one.id === attemptId);
    if (!locked || !attempt) return null;
    const change = draft(locked);
    const copy = touch(change, attempt);
    copy.closeDueAt = how === "unclear" ? nextCloseAt(attempt.createdAt, attempt.expiresAt, locked.now) : null;
    if (CHARGES_AT_ONCE.has(copy.method) && isLiveAttempt(copy.state)) copy.problem = "scan_unconfirmed";
    await commit(tx, change);
    return { token: locked.order.token, sequence: locked.order.eventSequence };
  });
  if (told) announce(database, told.token, told.sequence);
}
