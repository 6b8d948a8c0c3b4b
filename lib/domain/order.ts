/** The states of an order and the only ways between them (design.md, the core). */
export const ORDER_STATES = ["open", "paid", "expired", "cancelled"] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export const ORDER_EVENTS = ["pay", "expire", "cancel"] as const;
export type OrderEvent = (typeof ORDER_EVENTS)[number];

/**
 * Where an event leads; `null` is illegal. Paid never regresses; expired and cancelled still accept a payment,
 * because money that arrived is the truth (it is then flagged as paid late).
 */
export const ORDER_TRANSITIONS = {
  open: { pay: "paid", expire: "expired", cancel: "cancelled" },
  paid: { pay: null, expire: null, cancel: null },
  expired: { pay: "paid", expire: null, cancel: null },
  cancelled: { pay: "paid", expire: null, cancel: null },
} as const satisfies Record<OrderState, Record<OrderEvent, OrderState | null>>;

/** The state after `event`, or null when the table forbids it. */
export function nextOrderState(state: OrderState, event: OrderEvent): OrderState | null {
  return ORDER_TRANSITIONS[state][event];
}
