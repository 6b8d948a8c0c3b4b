import type { Payment, PaymentState, Refund } from "#lib/dialects/backend.ts";
import { fullyRefunded } from "#lib/dialects/fengniao/money.ts";

/** The four dictionaries of `trade_status` (seeds/004 §2.18, §2.19). */
export type Channel = "wechat" | "alipay" | "jd" | "unionpay";

const CHANNELS: Readonly<Record<string, Channel>> = { wechat: "wechat", alipay: "alipay", jd: "jd", unionpay: "unionpay" };

/** Whose words a payment's replies are in. The document has none for QQ; WeChat's are assumed. */
export function channelOf(payment: Payment): Channel {
  return CHANNELS[payment.method.slice(0, payment.method.indexOf("."))] ?? "wechat";
}

/** `trade_status` of a payment. Always text: `00` and `02` are words, not numbers. */
export function tradeStatus(payment: Payment, refunds: readonly Refund[]): string {
  const channel = channelOf(payment);
  return payment.state === "PAID" ? PAID[channel](payment, refunds) : UNPAID[channel](payment)[payment.state];
}

type Unpaid = Record<Exclude<PaymentState, "PAID">, string>;

const UNPAID: Record<Channel, (payment: Payment) => Unpaid> = {
  wechat: ({ method, userPaying }) => ({
    INIT: userPaying ? "USERPAYING" : "NOTPAY",
    FAIL: "PAYERROR",
    EXPIRED: "CLOSED",
    // 已撤销 is said of scan pay only.
    CLOSED: method.endsWith(".barcode") ? "REVOKED" : "CLOSED",
  }),
  // Alipay has no word for a failure: an order nobody can pay any more is closed.
  alipay: () => ({ INIT: "WAIT_BUYER_PAY", FAIL: "TRADE_CLOSED", EXPIRED: "TRADE_CLOSED", CLOSED: "TRADE_CLOSED" }),
  jd: ({ userPaying }) => ({ INIT: userPaying ? "1" : "0", FAIL: "3", EXPIRED: "3", CLOSED: "9" }),
  unionpay: () => ({ INIT: "01", FAIL: "02", EXPIRED: "02", CLOSED: "03" }),
};

const PAID: Record<Channel, (payment: Payment, refunds: readonly Refund[]) => string> = {
  wechat: (_payment, refunds) => (refunds.some(({ state }) => state !== "FAIL") ? "REFUND" : "SUCCESS"),
  alipay: (payment) => (fullyRefunded(payment) ? "TRADE_CLOSED" : "TRADE_SUCCESS"),
  jd(payment, refunds) {
    if (refunds.some(({ state }) => state === "PROCESSING")) return "4";
    if (fullyRefunded(payment)) return "5";
    if (refunds.some(({ state }) => state === "SUCCESS")) return "7";
    return refunds.length > 0 ? "6" : "2";
  },
  unionpay(payment, refunds) {
    if (refunds.some(({ state }) => state === "PROCESSING")) return "05";
    return fullyRefunded(payment) ? "04" : "00";
  },
};

/** `trade_state_desc`: what a WeChat status means, in the document's words. */
export const DESCRIPTIONS: Readonly<Record<string, string>> = {
  SUCCESS: "支付成功",
  REFUND: "转入退款",
  NOTPAY: "未支付",
  CLOSED: "已关闭",
  REVOKED: "已撤销(刷卡支付)",
  USERPAYING: "用户支付中",
  PAYERROR: "支付失败(其他原因,如银行返回失败)",
};
