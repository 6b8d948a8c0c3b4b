import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isOpenPayout,
  judgePayout,
  nextPayoutState,
  PAYOUT_EVENTS,
  PAYOUT_STATES,
  PAYOUT_TRANSITIONS,
  payoutQuerySeconds,
} from "#lib/domain/payout.ts";

describe("payout states", () => {
  it("move exactly along the grid, legal and illegal", () => {
    const legal = PAYOUT_STATES.flatMap((state) =>
      PAYOUT_EVENTS.flatMap((event) => {
        const next = nextPayoutState(state, event);
        return next === null ? [] : [`${state} ${event} ${next}`];
      }),
    );
    expect(legal).toEqual([
      "sent accept pending",
      "sent lose unknown",
      "sent succeed paid",
      "sent fail failed",
      "unknown accept pending",
      "unknown succeed paid",
      "unknown fail failed",
      "pending succeed paid",
      "pending fail failed",
      "failed succeed paid",
    ]);
  });

  it("never leave paid", () => {
    expect(Object.values(PAYOUT_TRANSITIONS.paid).every((next) => next === null)).toBe(true);
  });

  it("are asked about until the gateway has said paid or failed", () => {
    expect(PAYOUT_STATES.filter(isOpenPayout)).toEqual(["sent", "unknown", "pending"]);
  });
});

describe("judgePayout", () => {
  it("moves nothing for another amount, whatever else the word says", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PAYOUT_STATES),
        fc.constantFrom("paid", "pending", "failed", "unknown"),
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        (state, kind, amount, other) => {
          fc.pre(amount !== other);
          expect(judgePayout({ state, amount }, { kind, amount: other })).toEqual({ do: "flag", why: "amount_mismatch" });
        },
      ),
    );
  });

  it("flags a paid one that is said to have failed, and believes a failed one that was paid", () => {
    expect(judgePayout({ state: "paid", amount: 1n }, { kind: "failed", amount: 1n })).toEqual({ do: "flag", why: "paid_then_failed" });
    expect(judgePayout({ state: "failed", amount: 1n }, { kind: "paid", amount: 1n })).toEqual({ do: "succeed" });
  });

  it("the same word again changes nothing", () => {
    expect(judgePayout({ state: "paid", amount: 1n }, { kind: "paid", amount: 1n })).toEqual({ do: "nothing" });
    expect(judgePayout({ state: "pending", amount: 1n }, { kind: "pending", amount: null })).toEqual({ do: "nothing" });
    expect(judgePayout({ state: "pending", amount: 1n }, { kind: "unknown", amount: null })).toEqual({ do: "nothing" });
  });
});

describe("payoutQuerySeconds", () => {
  it("grows to an hour and stays there", () => {
    expect([0, 1, 2, 3, 4, 5, 6, 100].map(payoutQuerySeconds)).toEqual([10, 30, 60, 300, 900, 3600, 3600, 3600]);
  });
});
