import { describe, expect, it } from "vitest";
import { type OrderHistory, timelineEntries } from "#components/dashboard/timeline-entries.ts";

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 0, 0, second));
const NOTHING: OrderHistory = { events: [], attempts: [], refunds: [], notifications: [], refused: [], exchanges: [], deliveries: [] };

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
      deliveries: [{ id: "msg", createdAt: at(7), sequence: 1 }],
    });
    expect(entries.map((entry) => entry.kind)).toEqual(["delivery", "refund", "refused", "notification", "exchange", "attempt", "event"]);
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
      deliveries: [{ id: "msg", createdAt: at(1), sequence: 1 }],
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
});
