import type { Caller, Payment, WireMessage } from "#lib/dialects/dialect.ts";
import { STATUS, tradeType } from "#lib/dialects/hipopay-agent/shapes.ts";
import { notificationSignature } from "#lib/dialects/hipopay-agent/signature.ts";
import { wireTime } from "#lib/dialects/hipopay-agent/times.ts";

/** The document leaves its schedule blank; the merchant API's is assumed (protocols.md §1). */
export const RETRY_SECONDS: readonly number[] = [1, 2, 4, 8, 60, 60, 60, 600, 600, 1800];

/**
 * The signed notice of a payment (seeds/000 §10): null without a notify_url, and for a payment that is not PAID, the
 * only status ever notified. Throws when the account has no gateway key.
 */
export function notification(caller: Caller, payment: Payment, now: Date): WireMessage | null {
  if (payment.notifyUrl === null || payment.state !== "PAID") return null;
  if (caller.gatewayPrivateKey === null) throw new Error(`hipopay-agent account ${caller.callerNo} has no gateway key`);
  const fields = notificationFields(payment);
  const timestamp = Math.floor(now.getTime() / 1000).toString();
  return {
    method: "POST",
    url: payment.notifyUrl,
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      Signature: notificationSignature(fields, timestamp, caller.gatewayPrivateKey),
      Timestamp: timestamp,
    },
    body: new URLSearchParams([...fields]).toString(),
  };
}

/** The eleven fields of seeds/000 §10.2; one the payment has no value for is sent empty. */
export function notificationFields(payment: Payment): ReadonlyMap<string, string> {
  const fields = {
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
  return new Map(Object.entries(fields).map(([name, value]) => [name, ascii(value)]));
}

/** True for HTTP 2xx whose last line that is not blank is exactly `success`: PHP samples print debris before it (protocols.md §1). */
export function acknowledged(reply: { status: number; body: string }): boolean {
  if (reply.status < 200 || reply.status > 299) return false;
  const lines = reply.body.split(/[\r\n]+/).map((line) => line.trim());
  return lines.findLast((line) => line !== "") === "success";
}

// Values are signed raw, and servers disagree on the bytes of a raw character beyond ASCII (protocols.md §1).
function ascii(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, "?");
}
