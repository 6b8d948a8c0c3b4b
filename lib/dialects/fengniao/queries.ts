import type { Payment } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { type Call, type Endpoint, merchantOf, paymentOf } from "#lib/dialects/fengniao/call.ts";
import { queriedOrder } from "#lib/dialects/fengniao/order-shapes.ts";
import { badField, refuse, success } from "#lib/dialects/fengniao/reply.ts";

/** trade.query is two sections of the document, §2.18 and §2.19: which one applies, only the payment can tell. */
export const QUERY_ENDPOINTS: readonly Endpoint[] = [
  { method: "trade.query", needs: { out_trade_no: 64 }, takes: { merchant_no: 64 }, answer: query },
];

async function query(call: Call): Promise<WireReply> {
  const merchantNo = merchantOf(call);
  if (!merchantNo.ok) return merchantNo.reply;
  const payment = await paymentOf(call);
  if (!payment.ok) return payment.reply;
  const named = call.form.get("merchant_no");
  if (named === null && needsMerchant(payment.value)) return badField("merchant_no", "不能为空");
  if (named !== null && named !== payment.value.merchantNo) return refuse(12002, "out_trade_no");
  const refunds = await call.backend.findRefunds(call.caller, { paymentNo: payment.value.no });
  return success(queriedOrder(payment.value, refunds));
}

/** UnionPay's query has no merchant_no (§2.19); QQ and 个人码 are created without one, so who asks cannot be held to it. */
function needsMerchant({ method }: Payment): boolean {
  return !method.startsWith("unionpay.") && method !== "qq.native" && method !== "alipay.personal";
}
