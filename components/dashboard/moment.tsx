import { formatMoment } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";

/** How a screen reads times: its language and the merchant's zone. */
export interface Reading {
  locale: Locale;
  timeZone: string;
}

/** An instant in a table whose head names the zone (`zoneText`): date and minutes, the seconds in its title. */
export function ShortMoment({ at, reading }: { at: Date; reading: Reading }) {
  return (
    <time dateTime={at.toISOString()} title={formatMoment(at, reading.locale, reading.timeZone)} className="whitespace-nowrap tabular-nums">
      {shortFormat(reading.timeZone).format(at)}
    </time>
  );
}

/** The head of a column of times: what they are, and in which zone. */
export function zoneText(word: string, { timeZone }: Reading): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "short" }).formatToParts();
  return `${word} (${parts.find((part) => part.type === "timeZoneName")?.value})`;
}

const shortFormats = new Map<string, Intl.DateTimeFormat>();

// Swedish writes 2026-11-20 18:48, which every reader of a table knows.
function shortFormat(timeZone: string): Intl.DateTimeFormat {
  const known = shortFormats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  if (shortFormats.size >= 100) shortFormats.clear();
  shortFormats.set(timeZone, made);
  return made;
}

/** An instant, with its zone. */
export function Moment({ at, reading }: { at: Date; reading: Reading }) {
  return (
    <time dateTime={at.toISOString()} className="whitespace-nowrap tabular-nums">
      {formatMoment(at, reading.locale, reading.timeZone)}
    </time>
  );
}
