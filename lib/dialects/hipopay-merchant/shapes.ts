import type { Payment, PaymentState } from "#lib/dialects/backend.ts";
import type { Json } from "#lib/dialects/hipopay/json.ts";
import { wireTime } from "#lib/dialects/hipopay/times.ts";
import { ASSUMED } from "#lib/dialects/hipopay-merchant/assumed.ts";

export type Shape = Record<string, Json>;

/** What the dialect remembers of a request in `payment.extra`, to write replies and notices with. */
export interface Remembered {
  /** `TRUE`: the amount is in CNY though another currency is settled. */
  is_rmb?: string;
  /** What is settled in, and its rate (CNY per one unit) when the order was placed. Only with is_rmb. */
  settle_currency?: string;
  exchange_rate?: string;
  /** `TRUE`: ordered for a Hong Kong wallet. */
  hk_wallet?: string;
  /** `3.0`: the notice carries more (seeds/001, Payment Notification). */
  response_version?: string;
  /** Written by a backend that knows them once paid: the bank, and JSON text of the promotions used. */
  bank_type?: string;
  promotion_detail?: string;
}

export function remembered(payment: Payment): Remembered {
  return payment.extra;
}

/** seeds/001, Payment Order Status; it has no word for a closed payment, which can no more be paid than an expired one. */
const STATUS: Readonly<Record<PaymentState, string>> = {
  INIT: "INIT",
  PAID: "PAID",
  FAIL: "FAIL",
  EXPIRED: "EXPIRED",
  CLOSED: "EXPIRED",
};

export function statusOf(payment: Payment): string {
  return payment.state === "INIT" && payment.userPaying ? "USERPAYING" : STATUS[payment.state];
}

export function tradeType(payment: Payment): string {
  return ASSUMED.tradeTypes[payment.method] ?? "NATIVE";
}

/** CNY per one unit of what is settled. */
export function exchangeRateOf(payment: Payment): string {
  return remembered(payment).exchange_rate ?? payment.exchangeRate;
}

/**
 * The order in a create's reply. Its table has exchange_rate and finish_time only once PAID; the printed INIT order has
 * both: the table is kept, an unpaid order has no finish time.
 */
export function newOrder(payment: Payment): Shape {
  const paid = payment.state === "PAID" ? { exchange_rate: exchangeRateOf(payment), finish_time: finishTime(payment) } : {};
  return { ...orderFacts(payment), ...paid };
}

/** GET /payment: exactly the nine fields of its table. */
export function queriedOrder(payment: Payment): Shape {
  return { ...orderFacts(payment), exchange_rate: exchangeRateOf(payment) };
}

/** When it was paid, or "". */
export function finishTime(payment: Payment): string {
  return payment.paidAt === null ? "" : wireTime(payment.paidAt);
}

function orderFacts(payment: Payment): Shape {
  return {
    amount: payment.amount,
    currency: payment.currency,
    out_trade_id: payment.clientNo ?? "",
    payment_no: payment.no,
    status: statusOf(payment),
    product_info: payment.subject,
    trade_time: wireTime(payment.createdAt),
    trade_type: tradeType(payment),
  };
}
