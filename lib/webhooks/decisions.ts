import type { OrderEventType } from "#db/schema/order-events.ts";
import type { PayoutEventType } from "#db/schema/payouts.ts";
import type { AttemptEvent } from "#lib/domain/attempt.ts";
import type { OrderEvent } from "#lib/domain/order.ts";
import type { PayoutEvent } from "#lib/domain/payout.ts";
import type { RefundEvent } from "#lib/domain/refund.ts";

/**
 * What a shop is told of, and what not: every kind of event has a decision, and a test walks the transition tables so that
 * no change of state is without one. `common`: told to every endpoint that names no types. `named`: told only to endpoints
 * that name it. A type not told says why.
 */
type Decision = { told: "common" | "named" } | { told: "no"; why: string };

export const DECISIONS = {
  "order.created": { told: "named" },
  "order.paid": { told: "common" },
  "order.paid_late": { told: "common" },
  "order.surplus": { told: "common" },
  "order.expired": { told: "common" },
  "order.cancelled": { told: "common" },
  "order.mismatch": { told: "named" },
  "order.flagged": { told: "named" },
  "order.reviewed": { told: "no", why: "somebody of the merchant looked at it: no state and no money changed" },
  "order.rechecked": { told: "no", why: "a question was asked; its answer is an event of its own" },
  "attempt.sent": { told: "no", why: "a shopper began to pay: nothing to act on before it ends" },
  "attempt.presented": { told: "no", why: "a shopper has a code to scan: nothing to act on before it ends" },
  "attempt.refused": { told: "no", why: "the checkout offers the next account or another method by itself" },
  "attempt.unknown": { told: "no", why: "never an end: the gateway is asked until it is known" },
  "attempt.failed": { told: "named" },
  "attempt.closed": { told: "no", why: "our own closing of what is not to be paid any more; the order's end is told" },
  "notification.received": { told: "no", why: "a gateway said something; what it changed is an event of its own" },
  "refund.requested": { told: "no", why: "somebody of the merchant asked a colleague: no money has moved, and none may ever" },
  "refund.declined": { told: "no", why: "a colleague said no to what the shop was never told of" },
  "refund.withdrawn": { told: "no", why: "taken back by who asked, and the shop was never told of it" },
  "refund.lapsed": { told: "no", why: "nobody decided in time, and the shop was never told of it" },
  "refund.created": { told: "common" },
  "refund.succeeded": { told: "common" },
  "refund.failed": { told: "common" },
  "refund.unknown": { told: "no", why: "never an end: asked about until it has succeeded or failed" },
  "payout.sent": { told: "no", why: "the merchant's own request; its end is told" },
  "payout.pending": { told: "no", why: "the bank is at it: its end is told" },
  "payout.unknown": { told: "no", why: "never an end: asked about until it is known" },
  "payout.paid": { told: "common" },
  "payout.failed": { told: "common" },
  "payout.flagged": { told: "named" },
  "payout.noticed": { told: "no", why: "a gateway said something; what it changed is an event of its own" },
} as const satisfies Record<OrderEventType | PayoutEventType, Decision>;

type Decided = typeof DECISIONS;

/** Which event tells of each change of state in lib/domain's transition tables. */
export const CHANGES = {
  order: { pay: ["order.paid", "order.paid_late"], expire: ["order.expired"], cancel: ["order.cancelled"] },
  attempt: {
    send: ["attempt.sent"],
    present: ["attempt.presented"],
    lose: ["attempt.unknown"],
    refuse: ["attempt.refused"],
    // A paid attempt pays its order, or is surplus: that is what a shop acts on.
    pay: ["order.paid", "order.paid_late", "order.surplus"],
    fail: ["attempt.failed"],
    close: ["attempt.closed"],
  },
  refund: {
    // `refund.created` was recorded in the same breath: that the request has left changes nothing for anybody.
    send: ["refund.created"],
    lose: ["refund.unknown"],
    succeed: ["refund.succeeded"],
    fail: ["refund.failed"],
  },
  payout: { accept: ["payout.pending"], lose: ["payout.unknown"], succeed: ["payout.paid"], fail: ["payout.failed"] },
} as const satisfies {
  order: Record<OrderEvent, readonly (keyof Decided)[]>;
  attempt: Record<AttemptEvent, readonly (keyof Decided)[]>;
  refund: Record<RefundEvent, readonly (keyof Decided)[]>;
  payout: Record<PayoutEvent, readonly (keyof Decided)[]>;
};

/** Every type a webhook may have. */
export type WebhookType = { [T in keyof Decided]: Decided[T]["told"] extends "no" ? never : T }[keyof Decided] | typeof TEST_TYPE;

/** Sent by the button on an endpoint's page, and by nothing else. */
export const TEST_TYPE = "webhook.test";

const ALL = Object.keys(DECISIONS) as (keyof Decided)[];

/** The types an endpoint may name, in the order they are shown. */
export const WEBHOOK_TYPES = ALL.filter((type) => DECISIONS[type].told !== "no") as Exclude<WebhookType, typeof TEST_TYPE>[];
/** The types told to an endpoint that names none. */
export const COMMON_TYPES = ALL.filter((type) => DECISIONS[type].told === "common") as typeof WEBHOOK_TYPES;

/** Whether anybody is told of it. */
export function isTold(type: OrderEventType | PayoutEventType): boolean {
  return DECISIONS[type].told !== "no";
}

export function isCommon(type: OrderEventType | PayoutEventType): boolean {
  return DECISIONS[type].told === "common";
}
