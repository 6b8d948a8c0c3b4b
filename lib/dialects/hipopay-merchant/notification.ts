import type { Caller, Payment } from "#lib/dialects/backend.ts";
import type { WireMessage } from "#lib/dialects/dialect.ts";
import { decimal, decimalText, inverse, quotient } from "#lib/dialects/hipopay/decimal.ts";
import { signedNotice } from "#lib/dialects/hipopay/notice.ts";
import { wireTime } from "#lib/dialects/hipopay/times.ts";
import { ASSUMED } from "#lib/dialects/hipopay-merchant/assumed.ts";
import { exchangeRateOf, finishTime, remembered, tradeType } from "#lib/dialects/hipopay-merchant/shapes.ts";

/**
 * The signed notice of a payment (seeds/001, Payment Notification): null without a notify_url, and for a payment that is
 * not PAID, the only status ever notified. Throws when the account has no gateway key.
 */
export function notification(caller: Caller, payment: Payment, now: Date): WireMessage | null {
  if (payment.notifyUrl === null || payment.state !== "PAID") return null;
  const more = remembered(payment).response_version === "3.0" ? version3(payment) : {};
  return signedNotice(caller, payment.notifyUrl, { ...twelve(payment), ...more }, now);
}

function twelve(payment: Payment): Record<string, string> {
  return {
    status: "PAID",
    // A notice has the word whole, the replies' example has it cut.
    trade_type: payment.method === "wechat.mini_program" ? "MINIPROGRAM" : tradeType(payment),
    exchange_rate: exchangeRateOf(payment),
    payment_no: payment.no,
    currency: payment.currency,
    settle_currency: remembered(payment).settle_currency ?? payment.currency,
    amount: payment.amount,
    trade_time: wireTime(payment.createdAt),
    finish_time: finishTime(payment),
    pay_currency: payment.payCurrency,
    pay_amount: payment.payAmount,
    out_trade_id: payment.clientNo ?? "",
  };
}

/** What `response_version=3.0` adds. */
function version3(payment: Payment): Record<string, string> {
  const rate = payRate(payment);
  return {
    pay_rate: rate,
    pay_rate_reversed: decimalText(inverse(decimal(rate))),
    bank_type: remembered(payment).bank_type ?? ASSUMED.balance,
    promotion_detail: remembered(payment).promotion_detail ?? ASSUMED.noPromotion,
  };
}

// "rate between payment currency and price currency": what is paid for one unit of the price, as exchange_rate is for CNY.
function payRate(payment: Payment): string {
  if (payment.payCurrency === payment.currency) return "1";
  if (payment.payCurrency === "CNY") return payment.exchangeRate;
  return decimalText(quotient(decimal(payment.payAmount), decimal(payment.amount), 10));
}
