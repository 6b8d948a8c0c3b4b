import { type Database, db, inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { lockOrder } from "#db/queries/locks.ts";
import { insertRequest, requestByKey, waitingOf } from "#db/queries/refund-requests.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { newId } from "#lib/domain/ids.ts";
import { REQUEST_DAYS } from "#lib/domain/refund-request.ts";
import { amountData, commit, draft, moneyOf, record } from "#lib/payments/change.ts";
import { auditDetail, type RefundOrder, readWanted } from "#lib/payments/refund-order.ts";
import { refundable } from "#lib/payments/reserve-refund.ts";

export interface RequestRefund extends Omit<RefundOrder, "asker" | "actor"> {
  /** The user who asks. */
  actor: string;
  asker: "refunder" | "requester";
}

const DAY_MS = 86_400_000;

/**
 * Asks for a refund that somebody else decides (decide-request.ts). What could not be refunded now is refused at once, as by
 * refundOrder. Nothing is reserved: other refunds go on as if it were not there, and the approval asks everything again. But
 * no more is asked for than is left beside what waits already (`refund_waiting`), so that two who ask for the same, and two
 * who approve, do not pay back twice. The shop is not told.
 */
export async function requestRefund(input: RequestRefund, database: Database = db()): Promise<Result<{ requestId: string }>> {
  const read = await readWanted(input, database);
  if (!read.ok) return read;
  const { amount, reason, note } = read.value;
  const { merchantId, orderId, attemptId, actor, idempotencyKey } = input;
  return inTransaction(database, async (tx): Promise<Result<{ requestId: string }>> => {
    const locked = await lockOrder(tx, orderId);
    if (!locked) return fail("order_not_found");
    const known = await requestByKey(tx, merchantId, idempotencyKey);
    if (known) {
      const same = known.attemptId === attemptId && known.amount === amount;
      return same ? { ok: true, value: { requestId: known.id } } : fail("form_changed", "amount");
    }
    const checked = await refundable(tx, locked, attemptId, amount);
    if (!checked.ok) return checked;
    const { attempt, manual } = checked.value;
    const money = { amount, currency: attempt.currency };
    const waiting = await waitingOf(tx, attemptId);
    if (amount + waiting > attempt.amount - attempt.refundedAmount) {
      return fail("refund_waiting", "amount", amountData(moneyOf({ ...money, amount: waiting })));
    }
    const requestId = newId("refundRequest");
    await insertRequest(tx, {
      ...{ id: requestId, merchantId, orderId, attemptId, ...money, reason, note: (manual && note) || null },
      ...{ cause: input.asker === "requester" ? "role" : "limit", requestedBy: actor, idempotencyKey },
      ...{ createdAt: locked.now, expiresAt: new Date(locked.now.getTime() + REQUEST_DAYS * DAY_MS) },
    });
    const change = draft(locked);
    record(change, "refund.requested", actor, { request: requestId, reason, ...amountData(moneyOf(money)) }, attempt);
    await commit(tx, change);
    await appendAudit(tx, {
      ...{ actor: input.auditor, merchantId, action: "refunds.request", target: { kind: "refund_request", id: requestId } },
      detail: auditDetail({ ...money, orderId, reason }),
    });
    return { ok: true, value: { requestId } };
  });
}
