import { type AttemptState, nextAttemptState } from "#lib/domain/attempt.ts";
import { type Money, sameMoney } from "#lib/domain/money.ts";
import { nextOrderState, type OrderState } from "#lib/domain/order.ts";

/** What a gateway says about one payment, in our words. Anything unclear is `unknown` and schedules a query. */
export type Standing =
  | { kind: "paid"; gatewayRef: string | null; amount: Money; paidAt: Date | null; detail?: PaidDetail }
  /** `gatewayRef`: the gateway's number, where the answer names it (seeds/004 reverses only by both numbers). */
  /** `seen`: the gateway says that a shopper has the payment open in the wallet; few documents have a word for that. */
  | { kind: "pending"; gatewayRef?: string | null; seen?: boolean }
  | { kind: "failed"; code?: string }
  | { kind: "closed" }
  | { kind: "refunded"; gatewayRef: string | null; amount: Money; paidAt: Date | null; detail?: PaidDetail }
  /** `dispute`: the gateway says that the payment is contested (mpgateway 1004): asked about, and shown to a person. */
  | { kind: "unknown"; reason: string; dispute?: boolean };

/** What a gateway tells beside a payment: what was paid in the shopper's own currency, as its opaque decimals, and by whom. */
export interface PaidDetail {
  payAmount?: string;
  payCurrency?: string;
  /** CNY per one unit of the foreign currency, decimal text. */
  exchangeRate?: string;
  /** The wallet's own transaction number, as the shopper's receipt shows it. */
  walletRef?: string;
  /** Who paid, as the gateway names them; personal data, sealed at rest. */
  payer?: string;
}

/** What is known of the order and the attempt, under lock. */
export interface Position {
  order: { state: OrderState; amount: Money };
  /** `reversed`: the gateway accepted our closing it, which may have been a reversal. */
  attempt: { state: AttemptState; amount: Money; reversed?: boolean };
}

/** What to do about a standing. The only decision table that can lead to `credit` or `surplus`. */
export type Verdict =
  | { do: "credit"; late: boolean }
  | { do: "surplus" }
  | { do: "mismatch"; expected: Money; got: Money }
  | { do: "close"; to: "failed" | "closed" }
  | { do: "nothing"; why: "already_paid" | "still_pending" | "settled" | "reversed" }
  | { do: "query"; reason: string };

/**
 * Judges what a gateway's word means for an order. Pure; the caller holds the row locks and carries the verdict out in
 * the same transaction. A payment of another amount or currency moves nothing (`mismatch`). A paid attempt stays paid,
 * whatever comes later. The first paid attempt credits the order (late when it was no longer open), another is surplus.
 */
export function judge(position: Position, standing: Standing): Verdict {
  // We closed it, and it reads paid and sent back: our own reversal did that. No goods for that money.
  if (standing.kind === "refunded" && position.attempt.reversed && position.attempt.state !== "paid") {
    return { do: "nothing", why: "reversed" };
  }
  if (standing.kind === "paid" || standing.kind === "refunded") return judgePaid(position, standing.amount);
  if (position.attempt.state === "paid") return { do: "nothing", why: "already_paid" };
  if (standing.kind === "unknown") return { do: "query", reason: standing.reason };
  if (standing.kind === "pending") return { do: "nothing", why: "still_pending" };
  const event = standing.kind === "failed" ? "fail" : "close";
  const next = nextAttemptState(position.attempt.state, event);
  return next === null ? { do: "nothing", why: "settled" } : { do: "close", to: standing.kind };
}

function judgePaid(position: Position, got: Money): Verdict {
  if (!sameMoney(got, position.attempt.amount)) return { do: "mismatch", expected: position.attempt.amount, got };
  if (position.attempt.state === "paid") return { do: "nothing", why: "already_paid" };
  if (nextAttemptState(position.attempt.state, "pay") === null) return { do: "query", reason: "attempt was never sent" };
  if (nextOrderState(position.order.state, "pay") === null) return { do: "surplus" };
  return { do: "credit", late: position.order.state !== "open" };
}
