import type { Method } from "#lib/domain/methods.ts";

/**
 * seeds/003 §4.1: every product, by its id, with the methods it can serve; the first product of a method is its default, and
 * an account's settings may name another (`settings.products`), also one the document does not print. 8017 and 8018 contradict
 * themselves (name against type), so each can serve both of Alipay's methods.
 */
export const PRODUCTS = [
  product("8000", "网银支付", "bank.transfer"),
  product("8001", "银联快捷", "unionpay.quick"),
  product("8002", "微信扫码支付", "wechat.native"),
  product("8003", "微信 H5 支付", "wechat.h5"),
  product("8004", "微信公众号支付", "wechat.jsapi"),
  product("8005", "微信小程序支付", "wechat.mini_program"),
  product("8006", "支付宝 QY 扫码支付", "alipay.qr"),
  product("8007", "支付宝 QY H5 支付", "alipay.wap"),
  product("8008", "支付宝服务窗支付", "alipay.jsapi"),
  product("8009", "QQ 钱包扫码", "qq.native"),
  product("8010", "QQ 钱包 H5 支付", "qq.h5"),
  product("8011", "京东扫码支付", "jd.native"),
  product("8012", "京东 H5 支付", "jd.h5"),
  product("8013", "百度钱包", "baidu.wallet"),
  product("8014", "银联二维码", "unionpay.qr"),
  product("8015", "支付宝 GT H5 支付", "alipay.wap"),
  product("8016", "支付宝 GT 扫码支付", "alipay.qr"),
  product("8017", "支付宝 DM 扫码支付 (支付宝 H5 支付)", "alipay.qr", "alipay.wap"),
  product("8018", "支付宝 DM H5 支付 (支付宝扫码支付)", "alipay.wap", "alipay.qr"),
  product("8019", "云闪付", "unionpay.qr"),
] as const;

export type PayMethod = (typeof PRODUCTS)[number]["methods"][number];

/** Every method some product serves, in the document's order. */
export const PAY_METHODS = [...new Set(PRODUCTS.flatMap(({ methods }) => methods))] as [PayMethod, ...PayMethod[]];

/** The product a method is paid with: the account's choice, or the document's first. */
export function productOf(method: PayMethod, chosen: Partial<Record<PayMethod, string>>): string {
  const id = chosen[method] ?? PRODUCTS.find(({ methods }) => (methods as readonly Method[]).includes(method))?.id;
  if (id === undefined) throw new Error(`no product for ${method}`);
  return id;
}

function product<M extends Method>(id: string, name: string, ...methods: [M, ...M[]]): { id: string; name: string; methods: readonly M[] } {
  return { id, name, methods };
}
