import type { Backend, Payment } from "#lib/dialects/backend.ts";
import { qrText } from "#lib/dialects/shown.ts";

/** One `action` of seeds/002 §3.1.2, as data. */
export interface Action {
  /** The product's word for how the shopper pays (lib/domain/methods.ts). */
  pays: string;
  /** The field this action needs beyond the common ones. */
  needs?: "code" | "openid" | "ip";
  /** Whether `fronturl` is taken: only WxJsApi (§3.1.2). */
  returns?: true;
  /** `formaction`: what the shopper's side does next; absent when the shopper's own code was scanned. */
  formaction?(payment: Payment, backend: Backend): string;
  /** The document is silent on this action's `formaction` (protocols.md §2). */
  assumed?: true;
}

/**
 * …Code: the merchant scans the shopper's code (反扫). …Sao: the shopper scans ours (正扫). WxJsApi's formaction is the PayId
 * that goes to gopay.html (§3.3); AliWap is not printed but sent by real clients.
 */
export const ACTIONS: ReadonlyMap<string, Action> = new Map(
  Object.entries<Action>({
    WxCode: { pays: "wechat.barcode", needs: "code" },
    WxSao: { pays: "wechat.native", formaction: scanned((code) => `weixin://wxpay/bizpayurl?pr=${code}`) },
    WxJsApi: { pays: "wechat.jsapi", needs: "openid", returns: true, formaction: ({ code }) => code },
    WxH5: { pays: "wechat.h5", needs: "ip", assumed: true, formaction: (payment, backend) => backend.pageUrl(payment, "wechat_h5") },
    AliCode: { pays: "alipay.barcode", needs: "code" },
    AliSao: { pays: "alipay.qr", formaction: scanned((code) => `https://qr.alipay.com/${code}`) },
    AliWap: { pays: "alipay.wap", assumed: true, formaction: (payment, backend) => backend.pageUrl(payment, "alipay_wap") },
    QQCode: { pays: "qq.barcode", needs: "code" },
    QQSao: { pays: "qq.native", assumed: true, formaction: scanned((code) => `https://qpay.qq.com/qr/${code}`) },
    USao: { pays: "unionpay.qr", assumed: true, formaction: scanned((code) => `https://qr.95516.com/00010000/${code}`) },
  }),
);

/** 正扫: the text of the code the shopper scans. */
function scanned(own: (code: string) => string): (payment: Payment) => string {
  return (payment) => qrText(payment, own);
}
