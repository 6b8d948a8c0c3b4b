import { isMoneyProblem, type Money, toCny } from "#lib/domain/money.ts";

/** A rate as a gateway told it. */
export interface ToldRate {
  /** CNY per one unit of the foreign currency, decimal text, in this one direction whichever way the document's points. */
  cnyPerUnit: string;
  toldAt: Date;
}

/** What an amount in another currency will cost about in CNY: the wallet decides when it is paid. */
export interface Estimate extends ToldRate {
  cny: Money;
}

/** A rate is asked for again after so many seconds, … */
export const RATE_EVERY_SECONDS = 600;
/** … and older than this it is shown to nobody. HipoPay's change once a day; two lost answers are bridged. */
export const RATE_FRESH_SECONDS = 1800;
const RETRY_SECONDS = [30, 60, 300, RATE_EVERY_SECONDS] as const;

/** When to ask again, after `failures` questions in a row that brought no rate (0: the last one did). */
export function nextRateAskSeconds(failures: number): number {
  return failures === 0 ? RATE_EVERY_SECONDS : (RETRY_SECONDS[Math.min(failures, RETRY_SECONDS.length) - 1] ?? RATE_EVERY_SECONDS);
}

/**
 * What `amount` costs about at `rate`, rounded half up to the fen (money.ts `toCny`: integers over decimal text). Null where
 * nothing honest can be said: the amount is in CNY, the rate is too old or unreadable, or the cost rounds to nothing.
 */
export function estimate(amount: Money, rate: ToldRate, now: Date): Estimate | null {
  if (amount.currency === "CNY" || now.getTime() - rate.toldAt.getTime() > RATE_FRESH_SECONDS * 1000) return null;
  const cny = toCny(amount, rate.cnyPerUnit);
  return isMoneyProblem(cny) || cny.minor <= 0n ? null : { cny, cnyPerUnit: rate.cnyPerUnit, toldAt: rate.toldAt };
}

/** Digits of a rate that a person is shown. */
const SHOWN_DIGITS = 6;

/**
 * A rate for a person: six significant digits at most, the last one rounded half up, no zeros at the end. Only text and
 * integers: "0.92310000" is 0.9231, "6.71119999999999" is 6.7112. What is no decimal stays as it is.
 */
export function shortRate(text: string): string {
  const [, whole = "", fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === "") return text;
  const places = Math.max(0, SHOWN_DIGITS - significantDigits(whole, fraction));
  if (places >= fraction.length) return trimmed(whole, fraction);
  const scale = 10n ** BigInt(fraction.length - places);
  const rounded = ((BigInt(whole + fraction) * 2n + scale) / (scale * 2n)).toString().padStart(places + 1, "0");
  return trimmed(rounded.slice(0, rounded.length - places), rounded.slice(rounded.length - places));
}

/** How many digits stand before the point; negative by the zeros behind it when there are none. */
function significantDigits(whole: string, fraction: string): number {
  const digits = whole.replace(/^0+/, "").length;
  return digits > 0 ? digits : -(/^0*/.exec(fraction)?.[0].length ?? 0);
}

function trimmed(whole: string, fraction: string): string {
  const rest = fraction.replace(/0+$/, "");
  return rest === "" ? whole : `${whole}.${rest}`;
}
