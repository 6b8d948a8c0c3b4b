import type { Caller, Payment } from "#lib/dialects/backend.ts";
import type { WireMessage } from "#lib/dialects/dialect.ts";
import { ASSUMED, tradeTypeOf } from "#lib/dialects/fengniao/assumed.ts";
import { fundBillList } from "#lib/dialects/fengniao/order-shapes.ts";
import { signatureOf, signTypeOf } from "#lib/dialects/fengniao/signature.ts";
import { type Channel, channelOf } from "#lib/dialects/fengniao/statuses.ts";
import { wireTime } from "#lib/dialects/fengniao/times.ts";

/** seeds/004 §4.1: 4m, 10m, 10m, 1h, 2h, 6h, 15h after the first call, eight calls in all. */
export const RETRY_SECONDS: readonly number[] = [240, 600, 600, 3600, 7200, 21_600, 54_000];

/**
 * The signed notice that a payment was paid (§4.1): null without a notify_url, and for any other state, because the common
 * fields have no status and a notice itself means paid. Signed as the call that created the payment was. Throws when the
 * account has no secret or, for RSA, no gateway key.
 */
export function notification(caller: Caller, payment: Payment, now: Date): WireMessage | null {
  if (payment.notifyUrl === null || payment.state !== "PAID") return null;
  const signType = signTypeOf(payment.extra.sign_type ?? "") ?? "MD5";
  const fields = new Map<string, string>(Object.entries({ ...commonFields(payment, now), ...channelFields(payment), sign_type: signType }));
  fields.set("sign", signatureOf(caller, fields, signType));
  return {
    method: "POST",
    url: payment.notifyUrl,
    headers: { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" },
    body: new URLSearchParams([...fields]).toString(),
  };
}

/** True for HTTP 2xx with `SUCCESS` and nothing else, in either case (§4.1 writes it both ways). */
export function acknowledged(reply: { status: number; body: string }): boolean {
  return reply.status >= 200 && reply.status <= 299 && reply.body.trim().toUpperCase() === "SUCCESS";
}

function commonFields(payment: Payment, now: Date): Record<string, string> {
  return {
    out_trade_no: payment.clientNo ?? "",
    trade_no: payment.no,
    total_amount: payment.amount,
    pay_time: wireTime(payment.paidAt ?? now),
  };
}

/** 个人码 has four fields of its own (§2.8), which are the common ones. */
function channelFields(payment: Payment): Record<string, string> {
  return payment.method === "alipay.personal" ? {} : BY_CHANNEL[channelOf(payment)](payment);
}

/** What each channel adds. JD and UnionPay have no section: the common fields alone are assumed, and QQ as WeChat. */
const BY_CHANNEL: Record<Channel, (payment: Payment) => Record<string, string>> = {
  alipay: (payment) => ({
    buyer_logon_id: payment.buyerEmail ?? "",
    trade_status: "TRADE_SUCCESS",
    buyer_pay_amount: payment.payAmount,
    point_amount: ASSUMED.pointAmount,
    subject: payment.subject,
    body: payment.extra.body ?? "",
    fund_bill_list: fundBillList(payment),
  }),
  wechat: (payment) => ({
    bank_type: ASSUMED.bankType,
    cash_fee: payment.payAmount,
    fee_type: ASSUMED.feeType,
    is_subscribe: ASSUMED.isSubscribe,
    openid: payment.openid ?? "",
    trade_type: tradeTypeOf(payment.method),
  }),
  jd: () => ({}),
  unionpay: () => ({}),
};
