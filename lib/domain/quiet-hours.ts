import { instantOf, localOf } from "#lib/domain/zoned-time.ts";

/** Minutes after midnight; `from` after `to` means over midnight, equal means the whole day. */
export interface QuietHours {
  from: number;
  to: number;
}

const DAY_MINUTES = 1440;

/** When quiet hours that hold `now` end; null when they do not hold it. */
export function quietUntil(quiet: QuietHours, timeZone: string, now: Date): Date | null {
  const local = localOf(now, timeZone);
  const minute = Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));
  const { from, to } = quiet;
  const within = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!within) return null;
  // The end is later today, or tomorrow.
  const days = minute < to ? 0 : 1;
  const day = new Date(Date.parse(`${local.slice(0, 10)}T00:00:00Z`) + days * DAY_MINUTES * 60_000).toISOString().slice(0, 10);
  return instantOf(`${day}T${clockOf(to)}`, timeZone);
}

/** Minutes after midnight as `22:30`. */
export function clockOf(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}

/** `22:30` as minutes after midnight; null when it is no time of day. */
export function minutesOf(clock: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}
