import type { Method } from "#lib/domain/methods.ts";

/**
 * Everything the document leaves open or contradicts, and what was chosen (protocols.md §4). All of it is `assumed`.
 * Chosen elsewhere, because they are rules and not values: `merchant_no` may be absent from trade.query where no create of
 * that wallet has one (queries.ts); the range decides an amount, not its length 11, into which 100000000.00 does not fit
 * (money.ts); `sign` has no maximum of 256, into which no 2048-bit RSA signature fits (handle.ts); a net receipt is what was
 * paid less the fee, whatever was refunded since (money.ts); JD and UnionPay notices carry the common fields alone
 * (notification.ts); without `sub_openid` weixin.mppay answers a page (payments.ts); success_url wins over return_url and
 * 个人码 is named by its number (create.ts); QQ speaks WeChat's words, an order that failed or expired is TRADE_CLOSED to Alipay,
 * 3 to JD and 02 to UnionPay (statuses.ts); a number used before is 12001 or 12003 even for the very same request
 * (withdrawals.ts, refunds.ts); trade.query writes times as notices do, but for UnionPay (order-shapes.ts); 当前余额 is what can
 * be withdrawn (balances.ts); an unknown method is 13001 (handle.ts).
 */
export const ASSUMED = {
  /** The document gives no path ("ask customer service"); `/gateway` is what real clients post to. */
  paths: ["/gateway", "/"],
  /** §2.2: `bank_type` of a payment from the WeChat balance, in WeChat's own list of banks. */
  bankType: "CFT",
  feeType: "CNY",
  isSubscribe: "N",
  /** §2.18: the document's example is cut off in the middle of this word. */
  fundChannel: "ALIPAYACCOUNT",
  /** The document lists JSAPI, NATIVE and APP only; the others are WeChat's own words. */
  tradeType: {
    "wechat.jsapi": "JSAPI",
    "wechat.native": "NATIVE",
    "wechat.h5": "MWEB",
    "wechat.barcode": "MICROPAY",
    "qq.native": "NATIVE",
  } satisfies Partial<Record<Method, string>>,
  /** §2.18: a JD reply has a description of the result. */
  jdDescription: "查询成功",
  /** Marketing money: "0 when there is none". */
  promotionAmount: "0",
  /** §4.1: Alipay's points used; the sandbox has none. */
  pointAmount: "0.00",
} as const;

/** `trade_type` of a payment by WeChat or QQ. */
export function tradeTypeOf(method: string): string {
  const words: Readonly<Record<string, string>> = ASSUMED.tradeType;
  return words[method] ?? "NATIVE";
}
