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
