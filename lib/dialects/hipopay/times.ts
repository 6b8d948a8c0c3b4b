const UTC8_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const TIMESTAMP = /^(\d{1,15})(?:\.(\d{1,9}))?$/;
const MILLISECONDS_FROM = 100_000_000_000;

/**
 * A Timestamp header as milliseconds since 1970, or null. Integer seconds (PHP, Java), seconds with decimals (Python)
 * and milliseconds (Node) are all sent (protocols.md §1); seconds reach twelve digits in the year 5138.
 */
export function timestampMs(text: string): number | null {
  const match = TIMESTAMP.exec(text);
  if (!match) return null;
  const whole = Number(match[1]);
  if (whole >= MILLISECONDS_FROM) return whole;
  return whole * 1000 + Number((match[2] ?? "").slice(0, 3).padEnd(3, "0"));
}

/** `YYYY-MM-DD HH:mm:ss` in UTC+8. */
export function wireTime(instant: Date): string {
  return new Date(instant.getTime() + UTC8_MS).toISOString().slice(0, 19).replace("T", " ");
}

/** The instant a day of UTC+8 begins, from `YYYYMMDD` or `YYYY-MM-DD`; null when there is no such day. */
export function startOfDay(text: string): Date | null {
  const match = /^(\d{4})(-?)(\d{2})\2(\d{2})$/.exec(text);
  if (!match) return null;
  const iso = `${match[1]}-${match[3]}-${match[4]}`;
  const midnight = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(iso)) return null;
  return new Date(midnight.getTime() - UTC8_MS);
}

/** The instant the next day begins: UTC+8 has no summer time. */
export function dayAfter(start: Date): Date {
  return new Date(start.getTime() + DAY_MS);
}

/** `YYYYMMDD` in UTC+8. */
export function wireDay(instant: Date): string {
  return wireTime(instant).slice(0, 10).replaceAll("-", "");
}

/** The beginning of the day three calendar months before, in UTC+8 (31 May → the last of February). */
export function threeMonthsBefore(instant: Date): Date {
  const local = new Date(instant.getTime() + UTC8_MS);
  const lastOfMonth = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() - 2, 0)).getUTCDate();
  const day = Math.min(local.getUTCDate(), lastOfMonth);
  return new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() - 3, day) - UTC8_MS);
}
