import { createHash } from "node:crypto";
import { type Currency, isCurrency } from "#lib/domain/currency.ts";

/** Millionths of a CNY for one unit: USD and HKD as printed in seeds/000 §4.11 and §4.9, the others of the same time. */
const MICRO_CNY = {
  CNY: 1_000_000n,
  GBP: 9_012_000n,
  HKD: 877_700n,
  USD: 6_857_500n,
  JPY: 47_200n,
  CAD: 5_031_000n,
  AUD: 4_512_000n,
  EUR: 7_723_000n,
  NZD: 4_129_000n,
  KRW: 5_100n,
  THB: 199_000n,
} as const satisfies Record<Currency, bigint>;

/** Places as the document prints them: 6.8575 for WeChat, 0.860000 for Alipay; weak currencies need all six. */
const PLACES = { wechat: 4, alipay: 6 } as const;
const WEAK: ReadonlySet<string> = new Set(["JPY", "KRW", "THB"]);

/**
 * The wallet's rate of a day: CNY per one unit of the currency, decimal text; null for a currency without one.
 * It moves by at most 0.5 % from day to day and is the same for everybody all day (UTC+8).
 */
export function rateOn(wallet: "wechat" | "alipay", currency: string, at: Date): string | null {
  if (!isCurrency(currency)) return null;
  if (currency === "CNY") return wallet === "alipay" ? "1.000000" : "1";
  const day = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const noise = createHash("sha256").update(`${wallet} ${currency} ${day}`).digest().readUInt16BE(0) % 51;
  const micro = (MICRO_CNY[currency] * BigInt(10_000 - 25 + noise)) / 10_000n;
  const places = WEAK.has(currency) ? 6 : PLACES[wallet];
  const fraction = (micro % 1_000_000n).toString().padStart(6, "0").slice(0, places);
  return `${micro / 1_000_000n}.${fraction}`;
}
