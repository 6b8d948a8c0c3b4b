import type { NewPayment, Payment } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { type Form, isOn, readForm } from "#lib/dialects/hipopay/form.ts";
import type { Wallet } from "#lib/dialects/hipopay/wallet.ts";
import { ASSUMED } from "#lib/dialects/hipopay-merchant/assumed.ts";
import { type Call, merchantOf, type Route } from "#lib/dialects/hipopay-merchant/call.ts";
import { badRequest, problemReply, refuse, type Step, success } from "#lib/dialects/hipopay-merchant/reply.ts";
import { newOrder, type Remembered, type Shape } from "#lib/dialects/hipopay-merchant/shapes.ts";

/** An endpoint that creates a payment, as data. */
export interface Creation {
  path: string;
  access?: Route["access"];
  wallet: Wallet;
  /** The product's word for how the shopper pays. */
  pays: string;
  /** The path itself is for Hong Kong wallets. */
  hongKong?: true;
  /** Beyond what every order needs. */
  required?: readonly string[];
  /** What the shopper's wallet needs to pay it. */
  presentation(payment: Payment, call: Call): Shape;
}

const REQUIRED = ["out_trade_id", "amount", "currency", "product_info", "client_ip"];
const OPTIONAL = ["merchant_no", "notify_url", "return_url", "is_rmb", "hk_wallet", "response_version", "device_info", "appid", "openid"];
const NAMED = { currency: "FOREX_MERCHANT_NOT_SUPPORT_THIS_CURRENCY" } as const;

/** The route of a creation: fields, merchant, backend, reply, in that order. */
export function creationRoute(creation: Creation): Route {
  return { method: "POST", path: creation.path, access: creation.access ?? "signed", answer: (call) => answer(creation, call) };
}

async function answer(creation: Creation, call: Call): Promise<WireReply> {
  const required = [...REQUIRED, ...(creation.required ?? [])];
  const form = readForm(call.fields, { required, optional: OPTIONAL.filter((name) => !required.includes(name)) });
  if (!form.ok) return badRequest(form.fault, NAMED);
  const merchantNo = merchantOf(call, form.value);
  if (!merchantNo.ok) return merchantNo.reply;
  const extra = await extraOf(creation, form.value, call);
  if (!extra.ok) return extra.reply;
  const asked = newPayment(creation, form.value, merchantNo.value, extra.value);
  const created = await call.backend.create(call.caller, asked);
  if (!created.ok) return problemReply(created.problem);
  return success({ ...newOrder(created.value), ...creation.presentation(created.value, call) });
}

async function extraOf(creation: Creation, form: Form, call: Call): Promise<Step<Remembered>> {
  const extra: Remembered = {};
  if (creation.hongKong || isOn(form.get("hk_wallet"))) extra.hk_wallet = "TRUE";
  if (form.get("response_version") === "3.0") extra.response_version = "3.0";
  if (!isOn(form.get("is_rmb"))) return { ok: true, value: extra };
  const settled = form.need("currency");
  const rate = await call.backend.rate(creation.wallet, settled);
  if (rate === null) return { ok: false, reply: refuse(NAMED.currency) };
  return { ok: true, value: { ...extra, is_rmb: "TRUE", settle_currency: settled, exchange_rate: rate } };
}

function newPayment(creation: Creation, form: Form, merchantNo: string, extra: Remembered): NewPayment {
  return {
    method: creation.pays,
    merchantNo,
    clientNo: form.need("out_trade_id"),
    currency: extra.is_rmb ? ASSUMED.pricedIn : form.need("currency"),
    amount: form.need("amount"),
    subject: form.need("product_info"),
    notifyUrl: form.get("notify_url"),
    returnUrl: form.get("return_url"),
    ip: form.need("client_ip"),
    openid: form.get("openid"),
    authCode: form.get("auth_code"),
    deviceInfo: form.get("device_info"),
    productId: null,
    appId: form.get("appid"),
    extra: { ...extra },
  };
}
