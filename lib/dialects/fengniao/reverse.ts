import type { Payment, Problem } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { type Call, type Endpoint, paymentOf } from "#lib/dialects/fengniao/call.ts";
import { badField, problemReply, REFUNDING, refuse, success } from "#lib/dialects/fengniao/reply.ts";

/** seeds/004 §2.22: takes a WeChat or Alipay order back, paid or not. */
export const REVERSE_ENDPOINTS: readonly Endpoint[] = [
  { method: "trade.reverse", needs: { out_trade_no: null, trade_no: null }, takes: {}, answer: reverse },
];

async function reverse(call: Call): Promise<WireReply> {
  const found = await paymentOf(call);
  if (!found.ok) return found.reply;
  const payment = found.value;
  // Both numbers must name the one order, or whose money moves would be a guess.
  if (payment.no !== call.form.need("trade_no")) return refuse(12002, "trade_no");
  if (!/^(?:wechat|alipay)\./.test(payment.method)) return badField("out_trade_no", "只支持撤销微信和支付宝订单");
  const problem = payment.state === "INIT" ? await close(call, payment) : await giveBack(call, payment);
  if (problem) return problemReply(problem, REFUNDING);
  return success({ out_trade_no: payment.clientNo, trade_no: payment.no });
}

/** Closes an order nobody has paid; one that was paid meanwhile goes the other way. */
async function close(call: Call, payment: Payment): Promise<Problem | null> {
  const closed = await call.backend.close(call.caller, payment);
  if (closed.ok) return null;
  const now = await call.backend.find(call.caller, { no: payment.no });
  return now === null || now.state === "INIT" ? closed.problem : giveBack(call, now);
}

/** Refunds what is left of a paid order. One that is over, or has nothing left, is reversed already. */
async function giveBack(call: Call, payment: Payment): Promise<Problem | null> {
  if (payment.state !== "PAID") return null;
  const made = await call.backend.refund(call.caller, payment, { clientRefundNo: null, amount: null });
  return made.ok || made.problem === "refund_exceeds" ? null : made.problem;
}
