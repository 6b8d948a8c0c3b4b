/**
 * The currencies the gateways settle in (seeds/000 §11.3), with ISO 4217 exponents as data.
 * `Intl` is not used for exponents: it disagrees with ISO 4217 (IDR).
 */
export const EXPONENTS = {
  CNY: 2,
  GBP: 2,
  HKD: 2,
  USD: 2,
  JPY: 0,
  CAD: 2,
  AUD: 2,
  EUR: 2,
  NZD: 2,
  KRW: 0,
  THB: 2,
} as const;

/** An ISO 4217 code this product can take money in. */
export type Currency = keyof typeof EXPONENTS;

/** Every currency, in the order of seeds/000 §11.3. */
export const CURRENCIES = Object.keys(EXPONENTS) as Currency[];

/** True when `code` is one of the eleven currencies (upper case only, as on the wire). */
export function isCurrency(code: unknown): code is Currency {
  return typeof code === "string" && Object.hasOwn(EXPONENTS, code);
}

/** A row's currency; one we do not know cannot be in the database. */
export function storedCurrency(code: string): Currency {
  if (!isCurrency(code)) throw new Error(`currency ${code} in the database`);
  return code;
}

/** Decimal places of the currency: 2, or 0 for JPY and KRW. */
export function exponentOf(currency: Currency): number {
  return EXPONENTS[currency];
}
