import { type Database, db, inTransaction, type Tx } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import { type Attempt, type Locked, lockOrder } from "#db/queries/locks.ts";
import { type Refund, refundById, updateRefund } from "#db/queries/refunds.ts";
import type { ProblemCode } from "#lib/domain/errors.ts";
import { nextRefundState, type RefundEvent } from "#lib/domain/refund.ts";
import { REFUND_RETRY_SECONDS } from "#lib/domain/schedules.ts";
import type { OpenAccount, Outcome, RefundStanding } from "#lib/gateways/gateway.ts";
import { amountData, commit, draft, moneyOf, record, touch } from "#lib/payments/change.ts";
import { announce } from "#lib/payments/live.ts";
import { openOrNull } from "#lib/payments/open-account.ts";

/**
 * Sends a reserved refund, or finds out about one whose answer was lost: the gateway is asked by our refund number
 * first, and only a refund it never heard of is sent again, under the same number (reliability.md 7). The reservation is
 * released once, on failure; success and failure are told to the shop. While the account cannot be opened nothing is sent: a
 * refund that never was fails and is released; one that may have been is kept, shown to a person once, and tried ever less often.
 */
export async function sendRefund(refundId: string, database: Database = db()): Promise<void> {
  const claimed = await claim(database, refundId);
  if (!claimed) return;
  const row = await accountById(database, claimed.refund.accountId);
  if (!row) return;
  const opened = openOrNull(row);
  if (!opened) return save(database, refundId, claimed.again ? SHUT_UNKNOWN : SHUT_UNSENT);
  const outcome = await resolve(opened.account, claimed.refund, claimed.attempt, claimed.again).catch(
    (error: Error): Outcome<RefundStanding> => ({ ok: false, kind: "unknown", message: error.message }),
  );
  await opened.flush(database, { orderId: claimed.refund.orderId, attemptId: claimed.attempt.id });
  await save(database, refundId, outcome);
}

const SHUT = { ok: false, message: "the account cannot be opened" } as const;
const SHUT_UNSENT: Outcome<never> = { ...SHUT, kind: "refused", code: "unsupported" };
const SHUT_UNKNOWN: Outcome<never> = { ...SHUT, kind: "unknown" };

interface Claimed {
  refund: Refund;
  attempt: Attempt;
  /** It may have been sent before. */
  again: boolean;
}

/** Longer than the calls of one try take together. */
const TRY_SECONDS = 60;

/**
 * Marks the refund sent and due again when this try must be over, so that a process that dies now is followed by another
 * that asks. Only an answer that leaves it unclear makes the waits longer.
 */
async function claim(database: Database, refundId: string): Promise<Claimed | null> {
  return inTransaction(database, async (tx) => {
    const known = await refundById(tx, refundId);
    const locked = known && (await lockOrder(tx, known.orderId));
    const refund = locked && (await refundById(tx, refundId));
    const attempt = locked?.attempts.find((one) => one.id === refund?.attemptId);
    if (!refund || !locked || !attempt) return null;
    const due = new Date(locked.now.getTime() + TRY_SECONDS * 1000);
    if (refund.state === "sent") {
      // Its process died, or another is at it now: only when it is overdue.
      if (!refund.nextTryAt || refund.nextTryAt > locked.now) return null;
      await updateRefund(tx, refundId, "sent", { state: "unknown" });
      await updateRefund(tx, refundId, "unknown", { state: "sent", tries: refund.tries + 1, nextTryAt: due });
      return { refund, attempt, again: true };
    }
    if (nextRefundState(refund.state, "send") === null) return null;
    // Several jobs may wait for one refund: the first of them has moved its due time on.
    if (refund.state === "unknown" && refund.nextTryAt && refund.nextTryAt > locked.now) return null;
    await updateRefund(tx, refundId, refund.state, { state: "sent", tries: refund.tries + 1, nextTryAt: due });
    return { refund, attempt, again: refund.tries > 0 };
  });
}

