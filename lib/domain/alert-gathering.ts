import { ALERT_KINDS, type AlertKind, GATHER } from "#lib/domain/alert.ts";

/** Alerts of one kind that have not been told, by the database's clock. */
export interface Gathered {
  kind: AlertKind;
  oldest: Date;
  newest: Date;
  /** When this kind was last told; null: not lately. */
  toldAt: Date | null;
}

/**
 * Whether it is time to tell of a group: when nothing has been added to it for a moment, or its first has waited long enough.
 * So one orphan is told within seconds, and five hundred in a minute are one message. Who has just been told of a kind hears
 * of more of it five minutes after, unless it is urgent.
 */
export function timeToTell(group: Gathered, now: Date): boolean {
  const since = (at: Date) => (now.getTime() - at.getTime()) / 1000;
  const recent = group.toldAt !== null && since(group.toldAt) < GATHER.after;
  if (recent && !ALERT_KINDS[group.kind].urgent) return false;
  return since(group.newest) >= GATHER.lull || since(group.oldest) >= GATHER.most;
}
