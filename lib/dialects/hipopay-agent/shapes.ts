import type { Payment, PaymentState, Refund } from "#lib/dialects/backend.ts";
import { compare, decimal, decimalText, subtract } from "#lib/dialects/hipopay/decimal.ts";
import { type Json, WireNumber } from "#lib/dialects/hipopay/json.ts";
import { wireTime } from "#lib/dialects/hipopay/times.ts";
import type { Wallet } from "#lib/dialects/hipopay/wallet.ts";

type Shape = Record<string, Json>;

/** The four statuses of seeds/000 §11.1; it has no word for a closed payment, which can no more be paid than an expired one. */
export const STATUS: Readonly<Record<PaymentState, string>> = {
  INIT: "INIT",
  PAID: "PAID",
  FAIL: "FAIL",
  EXPIRED: "EXPIRED",
  CLOSED: "EXPIRED",
};

/** `trade_type`: as the examples print it (Alipay's wap, app and scan pay all print NATIVE); MINIPROGRAM and APP are assumed. */
const TRADE_TYPE: Readonly<Record<string, string>> = {
  "wechat.jsapi": "JSAPI",
  "wechat.native": "NATIVE",
  "wechat.barcode": "MICRO",
  "wechat.mini_program": "MINIPROGRAM",
  "wechat.app": "APP",
  "wechat.desk": "PC_DESK",
  "wechat.mp_desk": "MP_DESK",
  "alipay.desk": "DESK",
};

export function tradeType(payment: Payment): string {
  return TRADE_TYPE[payment.method] ?? "NATIVE";
}

/** The order in the reply to scan pay (seeds/000 §4.2). */
export function scanOrder(payment: Payment): Shape {
  return {
    agent_order_id: payment.clientNo ?? "",
    amount: payment.amount,
    currency: payment.currency,
    exchange_rate: payment.exchangeRate,
    ip: payment.ip ?? "",
    merchant_no: payment.merchantNo,
    no: payment.no,
    product_info: payment.subject,
    pay_amount: payment.payAmount,
    status: STATUS[payment.state],
    settle_rate: payment.settleRate,
    trade_type: tradeType(payment),
  };
}

/** The order in the reply to scanned pay (seeds/000 §4.3). */
export function scannedOrder(payment: Payment): Shape {
  return { ...scanOrder(payment), trade_time: wireTime(payment.createdAt) };
}

/** The order in an Alipay create's reply: `outer_order_no` here, `out_order_no` in a query's (seeds/000 §6.1, §6.5). */
export function alipayNewOrder(payment: Payment): Shape {
  return {
    status: STATUS[payment.state],
    trade_type: tradeType(payment),
    payment_no: payment.no,
    currency: payment.currency,
    amount: payment.amount,
    merchant_no: payment.merchantNo,
    outer_order_no: payment.clientNo ?? "",
    trade_time: wireTime(payment.createdAt),
    subject: payment.subject,
    exchange_rate: payment.exchangeRate,
  };
}

/** GET /order, Version 1.0: all strings (seeds/000 §4.9), with the numbers of §11.1 the order was given. */
export function queriedOrder(payment: Payment): Shape {
  return { ...orderFacts(payment), settle_rate: payment.settleRate, ...refundFacts(payment) };
}

/** GET /order, Version 2.0: numbers where 1.0 has strings, no settle rate and no refund status: the refunds stand beside it. */
export function queriedOrderV2(payment: Payment): Shape {
  const facts = orderFacts(payment);
  return {
    ...facts,
    exchange_rate: new WireNumber(payment.exchangeRate),
    amount: new WireNumber(payment.amount),
    pay_amount: new WireNumber(payment.payAmount),
  };
}

/** GET /alipay/order (seeds/000 §6.5). */
export function alipayQueriedOrder(payment: Payment): Shape {
  return {
    amount: payment.amount,
    buyer_email: payment.buyerEmail ?? "",
    channel: `ALIPAY${payment.channel}`,
    charge_amount: payment.fee,
    currency: payment.currency,
    exchange_rate: payment.exchangeRate,
    merchant_no: payment.merchantNo,
    payment_no: payment.no,
    buyer_id: payment.buyerId ?? "",
    pay_amount: payment.payAmount,
    pay_currency: payment.payCurrency,
    product_info: payment.subject,
    ...refundFacts(payment),
    status: STATUS[payment.state],
    subject: payment.subject,
    trade_time: wireTime(payment.createdAt),
    trade_type: tradeType(payment),
    out_order_no: payment.clientNo ?? "",
  };
}

/** A refund: WeChat's `no` and `order_no` (seeds/000 §11.2), Alipay's `refund_no` and `payment_no` (§6.6). */
export function refundShape(refund: Refund, wallet: Wallet): Shape {
  const numbers =
    wallet === "wechat" ? { no: refund.no, order_no: refund.paymentNo } : { refund_no: refund.no, payment_no: refund.paymentNo };
  return { ...numbers, outer_refund_no: refund.clientRefundNo ?? "", refund_amount: refund.amount, status: refund.state };
}

/** A refund beside a Version 2.0 order: the amount is a number and there is no outer number (seeds/000 §4.9). */
export function refundShapeV2(refund: Refund): Shape {
  return { no: refund.no, order_no: refund.paymentNo, refund_amount: new WireNumber(refund.amount), status: refund.state };
}

function orderFacts(payment: Payment): Shape {
  return {
    status: STATUS[payment.state],
    openid: payment.openid ?? "",
    trade_type: tradeType(payment),
    exchange_rate: payment.exchangeRate,
    ip: payment.ip ?? "",
    no: payment.no,
    device_info: payment.deviceInfo ?? "",
    currency: payment.currency,
    amount: payment.amount,
    trade_time: wireTime(payment.createdAt),
    merchant_no: payment.merchantNo,
    pay_currency: payment.payCurrency,
    product_info: payment.subject,
    pay_amount: payment.payAmount,
    ...(payment.clientNo === null ? {} : { agent_order_id: payment.clientNo }),
    ...(payment.productId === null ? {} : { product_id: payment.productId }),
  };
}

// The examples print "None" where the tables print NONE; callers compare without case.
function refundFacts(payment: Payment): Shape {
  const refunded = decimal(payment.refundedAmount);
  const left = subtract(decimal(payment.amount), refunded);
  const status = refunded.digits === 0n ? "None" : compare(left, { digits: 0n, scale: 0 }) > 0 ? "PART" : "FULL";
  return { refund_status: status, refundable_amount: decimalText(left) };
}
