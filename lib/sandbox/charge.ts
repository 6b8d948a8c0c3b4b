import { type Currency, isCurrency } from "#lib/domain/currency.ts";
import type { Wallet } from "#lib/domain/methods.ts";
import { formatMajor, isMoneyProblem, type Money, toCny } from "#lib/domain/money.ts";
import { rateOn } from "#lib/sandbox/rates.ts";

/** What the shopper's wallet is charged for an amount, all decimal text. */
export interface Charge {
  exchangeRate: string;
  payCurrency: string;
  payAmount: string;
  /** One percent of what is charged, to four places: fees are opaque decimals on the wire. */
  fee: string;
}

/** The charge at the rate of `at` (Alipay's, or WeChat's for all others): in CNY from a mainland wallet, in HKD from a Hong Kong one. */
export function chargeFor(money: Money, company: Wallet, channel: "CN" | "HK", at: Date): Charge {
  const wallet = company === "alipay" ? "alipay" : "wechat";
  const exchangeRate = known(rateOn(wallet, money.currency, at));
  const cny = toCny(money, exchangeRate);
  if (isMoneyProblem(cny)) throw new Error(`sandbox rate ${exchangeRate}: ${cny}`);
  const paid = channel === "CN" ? cny : money.currency === "HKD" ? money : fromCny(cny.minor, "HKD", known(rateOn(wallet, "HKD", at)));
  return { exchangeRate, payCurrency: paid.currency, payAmount: formatMajor(paid), fee: onePercent(paid.minor) };
}

/** The text with one minor unit more: what a notice with a wrong amount claims. */
export function oneMore(minor: bigint, currency: string): string {
  if (!isCurrency(currency)) throw new Error(`sandbox payment in ${currency}`);
  return formatMajor({ minor: minor + 1n, currency });
}

function fromCny(fen: bigint, currency: Currency, rate: string): Money {
  const [whole = "0", fraction = ""] = rate.split(".");
  const divisor = BigInt(whole + fraction);
  return { minor: (fen * 10n ** BigInt(fraction.length) * 2n + divisor) / (divisor * 2n), currency };
}

function onePercent(minor: bigint): string {
  return `${minor / 10_000n}.${(minor % 10_000n).toString().padStart(4, "0")}`;
}

function known(rate: string | null): string {
  if (rate === null) throw new Error("sandbox has no rate");
  return rate;
}
