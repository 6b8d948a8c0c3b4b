import { exponentOf } from "#lib/domain/currency.ts";
import { formatMajor, type Money } from "#lib/domain/money.ts";
import type { Locale } from "#lib/i18n/locale.ts";

/** An amount cut into what is drawn small (the sign) and large (the digits), in reading order. */
export interface MoneyParts {
  sign: string;
  digits: string;
  /** Whether the sign stands before the digits. */
  signFirst: boolean;
  code: string;
}

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

/**
 * The amount in the reader's manner, e.g. "HK$1,234.50". Decimal text goes in as text (ECMA-402 reads strings exactly),
 * so no float exists on the way; places come from our own table because Intl's are not ISO 4217's.
 */
export function formatMoney(money: Money, locale: Locale): string {
  return moneyFormat(money, locale).format(formatMajor(money) as Intl.StringNumericLiteral);
}

/** The same, cut for a large heading. */
export function moneyParts(money: Money, locale: Locale): MoneyParts {
  const parts = moneyFormat(money, locale).formatToParts(formatMajor(money) as Intl.StringNumericLiteral);
  const pick = (wanted: (type: string) => boolean) =>
    parts
      .filter((part) => wanted(part.type))
      .map((part) => part.value)
      .join("")
      .trim();
  return {
    // The code stands beside the heading, so "CN¥" and "JP¥" need not say the country again.
    sign: pick((type) => type === "currency").replace(/^(CN|JP)¥$/, "¥"),
    digits: pick((type) => type !== "currency" && type !== "literal"),
    signFirst: parts.findIndex((part) => part.type === "currency") < parts.findIndex((part) => part.type === "integer"),
    code: money.currency,
  };
}

/** Date, time to the second and zone, e.g. "20 Nov 2026, 18:45:09 GMT+8": the zone is always there where money is. */
export function formatMoment(at: Date, locale: Locale, timeZone: string): string {
  return withZone("moment", at, locale, timeZone);
}

/** Hours, minutes and zone, e.g. "18:45 GMT+8". */
export function formatClock(at: Date, locale: Locale, timeZone: string): string {
  return withZone("clock", at, locale, timeZone);
}

/** Day only, e.g. "20 Nov 2026", as the calendar of `timeZone` has it. */
export function formatDay(at: Date, locale: Locale, timeZone: string): string {
  return dateFormat("day", locale, timeZone).format(at);
}

/** Seconds as "14:05", or "1:02:09" from an hour on; negative counts as zero. */
export function formatSeconds(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(left / 3600);
  const minutes = Math.floor((left % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(left % 60)}` : `${two(minutes)}:${two(left % 60)}`;
}

const SHAPES = {
  moment: { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" },
  clock: { hour: "2-digit", minute: "2-digit" },
  day: { year: "numeric", month: "short", day: "numeric" },
  zone: { timeZoneName: "short" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

// Languages disagree where the zone goes ("GMT+8 18:45", "18:45 [GMT+8]"); last and bare reads well in all of ours.
function withZone(shape: "moment" | "clock", at: Date, locale: Locale, timeZone: string): string {
  const zone = dateFormat("zone", locale, timeZone)
    .formatToParts(at)
    .find((part) => part.type === "timeZoneName");
  return `${dateFormat(shape, locale, timeZone).format(at)} ${zone?.value ?? timeZone}`;
}

function moneyFormat(money: Money, locale: Locale): Intl.NumberFormat {
  const places = exponentOf(money.currency);
  const key = `${locale} ${money.currency}`;
  const known = numberFormats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: money.currency,
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
  numberFormats.set(key, made);
  return made;
}

function dateFormat(shape: keyof typeof SHAPES, locale: Locale, timeZone: string): Intl.DateTimeFormat {
  const key = `${shape} ${locale} ${timeZone}`;
  const known = dateFormats.get(key);
  if (known) return known;
  // en-GB: day before month and 24 hours, which reads the same in London, Hong Kong and Sydney.
  const made = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { ...SHAPES[shape], hourCycle: "h23", timeZone });
  if (dateFormats.size >= 300) dateFormats.clear();
  dateFormats.set(key, made);
  return made;
}

/** How long something has been so, in its largest whole unit: minutes, hours or days. */
export function formatAge(milliseconds: number, locale: Locale): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  const [unit, value] = minutes < 60 ? ["minute", minutes] : minutes < 1440 ? ["hour", minutes / 60] : ["day", minutes / 1440];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" } as const).format(Math.floor(value));
}
