import type { AttemptState } from "#lib/domain/attempt.ts";

/** One thing that happened to an order; `row` is what the database says about it. */
export type Entry<History extends OrderHistory = OrderHistory> =
  | { kind: "event"; at: Date; key: string; row: History["events"][number] }
  | { kind: "attempt"; at: Date; key: string; row: History["attempts"][number] }
  | { kind: "refund"; at: Date; key: string; row: History["refunds"][number] }
  | { kind: "notification"; at: Date; key: string; row: History["notifications"][number] }
  | { kind: "refused"; at: Date; key: string; row: History["refused"][number] }
  | { kind: "exchange"; at: Date; key: string; row: History["exchanges"][number] }
  | { kind: "delivery"; at: Date; key: string; row: History["deliveries"][number] };

export interface OrderHistory {
  events: { sequence: number; at: Date }[];
  attempts: { id: string; state: AttemptState; createdAt: Date }[];
  refunds: { id: string; createdAt: Date }[];
  notifications: { id: string; receivedAt: Date }[];
  refused: { accountId: string; slot: number; receivedAt: Date }[];
  exchanges: { id: string; startedAt: Date; durationMs: number }[];
  deliveries: { id: string; createdAt: Date; sequence: number }[];
}

// At the same instant, cause stands before effect; newest first turns it round.
const RANK = { attempt: 0, exchange: 1, notification: 2, refused: 3, refund: 4, event: 5, delivery: 6 } as const satisfies Record<
  Entry["kind"],
  number
>;

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
    ...history.exchanges.map((row) => ({
      kind: "exchange" as const,
      at: new Date(row.startedAt.getTime() + row.durationMs),
      key: row.id,
      row,
    })),
    ...history.deliveries.map((row) => ({ kind: "delivery" as const, at: row.createdAt, key: row.id, row })),
  ];
  return entries.sort(newestFirst);
}

function newestFirst(a: Entry, b: Entry): number {
  const byTime = b.at.getTime() - a.at.getTime() || RANK[b.kind] - RANK[a.kind];
  if (byTime !== 0 || a.kind !== "event" || b.kind !== "event") return byTime;
  return b.row.sequence - a.row.sequence;
}
