import { type AttemptEvent, type AttemptState, nextAttemptState } from "#lib/domain/attempt.ts";
import { storedCurrency } from "#lib/domain/currency.ts";
import { isMoneyProblem, parseMoney } from "#lib/domain/money.ts";
import { nextOrderState, type OrderEvent, type OrderState } from "#lib/domain/order.ts";
import { nextRefundState, type RefundEvent, type RefundState } from "#lib/domain/refund.ts";

/** An event of an order's history, as the database keeps it. */
export interface HistoryEvent {
  sequence: number;
  type: string;
  data: Readonly<Record<string, unknown>>;
  at: Date;
}

/** What an event does to the rows. `review`: whether the order needs a person after it. */
export interface Effect {
  order?: OrderEvent;
  attempt?: AttemptEvent;
  refund?: RefundEvent;
  review?: boolean;
}

/** What each type of event does, by the transition tables' own words; a test holds it to the list of types. */
export const EFFECTS = {
  "order.created": {},
  "order.paid": { order: "pay", attempt: "pay" },
  "order.paid_late": { order: "pay", attempt: "pay", review: true },
  "order.surplus": { attempt: "pay", review: true },
  "order.mismatch": { review: true },
  "order.flagged": { review: true },
  "order.expired": { order: "expire" },
  "order.cancelled": { order: "cancel" },
  "order.rechecked": {},
  "order.reviewed": { review: false },
  "attempt.sent": { attempt: "send" },
  "attempt.presented": { attempt: "present" },
  "attempt.refused": { attempt: "refuse" },
  "attempt.unknown": { attempt: "lose" },
  "attempt.failed": { attempt: "fail" },
  "attempt.closed": { attempt: "close" },
  "notification.received": {},
  // People asking each other: no money is held before `refund.created`.
  "refund.requested": {},
  "refund.declined": {},
  "refund.withdrawn": {},
  "refund.lapsed": {},
  "refund.created": {},
  "refund.succeeded": { refund: "succeed" },
  "refund.failed": { refund: "fail" },
  "refund.unknown": { refund: "lose" },
} as const satisfies Record<string, Effect>;

export interface AttemptThen {
  id: string;
  state: AttemptState;
  amount: bigint;
  refundedAmount: bigint;
  surplus: boolean;
}

export interface RefundThen {
  id: string;
  attemptId: string;
  amount: bigint;
  /** Never `sent`: that a refund's request has left is no event of its own, and a worker may be at it at any time. */
  state: Exclude<RefundState, "sent">;
}

/** An order with its attempts and refunds as they stood at an instant. Amounts in minor units of the order's currency. */
export interface OrderThen {
  /** The last event that had happened. */
  sequence: number;
  state: OrderState;
  paidAmount: bigint;
  refundedAmount: bigint;
  paidLate: boolean;
  needsReview: boolean;
  paidAttemptId: string | null;
  attempts: AttemptThen[];
  refunds: RefundThen[];
  /** Events that do not fit: a gap before them, of an unknown type, or against the tables. Empty in a sound history. */
  strange: number[];
}

/**
 * Tells an order's history over again up to an instant, by the transition tables. Pure. Null before it was created. At the
 * end of a sound history this is what the rows say. What does not fit is left out and named in `strange`, never made up.
 */
export function replayOrder(order: { amount: bigint; currency: string }, events: readonly HistoryEvent[], until: Date): OrderThen | null {
  const past = events.filter(({ at }) => at <= until).sort((a, b) => a.sequence - b.sequence);
  if (past.length === 0) return null;
  const then: OrderThen = {
    ...{ sequence: 0, state: "open", paidAmount: 0n, refundedAmount: 0n, paidLate: false, needsReview: false, paidAttemptId: null },
    ...{ attempts: [], refunds: [], strange: [] },
  };
  for (const event of past) {
    const fits = event.sequence === then.sequence + 1 && apply(then, order, event);
    if (!fits) then.strange.push(event.sequence);
    then.sequence = event.sequence;
  }
  return then;
}

function apply(then: OrderThen, order: { amount: bigint; currency: string }, event: HistoryEvent): boolean {
  const effect: Effect | undefined = Object.hasOwn(EFFECTS, event.type) ? EFFECTS[event.type as keyof typeof EFFECTS] : undefined;
  if (!effect || (event.type === "order.created") !== (event.sequence === 1)) return false;
  const next = effect.order ? nextOrderState(then.state, effect.order) : then.state;
  if (next === null) return false;
  if (effect.attempt && !moveAttempt(then, order, event, effect.attempt)) return false;
  if (event.type === "refund.created" && !reserve(then, order, event)) return false;
  if (effect.refund && !moveRefund(then, event, effect.refund)) return false;
  then.state = next;
  if (effect.order === "pay") {
    then.paidAttemptId = text(event.data.attempt);
    then.paidLate = event.type === "order.paid_late";
  }
  // Paid and already sent back at the gateway when we heard of it: a person has to look (settle-attempt.ts).
  if (event.data.gone === true) then.needsReview = true;
  then.needsReview = effect.review ?? then.needsReview;
  return true;
}

function moveAttempt(then: OrderThen, order: { amount: bigint; currency: string }, event: HistoryEvent, move: AttemptEvent): boolean {
  const id = text(event.data.attempt);
  const known = then.attempts.find((one) => one.id === id);
  const state = nextAttemptState(known?.state ?? "new", move);
  if (id === null || state === null) return false;
  const made = known ?? { id, state, amount: amountOf(event, order) ?? order.amount, refundedAmount: 0n, surplus: false };
  if (!known) then.attempts.push(made);
  made.state = state;
  if (move !== "pay") return true;
  made.surplus = event.type === "order.surplus";
  then.paidAmount += made.amount;
  return true;
}

function reserve(then: OrderThen, order: { amount: bigint; currency: string }, event: HistoryEvent): boolean {
  const id = text(event.data.refund);
  const attempt = then.attempts.find((one) => one.id === event.data.attempt);
  const amount = amountOf(event, order);
  if (id === null || !attempt || amount === null || then.refunds.some((one) => one.id === id)) return false;
  then.refunds.push({ id, attemptId: attempt.id, amount, state: event.data.manual === true ? "manual" : "reserved" });
  attempt.refundedAmount += amount;
  then.refundedAmount += amount;
  return true;
}

function moveRefund(then: OrderThen, event: HistoryEvent, move: RefundEvent): boolean {
  const refund = then.refunds.find((one) => one.id === event.data.refund);
  if (!refund) return false;
  // An answer means that the request had left.
  const state = nextRefundState(nextRefundState(refund.state, "send") ?? refund.state, move);
  if (state === null || state === "sent") return false;
  refund.state = state;
  if (state !== "failed") return true;
  const attempt = then.attempts.find((one) => one.id === refund.attemptId);
  if (attempt) attempt.refundedAmount -= refund.amount;
  then.refundedAmount -= refund.amount;
  return true;
}

function amountOf(event: HistoryEvent, order: { currency: string }): bigint | null {
  const amount = text(event.data.amount);
  const money = amount === null ? null : parseMoney(amount, storedCurrency(order.currency));
  return money === null || isMoneyProblem(money) ? null : money.minor;
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
