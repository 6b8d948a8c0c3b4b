import type { Attempt } from "#db/queries/locks.ts";
import type { refunds } from "#db/schema/refunds.ts";
import { newGatewayNumber, newId } from "#lib/domain/ids.ts";

/** A refund's row before it is sent: reserved, due at once so that a crash before the first send loses nothing. */
export function newRefund(attempt: Attempt, amount: bigint, reason: string, requestedBy: string, idempotencyKey: string, now: Date) {
  return {
    id: newId("refund"),
    merchantId: attempt.merchantId,
    orderId: attempt.orderId,
    attemptId: attempt.id,
    accountId: attempt.accountId,
    refundNo: newGatewayNumber(now),
    currency: attempt.currency,
    amount,
    state: "reserved",
    reason,
    requestedBy,
    idempotencyKey,
    nextTryAt: now,
    // By the clock the order was locked at: the day it counts in is the day its cap was asked about.
    createdAt: now,
  } satisfies typeof refunds.$inferInsert;
}
