import type { Payment, Refund } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { type Call, type Endpoint, paymentOf } from "#lib/dialects/fengniao/call.ts";
import { type Shape, WireNumber } from "#lib/dialects/fengniao/json.ts";
import { fenOf, yuan } from "#lib/dialects/fengniao/money.ts";
import { orderNumbers } from "#lib/dialects/fengniao/order-shapes.ts";
import { badField, problemReply, REFUNDING, refuse, success } from "#lib/dialects/fengniao/reply.ts";
import { channelOf } from "#lib/dialects/fengniao/statuses.ts";

/** trade.refund is two sections, §2.20 and UnionPay's §2.21: the payment tells which one applies. */
export const REFUND_ENDPOINTS: readonly Endpoint[] = [
  {
    method: "trade.refund",
    needs: { out_trade_no: 64, out_refund_no: 64 },
    takes: { refund_fee: null, refund_reason: 64 },
    answer: refund,
  },
];

const REFUND_STATUS: Readonly<Record<Refund["state"], string>> = {
  SUCCESS: "REFUND_SUCCESS",
  PROCESSING: "REFUND_PROCESSING",
  FAIL: "REFUND_FAILER",
};

async function refund(call: Call): Promise<WireReply> {
  const payment = await paymentOf(call);
  if (!payment.ok) return payment.reply;
  const refusal = channelOf(payment.value) === "unionpay" ? unionpayRefusal(call, payment.value) : null;
  if (refusal) return refusal;
  const clientRefundNo = call.form.need("out_refund_no");
  // A number is used once, also for the very same refund: how that one stands, trade.query says.
  const earlier = await call.backend.findRefunds(call.caller, { clientRefundNo });
  if (earlier.length > 0) return refuse(12003, "out_refund_no");
  const asked = call.form.get("refund_fee");
  const made = await call.backend.refund(call.caller, payment.value, { clientRefundNo, amount: asked === null ? null : yuan(asked) });
  return made.ok ? success(refundedOrder(payment.value, made.value)) : problemReply(made.problem, REFUNDING);
}

/** §2.21 has no amount, all goes back: who asks for less must not be told that it was done. */
function unionpayRefusal({ form }: Call, payment: Payment): WireReply | null {
  if (form.get("refund_reason") === null) return badField("refund_reason", "不能为空");
  const asked = form.get("refund_fee");
  return asked !== null && fenOf(asked) !== fenOf(payment.amount) ? badField("refund_fee", "银联订单只支持全额退款") : null;
}

/** UnionPay's reply has neither receipt nor status (§2.21). */
function refundedOrder(payment: Payment, made: Refund): Shape {
  if (channelOf(payment) !== "unionpay") return { ...orderNumbers(payment), refund_status: REFUND_STATUS[made.state] };
  return { out_trade_no: payment.clientNo, trade_no: payment.no, total_amount: new WireNumber(payment.amount) };
}
