import type { Tx } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import type { Attempt, Locked } from "#db/queries/locks.ts";
import { holdRefundDay } from "#db/queries/refund-limits.ts";
import { insertRefund } from "#db/queries/refunds.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { major } from "#lib/domain/money.ts";
import { leftOfDay } from "#lib/domain/refund-approval.ts";
import { amountData, commit, draft, moneyOf, record, touch } from "#lib/payments/change.ts";
import { newRefund } from "#lib/payments/new-refund.ts";
import { refundMode } from "#lib/payments/refund-mode.ts";

/** A refund to be made of a locked order's attempt. */
export interface Wanted {
  attemptId: string;
  amount: bigint;
  reason: string;
  /** For a manual refund: how it was paid back outside; else it is not kept. */
  note: string;
  /** Who asked: a user's id, `shop`. */
  requestedBy: string;
  /** Who caused it now: the same, or who approved. */
  actor: string;
  idempotencyKey: string;
  /** The request it comes from. */
  request?: string;
}

export interface Reserved {
  refundId: string;
  /** Recorded, not sent: the gateway's document has no refund. */
  manual: boolean;
}

/**
 * Whether a part of an attempt could go back now: it is paid, enough of it is left, its account can be opened, and its gateway
 * refunds parts. Gives the attempt and whether it goes back by hand.
 */
export async function refundable(
  tx: Tx,
  locked: Locked,
  attemptId: string,
  amount: bigint,
): Promise<Result<{ attempt: Attempt; manual: boolean }>> {
  const attempt = locked.attempts.find((one) => one.id === attemptId);
  if (!attempt) return fail("order_not_found");
  if (attempt.state !== "paid") return fail("attempt_not_paid", "attempt");
  const left = attempt.amount - attempt.refundedAmount;
  if (amount > left) return fail("refund_exceeds", "amount", amountData(moneyOf({ amount: left, currency: attempt.currency })));
  // In the caller's transaction: a second connection inside it would starve the pool when many refund at once.
  const row = await accountById(tx, attempt.accountId);
  const mode = row ? refundMode(row, attempt.method) : "manual";
  if (!mode) return fail("account_shut", "attempt");
  if (mode === "full_only" && amount !== attempt.amount) return fail("refund_full_only", "amount", amountData(moneyOf(attempt)));
  return { ok: true, value: { attempt, manual: mode === "manual" } };
}

/** How long whoever reserved a refund is left alone with sending it: a worker that was quicker would leave nothing to tell. */
const SENDER_SECONDS = 10;

/**
 * Reserves a refund under the order's lock and the day's cap, and writes it with its event. The caller sends it after the commit and
 * tells what came of it; a process that dies before that is followed by another in SENDER_SECONDS. The caller has decided that it may be made at all.
 */
export async function reserveRefund(tx: Tx, locked: Locked, wanted: Wanted): Promise<Result<Reserved>> {
  const checked = await refundable(tx, locked, wanted.attemptId, wanted.amount);
  if (!checked.ok) return checked;
  const { attempt, manual } = checked.value;
  const capped = await withinDay(tx, locked, wanted.amount);
  if (!capped.ok) return capped;
  const change = draft(locked);
  const due = new Date(locked.now.getTime() + SENDER_SECONDS * 1000);
  const refund = {
    ...newRefund(attempt, wanted.amount, wanted.reason, wanted.requestedBy, wanted.idempotencyKey, locked.now),
    nextTryAt: due,
  };
  const note = wanted.note || null;
  const byHand = { ...refund, state: "manual", note, nextTryAt: null, settledAt: locked.now } as const;
  const written = await insertRefund(tx, manual ? byHand : refund);
  if (!written) throw new Error(`refund key ${wanted.idempotencyKey}: taken by another order`);
  touch(change, attempt).refundedAmount += wanted.amount;
  change.order.refundedAmount += wanted.amount;
  const facts = { refund: refund.id, manual, ...(manual && { note }), ...(wanted.request && { request: wanted.request }) };
  record(change, "refund.created", wanted.actor, { ...facts, reason: wanted.reason, ...amountData(moneyOf(refund)) }, attempt);
  await commit(tx, change);
  return { ok: true, value: { refundId: refund.id, manual } };
}

/**
 * The daily cap. It is for whatever somebody starts, person or program, one by one or approved. Refunds by policy (money that
 * came late or twice) neither are stopped by it nor count: that money was never the merchant's, no person chose its size or
 * receiver, and a shopper who paid twice must not wait for tomorrow because others were refunded today.
 */
async function withinDay(tx: Tx, { order, now }: Locked, amount: bigint): Promise<Result<void>> {
  const day = await holdRefundDay(tx, order, now);
  const left = leftOfDay(day.cap, day.used);
  if (day.cap === null || left === null || amount <= left) return { ok: true, value: undefined };
  const { currency } = order;
  const values = { cap: major(day.cap, currency), left: major(left, currency), currency, at: day.endsAt.toISOString() };
  return fail("refund_daily_cap", "amount", values);
}
