import type { Attempt, Order } from "#db/queries/locks.ts";
import { isLiveAttempt } from "#lib/domain/attempt.ts";
import { PROBLEMS, type ProblemCode } from "#lib/domain/errors.ts";
import { refundStanding } from "#lib/domain/refund.ts";
import type { Detail, View } from "#lib/payments/checkout-view.ts";

export interface Seen {
  view: View;
  detail: Detail;
  /** The try the page is about. */
  attempt: Attempt | null;
}

const PRESENTED_DETAIL = {
  qr: "qr",
  redirect: "redirect",
  form: "form",
  iframe: "iframe",
  jsapi: "jsapi",
  app: "app",
  none: "sent",
} as const satisfies Record<NonNullable<Attempt["presentation"]>["kind"], Detail>;

/** What a page shows of an order. Pure. `attempts` newest first; an order whose time is up is shown expired at once. */
export function viewOf(order: Order, attempts: readonly Attempt[], now: Date): Seen {
  if (order.state === "paid") return paidView(order, attempts);
  if (order.state === "cancelled") return { view: "cancelled", detail: "cancelled", attempt: null };
  if (order.state === "expired" || order.expiresAt <= now) return { view: "expired", detail: "expired", attempt: null };
  const live = attempts.find((one) => isLiveAttempt(one.state));
  if (live) return liveView(live);
  const [last] = attempts;
  return last && last.problem !== "superseded" ? endedView(last) : { view: "choose", detail: "choose", attempt: null };
}

/** A stored problem as one of the words pages have sentences for. */
export function problemOf(attempt: Attempt | null): ProblemCode | null {
  return PROBLEMS.find((code) => code === attempt?.problem) ?? null;
}

function paidView(order: Order, attempts: readonly Attempt[]): Seen {
  const attempt = attempts.find((one) => one.id === order.paidAttemptId) ?? null;
  const standing = refundStanding(order.amount, attempt?.refundedAmount ?? 0n);
  const detail = standing === "full" ? "refunded" : standing === "part" ? "part_refunded" : order.paidLate ? "paid_late" : "paid";
  return { view: "paid", detail, attempt };
}

function liveView(attempt: Attempt): Seen {
  const kind = attempt.state === "presented" ? attempt.presentation?.kind : undefined;
  if (kind === "qr" && attempt.seenAt) return { view: "waiting", detail: "scanned", attempt };
  if (kind && kind !== "none") return { view: "waiting", detail: PRESENTED_DETAIL[kind], attempt };
  return { view: "processing", detail: attempt.state === "unknown" ? "unclear" : "sent", attempt };
}

function endedView(attempt: Attempt): Seen {
  const problem = problemOf(attempt);
  if (problem === "gateway_unreachable" || problem === "gateway_unclear") return { view: "failed", detail: "unreachable", attempt };
  if (attempt.state === "refused") return { view: "failed", detail: "refused", attempt };
  // Only of a code can be said that it ran out; whoever comes back from a wallet's page has not paid there.
  const code = attempt.presentation?.kind === "qr" || attempt.presentation?.kind === "iframe";
  return { view: "failed", detail: attempt.state === "closed" && code ? "qr_expired" : "declined", attempt };
}
