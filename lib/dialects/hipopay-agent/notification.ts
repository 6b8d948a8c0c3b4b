import type { Caller, Payment } from "#lib/dialects/backend.ts";
import type { WireMessage } from "#lib/dialects/dialect.ts";
import { signedNotice } from "#lib/dialects/hipopay/notice.ts";
import { wireTime } from "#lib/dialects/hipopay/times.ts";
import { STATUS, tradeType } from "#lib/dialects/hipopay-agent/shapes.ts";

/**
 * The signed notice of a payment (seeds/000 §10): null without a notify_url, and for a payment that is not PAID, the
 * only status ever notified. Throws when the account has no gateway key.
 */
export function notification(caller: Caller, payment: Payment, now: Date): WireMessage | null {
  if (payment.notifyUrl === null || payment.state !== "PAID") return null;
  return signedNotice(caller, payment.notifyUrl, notificationFields(payment), now);
}

/** The eleven fields of seeds/000 §10.2; one the payment has no value for is sent empty. */
function notificationFields(payment: Payment): Record<string, string> {
  return {
    status: STATUS[payment.state],
    openid: payment.openid ?? "",
    trade_type: tradeType(payment),
    exchange_rate: payment.exchangeRate,
    no: payment.no,
    currency: payment.currency,
    amount: payment.amount,
    trade_time: wireTime(payment.createdAt),
    pay_currency: payment.payCurrency,
    pay_amount: payment.payAmount,
    agent_order_id: payment.clientNo ?? "",
  };
}
