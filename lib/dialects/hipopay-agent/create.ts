import type { NewPayment, Payment } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import type { Form } from "#lib/dialects/hipopay/form.ts";
import type { Wallet } from "#lib/dialects/hipopay/wallet.ts";
import { type Call, merchantRefusal, NUMBER_NAMES, type Route } from "#lib/dialects/hipopay-agent/call.ts";
import { readForm, spellingsOf } from "#lib/dialects/hipopay-agent/form.ts";
import { problemReply } from "#lib/dialects/hipopay-agent/reply.ts";

/** An endpoint that creates a payment, as data. */
export interface Creation {
  path: string;
  method: "GET" | "POST";
  access: Route["access"];
  assumed?: true;
  wallet: Wallet;
  /** The product's word for how the shopper pays. */
  pays: string;
  /** Beyond merchant_no, currency, amount and the wallet's word for the product. */
  required: readonly string[];
  /** Beyond notify_url and the wallet's word for the caller's number. */
  optional: readonly string[];
  /** Whether unknown parameters are kept to be given back on return (seeds/000 §4.6.4). */
  keepsExtra?: true;
  reply(payment: Payment, call: Call): WireReply;
}

const SUBJECT: Readonly<Record<Wallet, string>> = { wechat: "product_info", alipay: "subject" };

/** The route of a creation: fields, merchant, backend, reply, in that order. */
export function creationRoute(creation: Creation): Route {
  const { method, path, access } = creation;
  const route = { method, path, access, answer: (call: Call) => answer(creation, call) };
  return creation.assumed ? { ...route, assumed: true } : route;
}

async function answer(creation: Creation, call: Call): Promise<WireReply> {
  const required = ["merchant_no", "currency", "amount", SUBJECT[creation.wallet], ...creation.required];
  const optional = ["notify_url", NUMBER_NAMES[creation.wallet].clientNo, ...creation.optional];
  const form = readForm(call.fields, required, optional);
  if (!form.ok) return form.reply;
  const refusal = merchantRefusal(call, form.value.need("merchant_no"));
  if (refusal) return refusal;
  const extra = creation.keepsExtra ? extraFields(call, [...required, ...optional]) : {};
  const created = await call.backend.create(call.caller, newPayment(creation, form.value, call.clientIp, extra));
  return created.ok ? creation.reply(created.value, call) : problemReply(created.problem, NUMBER_NAMES[creation.wallet]);
}

function newPayment(creation: Creation, form: Form, clientIp: string, extra: Record<string, string>): NewPayment {
  return {
    method: creation.pays,
    merchantNo: form.need("merchant_no"),
    clientNo: form.get(NUMBER_NAMES[creation.wallet].clientNo),
    currency: form.need("currency"),
    amount: form.need("amount"),
    subject: form.need(SUBJECT[creation.wallet]),
    notifyUrl: form.get("notify_url"),
    returnUrl: form.get("return_url"),
    // The document's JSAPI order has an ip though nobody sends one (seeds/000 §4.9): the connection's.
    ip: form.get("ip") ?? (clientIp || null),
    openid: form.get("openid"),
    authCode: form.get("auth_code"),
    deviceInfo: form.get("device_info"),
    productId: form.get("product_id"),
    appId: form.get("appid"),
    extra,
  };
}

function extraFields(call: Call, names: readonly string[]): Record<string, string> {
  const documented = new Set(names.flatMap(spellingsOf));
  return Object.fromEntries([...call.fields].filter(([name]) => !documented.has(name)));
}