/**
 * A no to a refund that may have been sent before proves nothing by itself: the earlier request may have arrived between our
 * question and this answer ("duplicate number", "more than is left"). It is a no only when the gateway, asked once more,
 * still never heard of the number; else the reservation would be released for money that has gone. Where the document has
 * no refund query, the payment's own query has to tell (`byPayment`).
 */
async function resolve(account: OpenAccount, refund: Refund, attempt: Attempt, again: boolean): Promise<Outcome<RefundStanding>> {
  if (!account.refund) return { ok: false, kind: "refused", code: "unsupported", message: "no refund operation" };
  const found = again ? await find(account, refund, attempt) : null;
  if (found) return found;
  const answer = await account.refund({
    method: attempt.method,
    gatewayOrderNo: attempt.gatewayOrderNo,
    gatewayRef: attempt.gatewayRef,
    amount: moneyOf(attempt),
    refundNo: refund.refundNo,
    refundAmount: moneyOf(refund),
    reason: refund.reason,
  });
  const refusal = !answer.ok && answer.kind === "refused" ? answer : null;
  const duplicate = refusal?.code === "duplicate_number";
  // "It failed" is a no as well: seeds/001 says so (0006, "full refunded") of a number that went through the first time.
  const no = refusal !== null || (answer.ok && answer.value.kind === "failed");
  if (!no || (!again && !duplicate)) return answer;
  if (!account.queryRefund) return refusal ? byPayment(account, refund, attempt, refusal, duplicate) : answer;
  const known = await find(account, refund, attempt);
  if (known) return known;
  return duplicate ? { ok: false, kind: "unknown", message: "the number is taken, and the gateway does not find it" } : answer;
}

/**
 * seeds/004 has no refund query: the same number again is answered "exists" (12003) when an earlier try arrived, and the
 * payment's query says whether money went back. It did, and under this number or by this refund alone: succeeded. It surely
 * did not, and the number is not taken: the no stands. Everything else is asked again.
 */
async function byPayment(
  account: OpenAccount,
  refund: Refund,
  attempt: Attempt,
  answer: Extract<Outcome<RefundStanding>, { kind: "refused" }>,
  duplicate: boolean,
): Promise<Outcome<RefundStanding>> {
  const { method, gatewayOrderNo, gatewayRef } = attempt;
  const asked = await account.query?.({ method, gatewayOrderNo, gatewayRef, amount: moneyOf(attempt) });
  const standing = asked?.ok ? asked.value.kind : null;
  const only = attempt.refundedAmount === refund.amount;
  if (standing === "refunded" && (duplicate || only)) {
    return { ok: true, value: { kind: "succeeded", gatewayRefundRef: null, refundNo: refund.refundNo, amount: moneyOf(refund) } };
  }
  return standing === "paid" && !duplicate ? answer : { ok: false, kind: "unknown", message: answer.message };
}

/** What the gateway knows under our refund number; null when it never heard of it, or cannot be asked. */
async function find(account: OpenAccount, refund: Refund, attempt: Attempt): Promise<Outcome<RefundStanding> | null> {
  if (!account.queryRefund) return null;
  const { currency } = moneyOf(attempt);
  const found = await account.queryRefund({ method: attempt.method, currency, by: "refundNo", refundNo: refund.refundNo });
  if (!found.ok)
    return found.kind === "refused" && found.code === "not_found" ? null : { ok: false, kind: "unknown", message: found.message };
  const standing = found.value.find((one) => one.refundNo === refund.refundNo) ?? found.value[0];
  if (!standing) return null;
  const other = standing.amount !== null && standing.amount.minor !== refund.amount;
  return other
    ? { ok: false, kind: "unknown", message: "the gateway has another amount under this number" }
    : { ok: true, value: standing };
}

