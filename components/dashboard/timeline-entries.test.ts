import { describe, expect, it } from "vitest";
import { historyUntil, instantsOf, type OrderHistory, timelineEntries } from "#components/dashboard/timeline-entries.ts";

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 0, 0, second));
const NOTHING: OrderHistory = {
  events: [],
  attempts: [],
  refunds: [],
  notifications: [],
  refused: [],
  exchanges: [],
  deliveries: [],
  staff: [],
};
const delivery = (second: number) => ({
  id: "msg",
  createdAt: at(second),
  sequence: 1,
  state: "pending" as const,
  acknowledgedAt: null,
  tries: 0,
  history: [],
});

describe("the timeline", () => {
  it("is one list, newest first, whatever kind the rows are", () => {
    const entries = timelineEntries({
      ...NOTHING,
      events: [{ sequence: 1, at: at(1) }],
      attempts: [{ id: "att", state: "new", createdAt: at(2) }],
      exchanges: [{ id: "exc", startedAt: at(3), durationMs: 500 }],
      notifications: [{ id: "ntf", receivedAt: at(4) }],
      refused: [{ accountId: "acc", slot: 1, receivedAt: at(5) }],
      refunds: [{ id: "rfd", createdAt: at(6) }],
      deliveries: [delivery(7)],
      staff: [{ sequence: 1, at: at(8) }],
    });
    expect(entries.map((entry) => entry.kind)).toEqual([
      "staff",
      "delivery",
      "refund",
      "refused",
      "notification",
      "exchange",
      "attempt",
      "event",
    ]);
  });

  it("keeps the sequence of events of one instant", () => {
    const entries = timelineEntries({ ...NOTHING, events: [1, 3, 2].map((sequence) => ({ sequence, at: at(1) })) });
    expect(entries.map((entry) => entry.key)).toEqual(["event 3", "event 2", "event 1"]);
  });

  it("puts a cause below its effect when both have the same instant", () => {
    const entries = timelineEntries({
      ...NOTHING,
      events: [{ sequence: 1, at: at(1) }],
      notifications: [{ id: "ntf", receivedAt: at(1) }],
      deliveries: [delivery(1)],
    });
    expect(entries.map((entry) => entry.kind)).toEqual(["delivery", "event", "notification"]);
  });

  it("puts a call where its answer came, not where it began", () => {
    const entries = timelineEntries({
      ...NOTHING,
      exchanges: [{ id: "exc", startedAt: at(1), durationMs: 10_000 }],
      events: [{ sequence: 1, at: at(5) }],
    });
    expect(entries.map((entry) => entry.kind)).toEqual(["exchange", "event"]);
  });

  it("has an instant for each thing that happened, tries of webhooks included, each once", () => {
    const tried = { ...delivery(2), history: [{ number: 1, at: at(3) }] };
    expect(instantsOf({ ...NOTHING, events: [1, 2].map((sequence) => ({ sequence, at: at(1) })), deliveries: [tried] })).toEqual([
      at(1),
      at(2),
      at(3),
    ]);
  });

  it("is cut at an instant, and a delivery stands there as its tries had brought it", () => {
    const told = { ...delivery(2), state: "acknowledged" as const, acknowledgedAt: at(5), tries: 2 };
    const history: OrderHistory = {
      ...NOTHING,
      events: [1, 9].map((second) => ({ sequence: second, at: at(second) })),
      exchanges: [{ id: "exc", startedAt: at(3), durationMs: 2000 }],
      deliveries: [{ ...told, history: [3, 5].map((second, index) => ({ number: index + 1, at: at(second) })) }],
    };
    const then = historyUntil(history, at(4));
    expect(timelineEntries(then).map((entry) => entry.kind)).toEqual(["delivery", "event"]);
    expect(then.deliveries).toMatchObject([{ state: "pending", tries: 1, history: [{ number: 1 }] }]);
    expect(historyUntil(history, at(5)).deliveries).toMatchObject([{ state: "acknowledged", tries: 2 }]);
  });
});
