import { formatMajor, isMoneyProblem, MAX_MINOR, parseMoney } from "#lib/domain/money.ts";

/**
 * `amount` as received, whole fen (seeds/003 §1.2: no decimals), as decimal yuan: "1990" → "19.90". Null for zero, signs,
 * points, exponents.
 */
export function yuanOfFen(text: string): string | null {
  if (!/^[1-9]\d{0,15}$/.test(text)) return null;
  const minor = BigInt(text);
  return minor > MAX_MINOR ? null : formatMajor({ minor, currency: "CNY" });
}

/** Decimal yuan as whole fen: "19.90" → 1990n. Throws on other text: a backend's amounts are decimals, or it is broken. */
export function fenOfYuan(text: string): bigint {
  const money = parseMoney(text, "CNY");
  if (isMoneyProblem(money)) throw new Error("a backend's amount is no amount of yuan");
  return money.minor;
}
