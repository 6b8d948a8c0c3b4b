/** As few digits as a short rate's inverse still gets. */
const DIGITS_MIN = 12;
const PLACES_MAX = 28;

/**
 * One divided by a positive decimal text, as decimal text: integers only, no float. A rate of n digits is known to n digits,
 * so its inverse to n − 2 (at least 12 are given), rounded half up, without trailing zeros: the document's
 * 0.1490046489450470854690666349 is 6.7112, which is what the gateway began with. At most 28 decimal places.
 */
export function inverted(decimal: string): string {
  const [whole = "0", fraction = ""] = decimal.split(".");
  const value = BigInt(whole + fraction);
  if (value <= 0n) throw new Error(`no rate: ${decimal}`);
  const digits = Math.max(value.toString().length - 2, DIGITS_MIN);
  // Digits of the whole part of the result; zero or less when it begins after the point.
  const one = 10n ** BigInt(fraction.length);
  const wholeDigits = one >= value ? (one / value).toString().length : 1 - (value / one).toString().length;
  const places = Math.min(Math.max(digits - wholeDigits, 0), PLACES_MAX);
  const scaled = (one * 10n ** BigInt(places) * 2n + value) / (value * 2n);
  if (places === 0) return scaled.toString();
  const text = scaled.toString().padStart(places + 1, "0");
  return `${text.slice(0, -places)}.${text.slice(-places)}`.replace(/\.?0+$/, "");
}
