const LOCAL = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/;

/**
 * The instant of a clock time in a time zone, as an `<input type="datetime-local">` gives it (`2026-11-20T18:30`); null when it
 * is none. A time that a clock skips in spring means the one after the gap; one it strikes twice, the first.
 */
export function instantOf(local: string, timeZone: string): Date | null {
  const match = LOCAL.exec(local);
  if (!match) return null;
  const [year, month, day, hour, minute] = match.slice(1).map(Number);
  const asUtc = Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0);
  if (new Date(asUtc).toISOString().slice(0, 16) !== local) return null;
  const earlier = asUtc - offsetMs(asUtc - 86_400_000, timeZone);
  const later = asUtc - offsetMs(asUtc + 86_400_000, timeZone);
  const fitting = [earlier, later].filter((at) => localOf(new Date(at), timeZone) === local).sort((a, b) => a - b);
  return new Date(fitting[0] ?? Math.max(earlier, later));
}

/** The clock time of an instant in a time zone, to the minute: `2026-11-20T18:30`. */
export function localOf(at: Date, timeZone: string): string {
  return new Date(at.getTime() + offsetMs(at.getTime(), timeZone)).toISOString().slice(0, 16);
}

const zoned = new Map<string, Intl.DateTimeFormat>();

/** An instant as a file's reader and a program both read it: `2026-11-20 18:30:05 +08:00`, in that time zone. */
export function zonedText(at: Date, timeZone: string): string {
  const format = zoned.get(timeZone) ?? new Intl.DateTimeFormat("en-US", { ...SHAPE, timeZone, timeZoneName: "longOffset" });
  zoned.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const offset = parts.timeZoneName === "GMT" ? "+00:00" : (parts.timeZoneName ?? "").replace("GMT", "");
  return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}:${parts.second} ${offset}`;
}

function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", { ...SHAPE, timeZone }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return local - Math.floor(at / 1000) * 1000;
}

const SHAPE = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
} as const;
