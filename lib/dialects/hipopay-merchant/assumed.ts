/**
 * What seeds/001 leaves open, chosen here and nowhere else. The document prints one order only (mini program); replies of
 * the other products carry the same order plus what the shopper's wallet needs, under these names.
 */
export const ASSUMED = {
  /** protocols.md §1 knows `qrcode_url` and `js_params` from real clients; `prepay_params` is printed. */
  qrText: "qrcode_url",
  jsapi: "js_params",
  /** An app's parameters, under the name printed for the mini program's. */
  app: "prepay_params",
  /** seeds/000 §6.2.1's word for Alipay's order string. */
  alipayApp: "prepay_string",
  /** seeds/000 §6.1 and §6.3's word for a page's address. */
  page: "url",
  /**
   * `is_rmb=TRUE`: amount means CNY and the request's `currency` is what the merchant is settled in. Replies and notices
   * then say `currency: CNY` beside the amount (the notice's table calls it the pricing currency), `settle_currency` what
   * was asked for, and `exchange_rate` the rate of that currency when the order was placed.
   */
  pricedIn: "CNY",
  /** `bank_type` of a payment from a wallet's balance: WeChat's word for no bank. Also its `verify_department` (seeds/001, raw_response). */
  balance: "OTHERS",
  /** `promotion_detail` is JSON text of a list; empty without promotions. */
  noPromotion: "[]",
  /** `trade_type` of replies. Printed: MINIPROGRA (sic), APP; recorded: NATIVE for the web page's code (vectors.json). */
  tradeTypes: {
    "wechat.app": "APP",
    "wechat.jsapi": "JSAPI",
    "wechat.mini_program": "MINIPROGRA",
    "wechat.native": "NATIVE",
    "wechat.desk": "NATIVE",
    "wechat.barcode": "MICRO",
    "alipay.app": "APP",
    "alipay.wap": "WAP",
    "alipay.qr": "NATIVE",
    "alipay.web": "NATIVE",
    "alipay.barcode": "MICRO",
  } as Readonly<Record<string, string>>,
} as const;
