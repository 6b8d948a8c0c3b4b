import { describe, expect, it } from "vitest";
import { ATTEMPT_EVENTS, ATTEMPT_STATES, isLiveAttempt, LIVE_ATTEMPT_STATES, nextAttemptState } from "#lib/domain/attempt.ts";
import { nextOrderState, ORDER_EVENTS, ORDER_STATES } from "#lib/domain/order.ts";
import { nextRefundState, REFUND_EVENTS, REFUND_HOLDS, REFUND_STATES, refundStanding } from "#lib/domain/refund.ts";

/** Whole grids, legal and illegal: written out by hand, a row per state, so that a change of the table must be meant. */
const GRIDS = {
  order: {
    states: ORDER_STATES,
    events: ORDER_EVENTS,
    next: nextOrderState,
    //         pay     expire     cancel
    rows: {
      open: ["paid", "expired", "cancelled"],
      paid: ["-", "-", "-"],
      expired: ["paid", "-", "-"],
      cancelled: ["paid", "-", "-"],
    },
  },
  attempt: {
    states: ATTEMPT_STATES,
    events: ATTEMPT_EVENTS,
    next: nextAttemptState,
    //           send    present      lose       refuse     pay     fail      close
    rows: {
      new: ["sent", "-", "-", "-", "-", "-", "closed"],
      sent: ["-", "presented", "unknown", "refused", "paid", "failed", "closed"],
      presented: ["-", "-", "-", "-", "paid", "failed", "closed"],
      unknown: ["-", "presented", "-", "refused", "paid", "failed", "closed"],
      refused: ["-", "-", "-", "-", "paid", "-", "-"],
      paid: ["-", "-", "-", "-", "-", "-", "-"],
      failed: ["-", "-", "-", "-", "paid", "-", "-"],
      closed: ["-", "-", "-", "-", "paid", "-", "-"],
    },
  },
  refund: {
    states: REFUND_STATES,
    events: REFUND_EVENTS,
    next: nextRefundState,
    //            send    lose       succeed      fail
    rows: {
      reserved: ["sent", "-", "-", "failed"],
      sent: ["-", "unknown", "succeeded", "failed"],
      unknown: ["sent", "-", "succeeded", "failed"],
      succeeded: ["-", "-", "-", "-"],
      failed: ["-", "-", "-", "-"],
      manual: ["-", "-", "-", "-"],
    },
  },
} as const;

describe.each(Object.entries(GRIDS))("%s: the transition table", (_name, grid) => {
  const rows: Record<string, readonly string[]> = grid.rows;
  const next = grid.next as (state: string, event: string) => string | null;

  it("has a row for every state and a column for every event", () => {
    expect(Object.keys(rows).sort()).toEqual([...grid.states].sort());
    for (const row of Object.values(rows)) expect(row).toHaveLength(grid.events.length);
  });

  it.each([...grid.states])("moves from %s exactly where the grid says", (state) => {
    const moved = grid.events.map((event) => next(state, event) ?? "-");
    expect(moved).toEqual([...(rows[state] ?? [])]);
  });
});

describe("what states mean", () => {
  it("paid is left by no event, in no table", () => {
    for (const event of ORDER_EVENTS) expect(nextOrderState("paid", event)).toBeNull();
    for (const event of ATTEMPT_EVENTS) expect(nextAttemptState("paid", event)).toBeNull();
  });

  it("every attempt that may have left accepts a payment", () => {
    const deaf = ATTEMPT_STATES.filter((state) => state !== "paid" && nextAttemptState(state, "pay") === null);
    expect(deaf).toEqual(["new"]);
  });

  it("unknown is never terminal", () => {
    expect(ATTEMPT_EVENTS.some((event) => nextAttemptState("unknown", event))).toBe(true);
    expect(REFUND_EVENTS.some((event) => nextRefundState("unknown", event))).toBe(true);
  });

  it("live are exactly the states in which the shopper may still complete it", () => {
    expect(ATTEMPT_STATES.filter(isLiveAttempt)).toEqual([...LIVE_ATTEMPT_STATES]);
  });

  it("a failed refund alone releases its reservation", () => {
    expect(REFUND_STATES.filter((state) => !REFUND_HOLDS[state])).toEqual(["failed"]);
  });

  it.each([
    [100n, 0n, "none"],
    [100n, 1n, "part"],
    [100n, 99n, "part"],
    [100n, 100n, "full"],
  ] as const)("of %s paid, %s refunded is %s", (paid, refunded, standing) => {
    expect(refundStanding(paid, refunded)).toBe(standing);
  });
});
