/** Amounts asked for, as decimal text in major units; null: no such end. One amount exactly is both ends. */
export interface AmountRange {
  min: string | null;
  max: string | null;
}

const DECIMAL = "(?:0|[1-9]\\d{0,10})(?:\\.\\d{1,2})?";
const EXACT = new RegExp(`^(${DECIMAL})$`);
const BETWEEN = new RegExp(`^(${DECIMAL})?\\s*(?:-|–|~|\\.\\.)\\s*(${DECIMAL})?$`);

/** Reads what somebody types for an amount: `88`, `50-200`, `100-` (at least), `-20` (at most). Null when it is none of these. */
export function readAmountRange(text: string): AmountRange | null {
  const plain = text.replaceAll(",", "").trim();
  const exact = EXACT.exec(plain)?.[1];
  if (exact) return { min: exact, max: exact };
  const match = BETWEEN.exec(plain);
  const [min, max] = [match?.[1] ?? null, match?.[2] ?? null];
  if (min === null && max === null) return null;
  return min !== null && max !== null && hundredths(min) > hundredths(max) ? null : { min, max };
}

/** An amount range as it is typed. */
export function amountRangeText({ min, max }: AmountRange): string {
  return min !== null && min === max ? min : `${min ?? ""}-${max ?? ""}`;
}

/**
 * The range in minor units of a currency with so many decimal places (0 or 2): 88 is 8800 fen, and 88 yen. Null when no amount of
 * that currency can be in it (88.50 yen).
 */
export function minorBounds({ min, max }: AmountRange, exponent: number): { min: bigint | null; max: bigint | null } | null {
  const unit = exponent === 0 ? 100n : 1n;
  const low = min === null ? null : (hundredths(min) + unit - 1n) / unit;
  const high = max === null ? null : hundredths(max) / unit;
  return low !== null && high !== null && low > high ? null : { min: low, max: high };
}

function hundredths(text: string): bigint {
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(2, "0"));
}
