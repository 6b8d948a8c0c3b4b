import type { CashierPage } from "#lib/dialects/backend.ts";

/** What `payUrl` leads to: a picture of a QR code, a page, or a page that wants a POST (seeds/003 §2.1.5). */
type Shows = { qr: (code: string) => string } | { page: CashierPage } | { post: CashierPage };

/** One 支付产品 of seeds/003 §4.1. */
export interface Product {
  /** The product's word for how the shopper pays (lib/domain/methods.ts). */
  pays: string;
  shows: Shows;
  /** The document contradicts itself or is silent here. */
  assumed?: true;
}

const WECHAT_QR = { qr: (code: string) => `weixin://wxpay/bizpayurl?pr=${code}` };
const ALIPAY_QR = { qr: (code: string) => `https://qr.alipay.com/${code}` };
const UNIONPAY_QR = { qr: (code: string) => `https://qr.95516.com/00010000/${code}` };
const QQ_QR = { qr: (code: string) => `https://qpay.qq.com/qr/${code}` };
const JD_QR = { qr: (code: string) => `https://ex.jd.com/pay?code=${code}` };

const ALIPAY_SCAN: Product = { pays: "alipay.qr", shows: ALIPAY_QR };
const ALIPAY_H5: Product = { pays: "alipay.wap", shows: { page: "alipay_wap" } };

/** All twenty. 8017 and 8018 have a type that denies their name: the name is believed. */
export const PRODUCTS: ReadonlyMap<string, Product> = new Map(
  Object.entries<Product>({
    "8000": { pays: "bank.transfer", shows: { post: "bank_transfer" } },
    "8001": { pays: "unionpay.quick", shows: { post: "unionpay_quick" } },
    "8002": { pays: "wechat.native", shows: WECHAT_QR },
    "8003": { pays: "wechat.h5", shows: { page: "wechat_h5" } },
    "8004": { pays: "wechat.jsapi", shows: { page: "wechat_jsapi" } },
    "8005": { pays: "wechat.mini_program", shows: { page: "wechat_mini_program" } },
    "8006": ALIPAY_SCAN,
    "8007": ALIPAY_H5,
    "8008": { pays: "alipay.jsapi", shows: { page: "alipay_jsapi" } },
    "8009": { pays: "qq.native", shows: QQ_QR, assumed: true },
    "8010": { pays: "qq.h5", shows: { page: "qq_h5" } },
    "8011": { pays: "jd.native", shows: JD_QR, assumed: true },
    "8012": { pays: "jd.h5", shows: { page: "jd_h5" } },
    "8013": { pays: "baidu.wallet", shows: { page: "baidu_wallet" } },
    "8014": { pays: "unionpay.qr", shows: UNIONPAY_QR, assumed: true },
    "8015": ALIPAY_H5,
    "8016": ALIPAY_SCAN,
    "8017": { ...ALIPAY_SCAN, assumed: true },
    "8018": { ...ALIPAY_H5, assumed: true },
    "8019": { pays: "unionpay.qr", shows: UNIONPAY_QR, assumed: true },
  }),
);
