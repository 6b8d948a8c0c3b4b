import { describe, expect, it } from "vitest";
import { ATTEMPT_STATES, type AttemptState } from "#lib/domain/attempt.ts";
import type { Money } from "#lib/domain/money.ts";
import { ORDER_STATES, type OrderState } from "#lib/domain/order.ts";
import { judge, type Standing } from "#lib/domain/verdict.ts";

const hkd = (minor: bigint): Money => ({ minor, currency: "HKD" });
const paid = (amount: Money): Standing => ({ kind: "paid", gatewayRef: "g", amount, paidAt: null });
const judged = (order: OrderState, attempt: AttemptState, standing: Standing): string => {
  const verdict = judge({ order: { state: order, amount: hkd(100n) }, attempt: { state: attempt, amount: hkd(100n) } }, standing);
  if (verdict.do === "credit") return verdict.late ? "credit late" : "credit";
  if (verdict.do === "close") return verdict.to;
  return verdict.do;
};

/** For each attempt state, what a word means in an order that is open, paid, expired, cancelled. */
const ROWS: Record<AttemptState, Record<"paid" | "failed" | "closed" | "pending" | "unknown", readonly string[]>> = {
  new: row(["query", "query", "query", "query"], "nothing", "closed"),
  sent: row(["credit", "surplus", "credit late", "credit late"], "failed", "closed"),
  presented: row(["credit", "surplus", "credit late", "credit late"], "failed", "closed"),
  unknown: row(["credit", "surplus", "credit late", "credit late"], "failed", "closed"),
  refused: row(["credit", "surplus", "credit late", "credit late"], "nothing", "nothing"),
  paid: {
    paid: same("nothing"),
    failed: same("nothing"),
    closed: same("nothing"),
    pending: same("nothing"),
    unknown: same("nothing"),
  },
  failed: row(["credit", "surplus", "credit late", "credit late"], "nothing", "nothing"),
  closed: row(["credit", "surplus", "credit late", "credit late"], "nothing", "nothing"),
};

const STANDINGS: Record<keyof (typeof ROWS)["sent"], Standing> = {
  paid: paid(hkd(100n)),
  failed: { kind: "failed" },
  closed: { kind: "closed" },
  pending: { kind: "pending" },
  unknown: { kind: "unknown", reason: "unclear" },
};

describe("the settlement verdict", () => {
  for (const attempt of ATTEMPT_STATES) {
    for (const kind of Object.keys(STANDINGS) as (keyof typeof STANDINGS)[]) {
      it(`${kind} for an attempt that is ${attempt}, over all order states`, () => {
        expect(ORDER_STATES.map((order) => judged(order, attempt, STANDINGS[kind]))).toEqual(ROWS[attempt][kind]);
      });
    }
  }

  it.each(ATTEMPT_STATES)("another amount or currency moves nothing, whatever state (%s)", (attempt) => {
    for (const order of ORDER_STATES) {
      expect(judged(order, attempt, paid(hkd(99n)))).toBe("mismatch");
      expect(judged(order, attempt, paid(hkd(10_000n)))).toBe("mismatch");
      expect(judged(order, attempt, paid({ minor: 100n, currency: "CNY" }))).toBe("mismatch");
    }
  });

  it("refunded at the gateway means it was paid", () => {
    expect(judged("open", "presented", { kind: "refunded", gatewayRef: null, amount: hkd(100n), paidAt: null })).toBe("credit");
  });
});

function same(word: string): readonly string[] {
  return [word, word, word, word];
}

function row(onPaid: readonly string[], onFailed: string, onClosed: string): (typeof ROWS)["sent"] {
  return { paid: onPaid, failed: same(onFailed), closed: same(onClosed), pending: same("nothing"), unknown: same("query") };
}
