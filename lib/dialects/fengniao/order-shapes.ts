import type { Payment, Refund } from "#lib/dialects/backend.ts";
import { ASSUMED } from "#lib/dialects/fengniao/assumed.ts";
import { type Shape, toJson, WireNumber } from "#lib/dialects/fengniao/json.ts";
import { netReceipt } from "#lib/dialects/fengniao/money.ts";
import { type Channel, channelOf, DESCRIPTIONS, tradeStatus } from "#lib/dialects/fengniao/statuses.ts";
import { compactTime, wireTime } from "#lib/dialects/fengniao/times.ts";

/** trade.query's reply in the four shapes of seeds/004 §2.18 and §2.19, by who was paid through. */
export function queriedOrder(payment: Payment, refunds: readonly Refund[]): Shape {
  const status = tradeStatus(payment, refunds);
  return { ...orderNumbers(payment), trade_status: status, ...BY_CHANNEL[channelOf(payment)](payment, status) };
}

/** What trade.query and trade.refund both begin with. */
export function orderNumbers(payment: Payment): Shape {
  return {
    out_trade_no: payment.clientNo,
    trade_no: payment.no,
    net_receipt_amount: new WireNumber(netReceipt(payment)),
    total_amount: new WireNumber(payment.amount),
  };
}

const BY_CHANNEL: Record<Channel, (payment: Payment, status: string) => Shape> = {
  wechat: (payment, status) => ({
    pay_time: payTime(payment, wireTime),
    bank_type: isPaid(payment) ? ASSUMED.bankType : "",
    cash_fee: new WireNumber(isPaid(payment) ? payment.payAmount : "0.00"),
    openid: payment.openid ?? "",
    is_subscribe: ASSUMED.isSubscribe,
    trade_state_desc: DESCRIPTIONS[status] ?? "",
  }),
  alipay: (payment) => ({
    pay_time: payTime(payment, wireTime),
    buyer_logon_id: payment.buyerEmail ?? "",
    // TRADE_CLOSED is both "nobody paid" and "all went back": the receipt tells which (protocols.md §4).
    receipt_amount: isPaid(payment) ? payment.payAmount : "0.00",
    fund_bill_list: isPaid(payment) ? fundBillList(payment) : "[]",
    buyer_user_id: payment.buyerId ?? "",
  }),
  jd: (payment) => ({
    pay_time: payTime(payment, wireTime),
    open_id: payment.openid ?? payment.buyerId ?? "",
    user: payment.buyerEmail ?? "",
    desc: ASSUMED.jdDescription,
    promotion_amount: new WireNumber(ASSUMED.promotionAmount),
  }),
  unionpay: (payment) => ({ pay_time: payTime(payment, compactTime) }),
};

/** `fund_bill_list`: JSON in a string, as the document's examples have it. */
export function fundBillList(payment: Payment): string {
  return toJson([{ amount: payment.payAmount, fundChannel: ASSUMED.fundChannel }]);
}

function payTime(payment: Payment, write: (instant: Date) => string): string {
  return payment.paidAt === null ? "" : write(payment.paidAt);
}

function isPaid(payment: Payment): boolean {
  return payment.state === "PAID";
}
