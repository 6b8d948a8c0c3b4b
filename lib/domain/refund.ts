/**
 * The states of a refund. `reserved`: the amount is held back under the order's constraint. `sent`: the request may
 * have left. `unknown`: no readable answer; retried with the same number. `failed` releases the reservation, once.
 * `manual`: the gateway's document has no refund operation; a person paid back outside and recorded it here.
 */
export const REFUND_STATES = ["reserved", "sent", "unknown", "succeeded", "failed", "manual"] as const;
export type RefundState = (typeof REFUND_STATES)[number];

export const REFUND_EVENTS = ["send", "lose", "succeed", "fail"] as const;
export type RefundEvent = (typeof REFUND_EVENTS)[number];

/** Where an event leads; `null` is illegal. `unknown` is never terminal: it may be sent again under its own number. */
export const REFUND_TRANSITIONS = {
  reserved: { send: "sent", lose: null, succeed: null, fail: "failed" },
  sent: { send: null, lose: "unknown", succeed: "succeeded", fail: "failed" },
  unknown: { send: "sent", lose: null, succeed: "succeeded", fail: "failed" },
  succeeded: { send: null, lose: null, succeed: null, fail: null },
  failed: { send: null, lose: null, succeed: null, fail: null },
  manual: { send: null, lose: null, succeed: null, fail: null },
} as const satisfies Record<RefundState, Record<RefundEvent, RefundState | null>>;

export function nextRefundState(state: RefundState, event: RefundEvent): RefundState | null {
  return REFUND_TRANSITIONS[state][event];
}

/** Whether a refund's amount counts against what may still be refunded. */
export const REFUND_HOLDS = {
  reserved: true,
  sent: true,
  unknown: true,
  succeeded: true,
  failed: false,
  manual: true,
} as const satisfies Record<RefundState, boolean>;

/** What an order's refunds amount to, derived from their sum, never stored as truth of its own. */
export function refundStanding(paid: bigint, refunded: bigint): "none" | "part" | "full" {
  if (refunded <= 0n) return "none";
  return refunded < paid ? "part" : "full";
}
