import type { Tx } from "#db/client.ts";
import type { Attempt, Locked } from "#db/queries/locks.ts";
import type { NewNotification } from "#db/queries/save-change.ts";
import { isLiveAttempt } from "#lib/domain/attempt.ts";
import { CHARGES_AT_ONCE } from "#lib/domain/methods.ts";
import { CLOSE_LEASE_SECONDS } from "#lib/domain/schedules.ts";
import { judge, type Standing, type Verdict } from "#lib/domain/verdict.ts";
import { sendJob } from "#lib/jobs/queues.ts";
import {
  amountData,
  commitAll,
  type Draft,
  draft,
  type Finished,
  moneyOf,
  moveAttempt,
  moveOrder,
  record,
  touch,
} from "#lib/payments/change.ts";
import { refundByPolicy } from "#lib/payments/refund-by-policy.ts";
import { sealFor } from "#lib/secrets.ts";

/** Where the gateway's word came from: stands in the history. */
export type Source = "notification" | "query" | "create";

export interface Settlement {
  verdict: Verdict;
  /** The order's last event after this, for live status. */
  sequence: number;
  token: string;
}

/** More to write in the same statement: the notification that told us, or what the sweep learnt. */
export interface Along {
  notification?: (verdict: Verdict) => NewNotification | null;
  alter?: (attempt: Attempt) => void;
  /** Takes the change instead of writing it, to be written with others' in this transaction. */
  keep?: (finished: Finished) => void;
}

const CLOSED_MEANWHILE: Standing = { kind: "unknown", reason: "it was closed at the gateway: ask" };

/**
 * The only writer of paid. Everything that tells us "paid" (notification, landing, query, create's own answer) ends
 * here: the caller holds the order's lock; this judges (pure), moves the rows along the tables, appends the event, queues
 * the webhook, in the caller's transaction. The same word again changes nothing.
 */
export async function settleAttempt(
  tx: Tx,
  locked: Locked,
  attemptId: string,
  standing: Standing,
  source: Source,
  along: Along = {},
): Promise<Settlement> {
  const attempt = locked.attempts.find((one) => one.id === attemptId);
  if (!attempt) throw new Error(`attempt ${attemptId} is not of order ${locked.order.id}`);
  const { verdict, said } = verdictOn(locked, attempt, standing, source);
  const change = draft(locked);
  await carryOut(tx, change, locked, attempt, verdict, said, source);
  along.alter?.(touch(change, attempt));
  const finished = { change, notification: along.notification?.(verdict) ?? null };
  if (along.keep) along.keep(finished);
  else await commitAll(tx, [finished]);
  return { verdict, sequence: change.order.eventSequence, token: change.order.token };
}

/** What a word about an attempt comes to, and the word as it is taken. */
export function verdictOn(locked: Locked, attempt: Attempt, standing: Standing, source: Source): { verdict: Verdict; said: Standing } {
  const reversed = attempt.gatewayClosedAt !== null;
  // A late notice about what we closed there may be from before the closing: only a query's answer counts.
  const said: Standing = reversed && standing.kind === "paid" && source === "notification" ? CLOSED_MEANWHILE : standing;
  const position = {
    order: { state: locked.order.state, amount: moneyOf(locked.order) },
    attempt: { state: attempt.state, amount: moneyOf(attempt), reversed },
  };
  return { verdict: judge(position, said), said };
}

async function carryOut(
  tx: Tx,
  change: Draft,
  locked: Locked,
  attempt: Attempt,
  verdict: Verdict,
  standing: Standing,
  source: Source,
): Promise<void> {
  switch (verdict.do) {
    case "credit":
      return credit(tx, change, locked, attempt, standing, verdict.late, source);
    case "surplus":
      return surplus(tx, change, attempt, standing, source);
    case "mismatch":
      return mismatch(change, attempt, verdict, source);
    case "close": {
      const closed = moveAttempt(change, attempt, verdict.to === "failed" ? "fail" : "close");
      closed.problem = verdict.to === "failed" ? "declined" : goneBecause(attempt);
      closed.closeDueAt = null;
      // Swept on: a code that was declined can be paid again, and its notification lost (reliability.md 6, 7).
      return record(change, verdict.to === "failed" ? "attempt.failed" : "attempt.closed", "gateway", { source }, closed);
    }
    case "nothing":
      if (verdict.why === "reversed") return sentBack(change, attempt);
      return learn(change, attempt, standing);
    default:
      return learn(change, attempt, standing);
  }
}

/**
 * Why an attempt the gateway calls closed can no longer be paid: a scanned code was not confirmed in time; what we closed there, or
 * are closing, gave way to something else; any other has simply run out, which is no problem of its own (view-of.ts).
 */
function goneBecause({ method, closeDueAt, gatewayClosedAt }: Attempt): "scan_timed_out" | "superseded" | null {
  if (CHARGES_AT_ONCE.has(method)) return "scan_timed_out";
  return closeDueAt !== null || gatewayClosedAt !== null ? "superseded" : null;
}

