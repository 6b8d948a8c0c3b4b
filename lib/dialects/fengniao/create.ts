import type { NewPayment, Payment } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { type Call, type Endpoint, merchantOf } from "#lib/dialects/fengniao/call.ts";
import type { FieldTable, Form } from "#lib/dialects/fengniao/form.ts";
import { type Shape, WireNumber } from "#lib/dialects/fengniao/json.ts";
import { yuan } from "#lib/dialects/fengniao/money.ts";
import { PAYING, problemReply, success } from "#lib/dialects/fengniao/reply.ts";
import type { Method } from "#lib/domain/methods.ts";

/** A method that creates a payment, as data. */
export interface Creation {
  method: string;
  /** The product's word for how the shopper pays. */
  pays: Method;
  needs: FieldTable;
  takes: FieldTable;
  /** A rule of the document between fields: the reply that refuses, or null. */
  refusal?(form: Form): WireReply | null;
  /** What its reply has beside out_trade_no and total_amount. */
  adds(payment: Payment, call: Call): Shape;
}

/** The endpoint of a creation: merchant, rule, backend, reply, in that order. */
export function creationEndpoint(creation: Creation): Endpoint {
  const { method, needs, takes } = creation;
  return { method, needs, takes, answer: (call) => answer(creation, call) };
}

async function answer(creation: Creation, call: Call): Promise<WireReply> {
  const merchantNo = merchantOf(call);
  if (!merchantNo.ok) return merchantNo.reply;
  const refusal = creation.refusal?.(call.form);
  if (refusal) return refusal;
  const created = await call.backend.create(call.caller, newPayment(creation, merchantNo.value, call));
  if (!created.ok) return problemReply(created.problem, PAYING);
  const payment = created.value;
  const echo = { out_trade_no: payment.clientNo, total_amount: new WireNumber(payment.amount) };
  return success({ ...echo, ...creation.adds(payment, call) });
}

function newPayment(creation: Creation, merchantNo: string, { form, signType }: Call): NewPayment {
  return {
    method: creation.pays,
    merchantNo,
    clientNo: form.need("out_trade_no"),
    currency: "CNY",
    amount: yuan(form.need("total_amount")),
    // 支付宝个人码 (§2.8) has no words for what is bought.
    subject: form.get("order_name") ?? form.get("subject") ?? form.need("out_trade_no"),
    notifyUrl: form.get("notify_url"),
    returnUrl: form.get("success_url") ?? form.get("return_url"),
    ip: form.get("spbill_create_ip") ?? form.get("client_ip") ?? form.get("ip"),
    openid: form.get("sub_openid") ?? form.get("user_id"),
    authCode: form.get("auth_code"),
    deviceInfo: null,
    productId: form.get("goods_id"),
    appId: form.get("sub_appid"),
    extra: { sign_type: signType, ...remembered(form) },
  };
}

/** What later notices and returns repeat. A card's number is never kept, only its last four digits. */
function remembered(form: Form): Record<string, string> {
  const kept = ["body", "cancel_url", "bank_code", "pay_type"].flatMap((name): [string, string][] => {
    const text = form.get(name);
    return text === null ? [] : [[name, text]];
  });
  const card = form.get("card_no");
  return Object.fromEntries(card === null ? kept : [...kept, ["card_last4", card.slice(-4)]]);
}
