import { describe, expect, it } from "vitest";
import { leftOfDay, mayDecide, REFUND_ASKERS, refundWay } from "#lib/domain/refund-approval.ts";
import { nextRequestState, REQUEST_EVENTS, REQUEST_STATES } from "#lib/domain/refund-request.ts";

describe("whether a refund needs a second person", () => {
  /** A row a limit, a column an asker; every case asks for 40.00 of one order. */
  const AMOUNT = 4_000n;
  const GRID = [
    { is: "no limit", approvalAbove: null, earlier: 0n, ways: { refunder: "refund", requester: "request", program: "refund" } },
    {
      is: "no limit, much before",
      approvalAbove: null,
      earlier: 10n ** 12n,
      ways: { refunder: "refund", requester: "request", program: "refund" },
    },
    { is: "always", approvalAbove: 0n, earlier: 0n, ways: { refunder: "request", requester: "request", program: "refuse" } },
    { is: "just within", approvalAbove: 4_000n, earlier: 0n, ways: { refunder: "refund", requester: "request", program: "refund" } },
    { is: "just above", approvalAbove: 3_999n, earlier: 0n, ways: { refunder: "request", requester: "request", program: "refuse" } },
    {
      is: "within with what went before",
      approvalAbove: 5_000n,
      earlier: 1_000n,
      ways: { refunder: "refund", requester: "request", program: "refund" },
    },
    {
      is: "above with what went before",
      approvalAbove: 5_000n,
      earlier: 1_001n,
      ways: { refunder: "request", requester: "request", program: "refuse" },
    },
  ] as const;
  for (const { is, approvalAbove, earlier, ways } of GRID) {
    for (const asker of REFUND_ASKERS) {
      it(`${is}, asked by a ${asker}: ${ways[asker]}`, () => {
        expect(refundWay({ asker, amount: AMOUNT, earlier, approvalAbove })).toBe(ways[asker]);
      });
    }
  }

  it("splitting evades nothing: however a sum is cut, the part that passes the limit needs approval", () => {
    const limit = 10_000n;
    for (const part of [1n, 7n, 2_500n, 9_999n, 10_000n]) {
      let gone = 0n;
      while (refundWay({ asker: "refunder", amount: part, earlier: gone, approvalAbove: limit }) === "refund") gone += part;
      expect(gone).toBeLessThanOrEqual(limit);
    }
  });
});

describe("who decides", () => {
  it("somebody who may approve, and never who asked", () => {
    const request = { requestedBy: "usr_a" };
    expect(mayDecide({ id: "usr_b", approves: true }, request)).toBe(true);
    expect(mayDecide({ id: "usr_b", approves: false }, request)).toBe(false);
    expect(mayDecide({ id: "usr_a", approves: true }, request)).toBe(false);
    expect(mayDecide({ id: "usr_a", approves: false }, request)).toBe(false);
  });
});

describe("what is left of a day", () => {
  it("is never below zero, and nothing without a cap", () => {
    expect(leftOfDay(null, 500n)).toBeNull();
    expect(leftOfDay(500n, 0n)).toBe(500n);
    expect(leftOfDay(500n, 499n)).toBe(1n);
    expect(leftOfDay(500n, 500n)).toBe(0n);
    expect(leftOfDay(100n, 500n)).toBe(0n);
    expect(leftOfDay(0n, 0n)).toBe(0n);
  });
});

describe("a request's states", () => {
  /** Written out by hand, so that a change of the table must be meant. */
  const ROWS = {
    //           approve     decline     withdraw     expire
    requested: ["approved", "declined", "withdrawn", "expired"],
    approved: [null, null, null, null],
    declined: [null, null, null, null],
    withdrawn: [null, null, null, null],
    expired: [null, null, null, null],
  } as const;
  for (const state of REQUEST_STATES) {
    it(`${state}: ${ROWS[state].map((next) => next ?? "-").join(" ")}`, () => {
      expect(REQUEST_EVENTS.map((event) => nextRequestState(state, event))).toEqual(ROWS[state]);
    });
  }
});
