import { type Currency, exponentOf, storedCurrency } from "#lib/domain/currency.ts";

/** An amount of money: `minor` is in minor units (fen, cents; whole yen for JPY and KRW). */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}

/** Why a decimal text is not an amount. */
export type MoneyProblem = "format" | "places" | "range";

/** The largest amount accepted anywhere, in minor units: eleven digits before the point fit every gateway. */
export const MAX_MINOR = 9_999_999_999_999n;

const DECIMAL = /^(0|[1-9]\d{0,27})(?:\.(\d{1,28}))?$/;

/**
 * Reads decimal text in major units ("19.90", "1000") as money. The text is cut, never computed with:
 * no float exists on the way. Trailing zeros beyond the currency's places are accepted ("1.000" CNY, "1.0" JPY),
 * other digits there are not ("1.001" CNY and "1.5" JPY are `places`). "1e3", "+1", " 1" and "-1" are `format`.
 */
export function parseMoney(text: string, currency: Currency): Money | MoneyProblem {
  const match = DECIMAL.exec(text);
  if (!match) return "format";
  const exponent = exponentOf(currency);
  const fraction = match[2] ?? "";
  if (/[1-9]/.test(fraction.slice(exponent))) return "places";
  const minor = BigInt((match[1] ?? "0") + fraction.slice(0, exponent).padEnd(exponent, "0"));
  return minor > MAX_MINOR ? "range" : { minor, currency };
}

/** True when `value` is a problem rather than money. */
export function isMoneyProblem(value: Money | MoneyProblem): value is MoneyProblem {
  return typeof value === "string";
}

/** Decimal text in major units with exactly the currency's places: 1990n CNY → "19.90", 100n JPY → "100". */
export function formatMajor(money: Money): string {
  const exponent = exponentOf(money.currency);
  const sign = money.minor < 0n ? "-" : "";
  const digits = (money.minor < 0n ? -money.minor : money.minor).toString().padStart(exponent + 1, "0");
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** Money of a row as `formatMajor` writes it. */
export function major(minor: bigint, currency: string): string {
  return formatMajor({ minor, currency: storedCurrency(currency) });
}

/** True when both amount and currency are equal. */
export function sameMoney(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency;
}

/**
 * What `money` costs in CNY at `rate` (decimal text, CNY per one unit of the foreign currency), in fen,
 * rounded half up. For display only: what was really paid is the gateway's `pay_amount`.
 */
export function toCny(money: Money, rate: string): Money | MoneyProblem {
  const match = DECIMAL.exec(rate);
  if (!match) return "format";
  const fraction = match[2] ?? "";
  const scaled = money.minor * BigInt((match[1] ?? "0") + fraction);
  const divisor = 10n ** BigInt(fraction.length + exponentOf(money.currency) - exponentOf("CNY") + 2);
  const minor = (scaled * 100n * 2n + divisor) / (divisor * 2n);
  return { minor, currency: "CNY" };
}
