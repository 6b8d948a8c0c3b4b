import type { WireReply } from "#lib/dialects/dialect.ts";
import { decimal, decimalText, inverse } from "#lib/dialects/hipopay/decimal.ts";
import { readForm } from "#lib/dialects/hipopay/form.ts";
import type { Wallet } from "#lib/dialects/hipopay/wallet.ts";
import { type Call, NUMBERS, paymentBy, type Route } from "#lib/dialects/hipopay-merchant/call.ts";
import { badRequest, refuse, success } from "#lib/dialects/hipopay-merchant/reply.ts";
import { queriedOrder } from "#lib/dialects/hipopay-merchant/shapes.ts";

/** What is asked without changing anything: orders and rates. `rate` is an older name (protocols.md §1). */
export const QUERY_ROUTES: readonly Route[] = [
  { method: "GET", path: "/payment", access: "signed", answer: payment },
  { method: "GET", path: "/wechatpay/forex_rate", access: "signed", answer: (call) => rate(call, "wechat") },
  { method: "GET", path: "/wechatpay/rate", access: "signed", answer: (call) => rate(call, "wechat") },
  { method: "GET", path: "/alipay/forex_rate", access: "signed", answer: (call) => rate(call, "alipay") },
  { method: "GET", path: "/alipay/rate", access: "signed", answer: (call) => rate(call, "alipay") },
];

async function payment(call: Call): Promise<WireReply> {
  const form = readForm(call.fields, { required: [], optional: [NUMBERS.no, NUMBERS.clientNo] });
  if (!form.ok) return badRequest(form.fault);
  const found = await paymentBy(call, form.value);
  return found.ok ? success(queriedOrder(found.value)) : found.reply;
}

/** seeds/001, Check Exchange Rate: target currency / CNY, the inverse of every other rate on this wire, to 28 digits. */
async function rate(call: Call, wallet: Wallet): Promise<WireReply> {
  const form = readForm(call.fields, { required: ["currency"] });
  if (!form.ok) return badRequest(form.fault, { currency: "CURRENCY_NOT_SUPPORT" });
  const currency = form.value.need("currency");
  const cny = await call.backend.rate(wallet, currency);
  if (cny === null) return refuse("CURRENCY_NOT_SUPPORT");
  return success({ currency, forex_rate: decimalText(inverse(decimal(cny))) });
}
