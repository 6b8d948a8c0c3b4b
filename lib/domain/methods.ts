/** Every way a shopper can pay, named `<wallet>.<shape>`; a gateway offers those its document has an operation for. */
export const METHODS = [
  "wechat.jsapi",
  "wechat.native",
  "wechat.h5",
  "wechat.mini_program",
  "wechat.app",
  "wechat.barcode",
  "wechat.desk",
  "wechat.mp_desk",
  "alipay.web",
  "alipay.qr",
  "alipay.wap",
  "alipay.jsapi",
  "alipay.app",
  "alipay.barcode",
  "alipay.desk",
  "alipay.personal",
  "qq.native",
  "qq.h5",
  "qq.barcode",
  "unionpay.qr",
  "unionpay.gateway",
  "unionpay.wap",
  "unionpay.quick",
  "jd.native",
  "jd.h5",
  "baidu.wallet",
  "bank.transfer",
] as const;

export type Method = (typeof METHODS)[number];
export type Wallet = "wechat" | "alipay" | "qq" | "unionpay" | "jd" | "baidu" | "bank";

export function isMethod(value: unknown): value is Method {
  return typeof value === "string" && (METHODS as readonly string[]).includes(value);
}

/** The wallet a method belongs to: the part before the dot. */
export function walletOf(method: Method): Wallet {
  return method.slice(0, method.indexOf(".")) as Wallet;
}

/**
 * Methods whose create charges at once (the merchant scanned the shopper's code): never tried anew
 * before a query has answered (design.md, the core).
 */
export const CHARGES_AT_ONCE: ReadonlySet<Method> = new Set(["wechat.barcode", "alipay.barcode", "qq.barcode"]);
