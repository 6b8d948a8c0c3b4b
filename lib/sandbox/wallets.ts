import type { Wallet } from "#lib/domain/methods.ts";

/** The companies that move a shopper's money; `bank` is the shopper's own bank. */
export const WALLETS = ["wechat", "alipay", "qq", "unionpay", "jd", "baidu", "bank"] as const satisfies readonly Wallet[];

/** Only these companies have a Hong Kong wallet too (seeds/000 §5). */
export const HONG_KONG_WALLETS: ReadonlySet<Wallet> = new Set(["wechat", "alipay"]);

/** What a payment's QR code says, as each wallet's scanner knows it (seeds/000 §4.3, §7.1; the others as seen in the wild). */
const CODE_TEXTS: Record<Wallet, (code: string, origin: string) => string> = {
  wechat: (code) => `weixin://wxpay/bizpayurl?pr=${code}`,
  alipay: (code) => `https://qr.alipay.com/${code}`,
  qq: (code) => `https://qpay.qq.com/qr/${code}`,
  unionpay: (code) => `https://qr.95516.com/00010000/${code}`,
  jd: (code) => `https://ex.jd.com/pay?code=${code}`,
  baidu: (code, origin) => `${origin}/sandbox/wallet/pay/${code}`,
  bank: (code, origin) => `${origin}/sandbox/wallet/pay/${code}`,
};

export function codeText(wallet: Wallet, code: string, origin: string): string {
  return CODE_TEXTS[wallet](code, origin);
}
