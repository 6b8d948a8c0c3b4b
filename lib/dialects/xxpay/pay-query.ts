import type { Payment } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import type { Call, Route } from "#lib/dialects/xxpay/call.ts";
import { fenOfYuan } from "#lib/dialects/xxpay/fen.ts";
import { readForm } from "#lib/dialects/xxpay/form.ts";
import { isRefusal, refuse, success } from "#lib/dialects/xxpay/reply.ts";
import { payStatus, RENOTIFIED } from "#lib/dialects/xxpay/status.ts";

/** 查询支付订单 (seeds/003 §2.2). */
export const PAY_QUERY_ROUTE: Route = { path: "/api/pay/query_order", answer: queryOrder };

async function queryOrder(call: Call): Promise<WireReply> {
  const { fields, caller, backend } = call;
  const form = readForm(fields, ["mchId", "appId"], ["mchOrderNo", "executeNotify"]);
  if (isRefusal(form)) return refuse(form);
  const no = form.get("payOrderId");
  const clientNo = form.get("mchOrderNo");
  if (no === null && clientNo === null) return refuse({ error: "parameter", detail: "payOrderId, mchOrderNo 不能都为空" });
  const payment = await backend.find(caller, no === null ? { clientNo: clientNo ?? "" } : { no });
  if (!payment) return refuse({ error: "not_found" });
  const facts = payFacts(payment, caller.callerNo);
  if (form.get("executeNotify") === "true" && RENOTIFIED.has(facts.status)) await backend.renotify(caller, { payment });
  // Every value is a string, whatever the document's table calls it (protocols.md §3).
  return success(caller, { ...facts, currency: payment.currency.toLowerCase(), channelUser: payment.buyerId ?? payment.openid ?? "" });
}

/** What a query's reply and a notice both say of a payment (seeds/003 §2.2.4, §2.3.2). */
export function payFacts(payment: Payment, mchId: string) {
  return {
    payOrderId: payment.no,
    mchId,
    appId: payment.appId ?? "",
    productId: payment.productId ?? "",
    mchOrderNo: payment.clientNo ?? "",
    amount: fenOfYuan(payment.amount).toString(),
    status: payStatus(payment),
    channelOrderNo: payment.walletNo ?? "",
    // JSON in a string, as the document's examples have it; which bank paid is the wallet's secret.
    channelAttach: payment.paidAt === null ? "" : JSON.stringify({ bank_type: "OTHERS", trade_type: `pay.${payment.method}` }),
    paySuccTime: payment.paidAt === null ? "" : payment.paidAt.getTime().toString(),
  } satisfies Record<string, string>;
}
