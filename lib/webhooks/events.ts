import type { Attempt, Order } from "#db/queries/locks.ts";
import type { OrderEventType } from "#db/schema/order-events.ts";
import { isCurrency } from "#lib/domain/currency.ts";
import { formatMajor } from "#lib/domain/money.ts";
import { refundStanding } from "#lib/domain/refund.ts";

/** The events a shop is told about; the others stay in the order's own history. */
export const WEBHOOK_EVENTS: ReadonlySet<OrderEventType> = new Set([
  "order.paid",
  "order.paid_late",
  "order.surplus",
  "order.expired",
  "order.cancelled",
  "refund.created",
  "refund.succeeded",
  "refund.failed",
]);

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

function major(minor: bigint, currency: string): string {
  if (!isCurrency(currency)) throw new Error(`currency ${currency} in the database`);
  return formatMajor({ minor, currency });
}
