/** Decimal text of any length, read exactly: `digits` counts units of 10^-scale. Money never meets a float. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const DECIMAL = /^(-?)(\d{1,28})(?:\.(\d{1,28}))?$/;

/** Reads decimal text such as "0.877". Throws on anything else: a backend's amounts are decimals, or it is broken. */
export function decimal(text: string): Decimal {
  const match = DECIMAL.exec(text);
  if (!match) throw new Error("a backend's amount is not a decimal");
  const fraction = match[3] ?? "";
  const digits = BigInt(`${match[2]}${fraction}`);
  return { digits: match[1] ? -digits : digits, scale: fraction.length };
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: at(a, scale) + at(b, scale), scale };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, { digits: -b.digits, scale: b.scale });
}

/** -1, 0 or 1, like a sort's comparison. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const { digits } = subtract(a, b);
  return digits === 0n ? 0 : digits < 0n ? -1 : 1;
}

/** `whole` × part ÷ total, kept at the scale of `whole`, rounded towards zero; zero when the total is. */
export function share(whole: Decimal, part: Decimal, total: Decimal): Decimal {
  const scale = Math.max(part.scale, total.scale);
  const divisor = at(total, scale);
  return { digits: divisor === 0n ? 0n : (whole.digits * at(part, scale)) / divisor, scale: whole.scale };
}

/** 1 ÷ value: see `quotient`. */
export function inverse(value: Decimal): Decimal {
  return quotient({ digits: 1n, scale: 0 }, value);
}

/**
 * part ÷ whole to `significant` digits, half to even, without trailing zeros: what a 28-digit decimal context gives
 * (seeds/001 prints 0.1490046489450470854690666349). Both must be positive.
 */
export function quotient(part: Decimal, whole: Decimal, significant = 28): Decimal {
  if (part.digits <= 0n || whole.digits <= 0n) throw new Error("a quotient here is of positive decimals");
  // More places than can be needed, then cut back to `significant` digits.
  const places = significant + whole.digits.toString().length;
  const numerator = part.digits * 10n ** BigInt(places + whole.scale);
  const surplus = (numerator / whole.digits).toString().length - significant;
  const divisor = whole.digits * 10n ** BigInt(surplus);
  const twiceRest = (numerator % divisor) * 2n;
  const down = numerator / divisor;
  const up = twiceRest > divisor || (twiceRest === divisor && down % 2n === 1n) ? 1n : 0n;
  return withoutZeros({ digits: down + up, scale: places + part.scale - surplus });
}

/** Decimal text with at least `places` places: (0.9, 2) → "0.90". */
export function decimalText(value: Decimal, places = 0): string {
  const scale = Math.max(value.scale, places);
  const digits = at(value, scale);
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, "0");
  const sign = digits < 0n ? "-" : "";
  return scale === 0 ? sign + text : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

function at(value: Decimal, scale: number): bigint {
  return value.digits * 10n ** BigInt(scale - value.scale);
}

function withoutZeros({ digits, scale }: Decimal): Decimal {
  if (scale < 0) return { digits: digits * 10n ** BigInt(-scale), scale: 0 };
  let short = { digits, scale };
  while (short.scale > 0 && short.digits % 10n === 0n) short = { digits: short.digits / 10n, scale: short.scale - 1 };
  return short;
}
