import type { Attempt, Order } from "#db/queries/locks.ts";
import type { Payout } from "#db/queries/payouts.ts";
import type { OrderEventType } from "#db/schema/order-events.ts";
import type { PayoutEventType } from "#db/schema/payouts.ts";
import { major } from "#lib/domain/money.ts";
import { refundStanding } from "#lib/domain/refund.ts";
import { TEST_TYPE, WEBHOOK_TYPES } from "#lib/webhooks/decisions.ts";

/** The events of an order that an endpoint may be told. */
export const WEBHOOK_EVENTS: ReadonlySet<OrderEventType> = new Set(
  WEBHOOK_TYPES.filter((type): type is Exclude<(typeof WEBHOOK_TYPES)[number], PayoutEventType> => !type.startsWith("payout.")),
);

/**
 * The exact body of a webhook (Standard Webhooks: type, timestamp, data). Amounts are decimal text in major units, times
 * ISO 8601 in UTC. `sequence` is gapless per order over all its events, so a shop can tell the order of what it gets.
 */
export function webhookBody(
  event: { type: OrderEventType; sequence: number; at: Date; data: Record<string, unknown> },
  order: Order,
  attempt: Attempt | null,
): string {
  return JSON.stringify({
    type: event.type,
    timestamp: event.at.toISOString(),
    data: {
      sequence: event.sequence,
      order: {
        id: order.id,
        reference: order.reference,
        title: order.title,
        state: order.state,
        amount: major(order.amount, order.currency),
        currency: order.currency,
        live: order.live,
        created_at: order.createdAt.toISOString(),
        expires_at: order.expiresAt.toISOString(),
        paid_at: order.paidAt?.toISOString() ?? null,
        paid_late: order.paidLate,
        paid_amount: major(order.paidAmount, order.currency),
        refunded_amount: major(order.refundedAmount, order.currency),
        refund_status: refundStanding(order.paidAmount, order.refundedAmount),
        metadata: order.metadata,
      },
      attempt: attempt && {
        id: attempt.id,
        method: attempt.method,
        state: attempt.state,
        gateway_order_no: attempt.gatewayOrderNo,
        gateway_ref: attempt.gatewayRef,
        amount: major(attempt.amount, attempt.currency),
        currency: attempt.currency,
        paid_at: attempt.paidAt?.toISOString() ?? null,
        surplus: attempt.surplus,
      },
      detail: event.data,
    },
  });
}

/** The exact body of a payout's event: the same envelope, `payout` in place of `order` and `attempt`. No personal data. */
export function payoutBody(
  event: { type: PayoutEventType; sequence: number; at: Date; data: Record<string, unknown> },
  payout: Payout,
): string {
  return JSON.stringify({
    type: event.type,
    timestamp: event.at.toISOString(),
    data: {
      sequence: event.sequence,
      payout: {
        id: payout.id,
        account: payout.accountId,
        payout_no: payout.payoutNo,
        gateway_ref: payout.gatewayRef,
        state: payout.state,
        amount: major(payout.amount, payout.currency),
        currency: payout.currency,
        recipient_ending: payout.recipientEnding,
        remark: payout.remark,
        created_at: payout.createdAt.toISOString(),
        settled_at: payout.settledAt?.toISOString() ?? null,
      },
      detail: event.data,
    },
  });
}

/** The body of a test event: told apart by its type, about nothing. */
export function testBody(endpoint: { id: string; live: boolean | null }, at: Date): string {
  const data = { sequence: 1, endpoint: endpoint.id, live: endpoint.live, detail: { text: "Your endpoint works. Nothing was paid." } };
  return JSON.stringify({ type: TEST_TYPE, timestamp: at.toISOString(), data });
}
