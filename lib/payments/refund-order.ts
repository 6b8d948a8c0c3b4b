import { type Database, db, inTransaction } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import { lockOrder } from "#db/queries/locks.ts";
import { orderById } from "#db/queries/orders.ts";
import { insertRefund, refundByKey } from "#db/queries/refunds.ts";
import { storableText } from "#db/storable.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { isMoneyProblem, parseMoney } from "#lib/domain/money.ts";
import { amountData, commit, draft, moneyOf, record, touch } from "#lib/payments/change.ts";
import { newRefund } from "#lib/payments/new-refund.ts";
import { refundMode } from "#lib/payments/refund-mode.ts";
import { sendRefund } from "#lib/payments/send-refund.ts";

export interface RefundOrder {
  merchantId: string;
  orderId: string;
  attemptId: string;
  /** Decimal text in the order's currency, major units. */
  amountText: string;
  reason: string;
  /** For a manual refund: how it was paid back outside (a bank's slip number), for people. */
  note?: string | undefined;
  /** A user's id. */
  actor: string;
  /** Made when the form was drawn: its double click is one refund. */
  idempotencyKey: string;
}

export const REASON_MAX = 200;
export const NOTE_MAX = 200;

/**
 * Refunds part or all of one paid attempt. The amount is reserved under the order's lock and constraint before anything
 * is sent, so that two refunds at once can never exceed what was paid. Returns after the first send; the refund's row
 * says how it went (an unclear answer is asked about and, if the gateway never got it, sent again under its own number).
 * Where the gateway's document has no refund, nothing is sent: a manual refund is recorded with its note, holds the amount as
 * any other, and says so (`manual`). Where it refunds whole payments only, a part is refused (`refund_full_only`).
 */
export async function refundOrder(input: RefundOrder, database: Database = db()): Promise<Result<{ refundId: string; manual: boolean }>> {
  const order = await orderById(database, input.orderId);
  if (order?.merchantId !== input.merchantId) return fail("order_not_found");
  const reason = storableText(input.reason.trim().slice(0, REASON_MAX));
  if (!reason) return fail("reason_missing", "reason");
  const amount = parseMoney(input.amountText.trim(), moneyOf(order).currency);
  if (isMoneyProblem(amount)) return fail(`amount_${amount}`, "amount");
  if (amount.minor === 0n) return fail("amount_zero", "amount");
  const note = storableText((input.note ?? "").trim().slice(0, NOTE_MAX));
  const reserved = await reserve(database, { ...input, reason, note }, amount.minor);
  if (!reserved.ok) return reserved;
  const { refundId, manual, send } = reserved.value;
  if (send) await sendRefund(refundId, database);
  return { ok: true, value: { refundId, manual } };
}

interface Reserved {
  refundId: string;
  manual: boolean;
  send: boolean;
}

async function reserve(database: Database, input: RefundOrder & { note: string }, amount: bigint): Promise<Result<Reserved>> {
  return inTransaction(database, async (tx): Promise<Result<Reserved>> => {
    const locked = await lockOrder(tx, input.orderId);
    const attempt = locked?.attempts.find((one) => one.id === input.attemptId);
    if (!locked || !attempt) return fail("order_not_found");
    const known = await refundByKey(tx, input.merchantId, input.idempotencyKey);
    if (known) {
      const same = known.attemptId === input.attemptId && known.amount === amount;
      const value = { refundId: known.id, manual: known.state === "manual", send: false };
      return same ? { ok: true, value } : fail("form_changed", "amount");
    }
    if (attempt.state !== "paid") return fail("attempt_not_paid", "attempt");
    const left = attempt.amount - attempt.refundedAmount;
    if (amount > left) return fail("refund_exceeds", "amount", amountData(moneyOf({ amount: left, currency: attempt.currency })));
    // In the caller's transaction: a second connection inside it would starve the pool when many refund at once.
    const row = await accountById(tx, attempt.accountId);
    const mode = row ? refundMode(row, attempt.method) : "manual";
    if (mode === "full_only" && amount !== attempt.amount) return fail("refund_full_only", "amount", amountData(moneyOf(attempt)));
    const manual = mode === "manual";
    const change = draft(locked);
    const refund = newRefund(attempt, amount, input.reason, input.actor, input.idempotencyKey, locked.now);
    const note = input.note || null;
    const byHand = { ...refund, state: "manual", note, nextTryAt: null, settledAt: locked.now } as const;
    const written = await insertRefund(tx, manual ? byHand : refund);
    if (!written) throw new Error(`refund key ${input.idempotencyKey}: taken by another order`);
    touch(change, attempt).refundedAmount += amount;
    change.order.refundedAmount += amount;
    record(
      change,
      "refund.created",
      input.actor,
      { refund: refund.id, manual, ...(manual && { note }), reason: input.reason, ...amountData(moneyOf(refund)) },
      attempt,
    );
    await commit(tx, change);
    return { ok: true, value: { refundId: refund.id, manual, send: !manual } };
  });
}