async function save(database: Database, refundId: string, outcome: Outcome<RefundStanding>): Promise<void> {
  const told = await inTransaction(database, async (tx) => {
    const known = await refundById(tx, refundId);
    const locked = known && (await lockOrder(tx, known.orderId));
    const refund = locked && (await refundById(tx, refundId));
    const attempt = locked?.attempts.find((one) => one.id === refund?.attemptId);
    const event = eventOf(outcome);
    if (!refund || !locked || !attempt || nextRefundState(refund.state, event) === null) return null;
    return write(tx, locked, refund, attempt, event, outcome);
  });
  if (told) announce(database, told.token, told.sequence);
}

async function write(
  tx: Tx,
  locked: Locked,
  refund: Refund,
  attempt: Attempt,
  event: RefundEvent,
  outcome: Outcome<RefundStanding>,
): Promise<{ token: string; sequence: number }> {
  const change = draft(locked);
  const state = nextRefundState(refund.state, event);
  if (state === null) throw new Error(`refund ${refund.id}: ${event} is illegal when ${refund.state}`);
  const due = new Date(locked.now.getTime() + retrySeconds(refund.tries) * 1000);
  const problem = problemFor(state, outcome);
  await updateRefund(tx, refund.id, refund.state, {
    state,
    gatewayRefundRef: outcome.ok ? (outcome.value.gatewayRefundRef ?? refund.gatewayRefundRef) : refund.gatewayRefundRef,
    problem,
    nextTryAt: state === "unknown" ? due : null,
    settledAt: state === "unknown" ? null : locked.now,
  });
  if (state === "failed") {
    touch(change, attempt).refundedAmount -= refund.amount;
    change.order.refundedAmount -= refund.amount;
  }
  const data = { refund: refund.id, ...amountData(moneyOf(refund)), ...(!outcome.ok && { message: outcome.message }) };
  const copy = touch(change, attempt);
  const why = state === "unknown" ? flagFor(refund, problem, change.order.needsReview) : null;
  if (why) {
    change.order.needsReview = true;
    record(change, "order.flagged", "sweep", { why, refund: refund.id }, copy);
  }
  const type = state === "succeeded" ? "refund.succeeded" : state === "failed" ? "refund.failed" : "refund.unknown";
  if (state !== "unknown" || refund.tries <= 1) record(change, type, "gateway", data, copy);
  await commit(tx, change);
  return { token: change.order.token, sequence: change.order.eventSequence };
}

/**
 * What a person should know of a refund that stays unclear: that its account cannot be opened, at once; that the gateway says
 * nothing clear, after the whole list of retries. The history says it once, not each time.
 */
function flagFor(refund: Refund, problem: ProblemCode | null, flagged: boolean): "refund_account_shut" | "refund_unclear" | null {
  if (problem === "account_shut") return refund.problem === problem ? null : "refund_account_shut";
  return refund.tries >= REFUND_RETRY_SECONDS.length && !flagged ? "refund_unclear" : null;
}

/** Pending and unclear are both "ask again"; only a plain no releases the money. Not reached at all is also asked again. */
function eventOf(outcome: Outcome<RefundStanding>): RefundEvent {
  if (!outcome.ok) return outcome.kind === "refused" && outcome.code !== "busy" ? "fail" : "lose";
  if (outcome.value.kind === "succeeded") return "succeed";
  return outcome.value.kind === "failed" ? "fail" : "lose";
}

function problemFor(state: Refund["state"], outcome: Outcome<RefundStanding>): ProblemCode | null {
  if (outcome === SHUT_UNSENT || outcome === SHUT_UNKNOWN) return "account_shut";
  if (state === "unknown") return "refund_pending";
  if (state !== "failed") return null;
  return !outcome.ok && outcome.kind === "refused" && outcome.code === "unsupported" ? "refund_unsupported" : "refund_refused";
}

function retrySeconds(tries: number): number {
  return REFUND_RETRY_SECONDS[Math.min(tries, REFUND_RETRY_SECONDS.length - 1)] ?? 3600;
}
