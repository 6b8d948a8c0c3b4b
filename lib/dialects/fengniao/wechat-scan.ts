import type { Payment } from "#lib/dialects/backend.ts";
import { ASSUMED, tradeTypeOf } from "#lib/dialects/fengniao/assumed.ts";
import { type Shape, WireNumber } from "#lib/dialects/fengniao/json.ts";
import { compactTime } from "#lib/dialects/fengniao/times.ts";

/**
 * The rest of weixin.scan_qr_code_pay's reply (seeds/004 §2.4). It has no status, so it proves nothing: while the shopper still
 * types a password the same fields stand there empty, and trade.query says USERPAYING.
 */
export function scanReply(payment: Payment): Shape {
  const paid = payment.paidAt !== null;
  return {
    trade_no: payment.no,
    bank_type: paid ? ASSUMED.bankType : "",
    cash_fee: new WireNumber(paid ? payment.payAmount : "0.00"),
    fee_type: ASSUMED.feeType,
    is_subscribe: ASSUMED.isSubscribe,
    openid: payment.openid ?? "",
    pay_time: payment.paidAt === null ? "" : compactTime(payment.paidAt),
    trade_type: tradeTypeOf(payment.method),
  };
}
