import type { RefusalCode } from "#lib/gateways/gateway.ts";

/**
 * What neither seeds/001 nor a public client tells, all `assumed`, in one table; `credentials.ts` makes each a setting with
 * this default.
 */
export const ASSUMED = {
  /** Mini programs: `prepay_params` has a 32-digit `paySign` and names no algorithm (§7). */
  miniProgramSignType: "MD5",
  /** HipoPay's container gives all parameters back; this one names our page (seeds/000 §4.1). Empty: not sent. */
  containerReturnParameter: "return_url",
  /**
   * The field of `response` that says how to pay, best first; the first that is there counts. `prepay_params` is the
   * document's; `qrcode_url`, `js_params` and, for Alipay's page, `pay_url` are what public clients read. The rest are
   * seeds/000's names for the same things (same gateway).
   */
  replyFields: {
    qr: ["qrcode_url", "code_url", "qrcode"],
    page: ["pay_url", "url"],
    jsapi: ["js_params", "js_param", "prepay_params"],
    wechatApp: ["prepay_params", "app_params"],
    alipayApp: ["prepay_string", "perpay_string", "prepay_params", "order_string"],
  },
  /** WeChat's Hong Kong wallet has no path of its own for scan pay: mainland's, with Alipay's switch `hk_wallet=true`. */
  wechatBarcodeHkWallet: "on",
  /**
   * Which way the field `rate` points, which replies under the older name may have. `forex_rate` is documented (§9): the
   * foreign currency for one CNY (USD 0.149). Ours is CNY for one unit of the foreign currency.
   */
  rateDirection: "foreign_per_cny",
  /** §14–§16 print no error at all: this is called as the document calls its other two. Nothing was declared then. */
  errors: { DECLARATION_NOT_FOUND: "not_found" } as Readonly<Record<string, RefusalCode>>,
} as const;

/** What a reply may say of how to pay. */
export type ReplyKind = keyof typeof ASSUMED.replyFields;
export const REPLY_KINDS = Object.keys(ASSUMED.replyFields) as [ReplyKind, ...ReplyKind[]];
