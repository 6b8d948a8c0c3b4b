import type { Payment } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { type Call, paymentBy, type Route } from "#lib/dialects/mpgateway/call.ts";
import { fenOfYuan } from "#lib/dialects/mpgateway/fen.ts";
import { readForm } from "#lib/dialects/mpgateway/form.ts";
import { isRefusal, PROBLEMS, refusal, success } from "#lib/dialects/mpgateway/reply.ts";
import { resultFields } from "#lib/dialects/mpgateway/result.ts";

/** What is asked and done about an order that exists: 交易查询 (seeds/002 §3.5) and 交易取消 (§3.6). */
export const ORDER_ROUTES: readonly Route[] = [
  { method: "POST", path: "/api/query", answer: (call) => answer(call, query) },
  { method: "POST", path: "/api/cancel", answer: (call) => answer(call, cancel) },
];

type Act = (call: Call, payment: Payment) => Promise<WireReply>;

async function answer(call: Call, act: Act): Promise<WireReply> {
  const { caller, fields } = call;
  // The orderid is not held to its form here: it finds an order or it does not.
  const form = readForm(fields, ["merid"], []);
  const found = isRefusal(form) ? form : await paymentBy(call, form);
  if (isRefusal(found)) {
    return refusal(caller, found, { merid: caller.callerNo, queryid: fields.get("queryid") ?? "", orderid: fields.get("orderid") ?? "" });
  }
  return act(call, found);
}

async function query({ caller }: Call, payment: Payment): Promise<WireReply> {
  return success(caller, resultFields(payment, caller.callerNo));
}

/**
 * An unpaid order is closed; a paid one is refused. One that ended unpaid answers 00 again (assumed): a caller whose
 * first answer was lost may repeat the cancel.
 */
async function cancel({ caller, backend }: Call, payment: Payment): Promise<WireReply> {
  const numbers = {
    queryid: payment.no,
    txnamt: fenOfYuan(payment.amount),
    merid: caller.callerNo,
    orderid: payment.clientNo ?? "",
  };
  if (payment.state === "PAID") return refusal(caller, PROBLEMS.already_paid, numbers);
  if (payment.state !== "INIT") return success(caller, numbers);
  const closed = await backend.close(caller, payment);
  return closed.ok ? success(caller, numbers) : refusal(caller, PROBLEMS[closed.problem], numbers);
}
