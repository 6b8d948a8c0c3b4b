/**
 * The states of one try to pay. `new`: intent written. `sent`: the request may have left. `presented`: the shopper has
 * something to act on. `unknown`: no readable answer, solved only by a query. `refused`: the gateway said no before a
 * charge was possible. `paid`, `failed`, `closed`: learnt from the gateway; `closed` also locally, when superseded.
 */
export const ATTEMPT_STATES = ["new", "sent", "presented", "unknown", "refused", "paid", "failed", "closed"] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

export const ATTEMPT_EVENTS = ["send", "present", "lose", "refuse", "pay", "fail", "close"] as const;
export type AttemptEvent = (typeof ATTEMPT_EVENTS)[number];

/**
 * Where an event leads; `null` is illegal. Every state but `new` still accepts `pay`: closed, failed and even refused
 * attempts can turn out paid at the gateway, and money is the truth. Paid never regresses.
 */
export const ATTEMPT_TRANSITIONS = {
  new: { send: "sent", present: null, lose: null, refuse: null, pay: null, fail: null, close: "closed" },
  sent: { send: null, present: "presented", lose: "unknown", refuse: "refused", pay: "paid", fail: "failed", close: "closed" },
  presented: { send: null, present: null, lose: null, refuse: null, pay: "paid", fail: "failed", close: "closed" },
  unknown: { send: null, present: "presented", lose: null, refuse: "refused", pay: "paid", fail: "failed", close: "closed" },
  refused: { send: null, present: null, lose: null, refuse: null, pay: "paid", fail: null, close: null },
  paid: { send: null, present: null, lose: null, refuse: null, pay: null, fail: null, close: null },
  failed: { send: null, present: null, lose: null, refuse: null, pay: "paid", fail: null, close: null },
  closed: { send: null, present: null, lose: null, refuse: null, pay: "paid", fail: null, close: null },
} as const satisfies Record<AttemptState, Record<AttemptEvent, AttemptState | null>>;

/** States in which the shopper may still complete this attempt; at most one per (order, method). */
export const LIVE_ATTEMPT_STATES = ["new", "sent", "presented", "unknown"] as const satisfies readonly AttemptState[];

/** The state after `event`, or null when the table forbids it. */
export function nextAttemptState(state: AttemptState, event: AttemptEvent): AttemptState | null {
  return ATTEMPT_TRANSITIONS[state][event];
}

export function isLiveAttempt(state: AttemptState): boolean {
  return (LIVE_ATTEMPT_STATES as readonly AttemptState[]).includes(state);
}
