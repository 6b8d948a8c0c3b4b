import type { NewPayment } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { ACTIONS, type Action } from "#lib/dialects/mpgateway/actions.ts";
import type { Call, Route } from "#lib/dialects/mpgateway/call.ts";
import { fenOfYuan, yuanOfFen } from "#lib/dialects/mpgateway/fen.ts";
import { type Form, readForm } from "#lib/dialects/mpgateway/form.ts";
import type { Value } from "#lib/dialects/mpgateway/message.ts";
import { isRefusal, PROBLEMS, refusal, success } from "#lib/dialects/mpgateway/reply.ts";

const REQUIRED = ["action", "txnamt", "merid", "orderid", "backurl"] as const;

/** 交易提交接口 (seeds/002 §3.1): every action creates a payment; respcode 00 says it was taken, never that it was paid. */
export const SUBMIT_ROUTE: Route = { method: "POST", path: "/api/mpgateway", answer: submit };

async function submit(call: Call): Promise<WireReply> {
  const { caller, backend, fields } = call;
  const numbers = numbersOf(call);
  const named = fields.get("action") ?? "";
  const action = ACTIONS.get(named);
  if (named !== "" && !action) return refusal(caller, { respcode: "parameter", detail: "action 不支持" }, numbers);
  const form = readForm(fields, [...REQUIRED, ...(action?.needs ? [action.needs] : [])], ["ip", "openid", "code", "fronturl"]);
  if (isRefusal(form)) return refusal(caller, form, numbers);
  if (!action) throw new Error("an empty action passed as present");
  const created = await backend.create(caller, newPayment(action, form));
  if (!created.ok) return refusal(caller, PROBLEMS[created.problem], numbers);
  const payment = created.value;
  return success(caller, {
    txnamt: fenOfYuan(payment.amount),
    merid: caller.callerNo,
    orderid: form.need("orderid"),
    queryid: payment.no,
    ...(action.formaction ? { formaction: action.formaction(payment, backend) } : {}),
  });
}

function newPayment(action: Action, form: Form): NewPayment {
  const amount = yuanOfFen(form.need("txnamt"));
  if (amount === null) throw new Error("a checked txnamt is no amount");
  return {
    method: action.pays,
    merchantNo: form.need("merid"),
    clientNo: form.need("orderid"),
    currency: "CNY",
    amount,
    // The document has no field for what is sold; the shopper sees the order's number.
    subject: form.need("orderid"),
    notifyUrl: form.need("backurl"),
    returnUrl: action.returns ? form.get("fronturl") : null,
    ip: form.get("ip"),
    openid: form.get("openid"),
    authCode: action.needs === "code" ? form.need("code") : null,
    deviceInfo: null,
    productId: null,
    appId: null,
    extra: {},
  };
}

// §3.1.3: txnamt, merid and orderid are never empty, so a refusal repeats what came, as it came.
function numbersOf({ fields, caller }: Call): Record<string, Value> {
  const txnamt = fields.get("txnamt") ?? "";
  return {
    txnamt: yuanOfFen(txnamt) === null ? txnamt : BigInt(txnamt),
    merid: caller.callerNo,
    orderid: fields.get("orderid") ?? "",
  };
}
