import type { AttemptState } from "#lib/domain/attempt.ts";

/** One thing that happened to an order; `row` is what the database says about it. */
export type Entry<History extends OrderHistory = OrderHistory> =
  | { kind: "event"; at: Date; key: string; row: History["events"][number] }
  | { kind: "attempt"; at: Date; key: string; row: History["attempts"][number] }
  | { kind: "refund"; at: Date; key: string; row: History["refunds"][number] }
  | { kind: "notification"; at: Date; key: string; row: History["notifications"][number] }
  | { kind: "refused"; at: Date; key: string; row: History["refused"][number] }
  | { kind: "exchange"; at: Date; key: string; row: History["exchanges"][number] }
  | { kind: "delivery"; at: Date; key: string; row: History["deliveries"][number] }
  | { kind: "staff"; at: Date; key: string; row: History["staff"][number] };

export interface OrderHistory {
  events: { sequence: number; at: Date }[];
  attempts: { id: string; state: AttemptState; createdAt: Date }[];
  refunds: { id: string; createdAt: Date }[];
  notifications: { id: string; receivedAt: Date }[];
  refused: { accountId: string; slot: number; receivedAt: Date }[];
  exchanges: { id: string; startedAt: Date; durationMs: number }[];
  deliveries: {
    id: string;
    createdAt: Date;
    sequence: number;
    state: "pending" | "acknowledged" | "dead";
    acknowledgedAt: Date | null;
    tries: number;
    history: { number: number; at: Date }[];
  }[];
  staff: { sequence: number; at: Date }[];
}

// At the same instant, cause stands before effect; newest first turns it round.
const RANK = {
  ...{ staff: 0, attempt: 1, exchange: 2, notification: 3, refused: 4, refund: 5, event: 6, delivery: 7 },
} as const satisfies Record<Entry["kind"], number>;

/**
 * Everything that happened to an order in one list, newest first. Events of one instant keep their sequence; a call to a
 * gateway stands where its answer came.
 */
export function timelineEntries<History extends OrderHistory>(history: History): Entry<History>[] {
  const entries: Entry<History>[] = [
    ...history.events.map((row) => ({ kind: "event" as const, at: row.at, key: `event ${row.sequence}`, row })),
    ...history.attempts.map((row) => ({ kind: "attempt" as const, at: row.createdAt, key: row.id, row })),
    ...history.refunds.map((row) => ({ kind: "refund" as const, at: row.createdAt, key: row.id, row })),
    ...history.notifications.map((row) => ({ kind: "notification" as const, at: row.receivedAt, key: row.id, row })),
    ...history.refused.map((row) => ({ kind: "refused" as const, at: row.receivedAt, key: `${row.accountId} ${row.slot}`, row })),
    ...history.exchanges.map((row) => ({ kind: "exchange" as const, at: answeredAt(row), key: row.id, row })),
    ...history.deliveries.map((row) => ({ kind: "delivery" as const, at: row.createdAt, key: row.id, row })),
    ...history.staff.map((row) => ({ kind: "staff" as const, at: row.at, key: `staff ${row.sequence}`, row })),
  ];
  return entries.sort(newestFirst);
}

/** Every instant at which something happened, oldest first, each once; the tries of webhooks are instants too. */
export function instantsOf(history: OrderHistory): Date[] {
  const times = timelineEntries(history).map(({ at }) => at.getTime());
  for (const { history: tries } of history.deliveries) times.push(...tries.map(({ at }) => at.getTime()));
  return [...new Set(times)].sort((a, b) => a - b).map((time) => new Date(time));
}

/** A history as far as an instant: what came later is left out, and a delivery stands as its tries had brought it. */
export function historyUntil<History extends OrderHistory>(history: History, until: Date): History {
  const past = <Row>(rows: Row[], at: (row: Row) => Date) => rows.filter((row) => at(row) <= until);
  return {
    ...history,
    events: past(history.events, ({ at }) => at),
    attempts: past(history.attempts, ({ createdAt }) => createdAt),
    refunds: past(history.refunds, ({ createdAt }) => createdAt),
    notifications: past(history.notifications, ({ receivedAt }) => receivedAt),
    refused: past(history.refused, ({ receivedAt }) => receivedAt),
    exchanges: past(history.exchanges, answeredAt),
    staff: past(history.staff, ({ at }) => at),
    deliveries: past(history.deliveries, ({ createdAt }) => createdAt).map((row) => {
      const tries = past(row.history, ({ at }) => at);
      const acknowledged = row.acknowledgedAt !== null && row.acknowledgedAt <= until;
      const dead = row.state === "dead" && tries.length === row.history.length;
      return { ...row, history: tries, tries: tries.length, state: acknowledged ? "acknowledged" : dead ? "dead" : "pending" };
    }),
  };
}

function answeredAt({ startedAt, durationMs }: OrderHistory["exchanges"][number]): Date {
  return new Date(startedAt.getTime() + durationMs);
}

function newestFirst(a: Entry, b: Entry): number {
  const byTime = b.at.getTime() - a.at.getTime() || RANK[b.kind] - RANK[a.kind];
  if (byTime !== 0 || a.kind !== "event" || b.kind !== "event") return byTime;
  return b.row.sequence - a.row.sequence;
}