async function credit(
  tx: Tx,
  change: Draft,
  locked: Locked,
  attempt: Attempt,
  standing: Standing,
  late: boolean,
  source: Source,
): Promise<void> {
  const paid = markPaid(change, attempt, standing);
  moveOrder(change, "pay");
  change.order.paidAt = paid.paidAt;
  change.order.paidAttemptId = paid.id;
  change.order.paidAmount += paid.amount;
  change.order.paidLate = late;
  // Paid and sent back at the gateway before we knew of it: a person has to look, and no policy sends it back again.
  const gone = standing.kind === "refunded";
  if (late || gone) change.order.needsReview = true;
  record(
    change,
    late ? "order.paid_late" : "order.paid",
    "gateway",
    { source, method: paid.method, ...(gone && { gone }), ...amountData(moneyOf(paid)) },
    paid,
  );
  // The siblings are closed here at once, and by a job at their gateways where those can (close-attempt.ts); they are still
  // swept, and surplus if they are paid all the same.
  for (const sibling of locked.attempts) {
    if (sibling.id === attempt.id || !isLiveAttempt(sibling.state)) continue;
    const closed = moveAttempt(change, sibling, "close");
    closed.problem = "superseded";
    closed.closeDueAt = new Date(change.now.getTime() + CLOSE_LEASE_SECONDS * 1000);
    record(change, "attempt.closed", "policy", { reason: "another attempt was paid" }, closed);
    await sendJob(tx, "close", { attemptId: closed.id });
  }
  if (late && !gone) await refundByPolicy(tx, change, paid, "late");
}

async function surplus(tx: Tx, change: Draft, attempt: Attempt, standing: Standing, source: Source): Promise<void> {
  const paid = markPaid(change, attempt, standing);
  paid.surplus = true;
  change.order.paidAmount += paid.amount;
  change.order.needsReview = true;
  record(change, "order.surplus", "gateway", { source, method: paid.method, ...amountData(moneyOf(paid)) }, paid);
  if (standing.kind !== "refunded") await refundByPolicy(tx, change, paid, "surplus");
}

function mismatch(change: Draft, attempt: Attempt, verdict: Extract<Verdict, { do: "mismatch" }>, source: Source): void {
  const copy = touch(change, attempt);
  // The sweep meets the same wrong amount again and again: told once.
  if (copy.problem === "amount_mismatch" && source === "query") return;
  copy.problem = "amount_mismatch";
  change.order.needsReview = true;
  record(change, "order.mismatch", "gateway", { source, expected: amountData(verdict.expected), got: amountData(verdict.got) }, attempt);
}

/** Paid in the same moment as we closed it, and sent back by that: nothing is credited, and a person is told once. */
function sentBack(change: Draft, attempt: Attempt): void {
  const copy = touch(change, attempt);
  if (copy.problem === "closed_paid") return;
  copy.problem = "closed_paid";
  change.order.needsReview = true;
  const detail = "it was paid while it was being closed; the closing sent the money back";
  record(change, "order.flagged", "gateway", { why: "closed_paid", detail }, attempt);
}

/** The gateway says the payment is contested (mpgateway 1004): never paid by that word, asked again, shown to a person once. */
function dispute(change: Draft, attempt: Attempt, reason: string): void {
  const copy = touch(change, attempt);
  if (copy.problem === "disputed" || copy.state === "paid") return;
  copy.problem = "disputed";
  change.order.needsReview = true;
  record(change, "order.flagged", "gateway", { why: "dispute", detail: reason }, attempt);
}

function markPaid(change: Draft, attempt: Attempt, standing: Standing): Attempt {
  const paid = moveAttempt(change, attempt, "pay");
  learn(change, attempt, standing);
  paid.paidAt = ("paidAt" in standing && standing.paidAt) || change.now;
  paid.problem = null;
  paid.nextSweepAt = null;
  paid.closeDueAt = null;
  return paid;
}

/** Nothing is paid yet. The shopper has the payment open in the wallet, or has left it again: the page says so. */
function pending(change: Draft, attempt: Attempt, standing: Extract<Standing, { kind: "pending" }>): void {
  const copy = touch(change, attempt);
  copy.gatewayRef ??= standing.gatewayRef ?? null;
  copy.seenAt = standing.seen && isLiveAttempt(copy.state) ? (copy.seenAt ?? change.now) : null;
}

/** Keeps what the gateway told beside the outcome: its number, what was really paid and by whom. */
function learn(change: Draft, attempt: Attempt, standing: Standing): void {
  if (standing.kind === "unknown" && standing.dispute) dispute(change, attempt, standing.reason);
  if (standing.kind === "pending") pending(change, attempt, standing);
  if (standing.kind !== "paid" && standing.kind !== "refunded") return;
  const copy = touch(change, attempt);
  copy.gatewayRef ??= standing.gatewayRef;
  copy.walletRef ??= standing.detail?.walletRef ?? null;
  copy.payAmount ??= standing.detail?.payAmount ?? null;
  copy.payCurrency ??= standing.detail?.payCurrency ?? null;
  copy.exchangeRate ??= standing.detail?.exchangeRate ?? null;
  if (standing.detail?.payer && !copy.payer) copy.payer = sealFor("attempts.payer", copy.id, standing.detail.payer);
}
