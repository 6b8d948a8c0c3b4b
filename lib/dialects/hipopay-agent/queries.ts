import type { WireReply } from "#lib/dialects/dialect.ts";
import type { Json } from "#lib/dialects/hipopay/json.ts";
import { type Call, merchantRefusal, NUMBER_NAMES, paymentBy, type Route } from "#lib/dialects/hipopay-agent/call.ts";
import { readForm } from "#lib/dialects/hipopay-agent/form.ts";
import { badField, MISSPELT_SUCCESS, success, successWithRate, walletError } from "#lib/dialects/hipopay-agent/reply.ts";
import { alipayQueriedOrder, queriedOrder, queriedOrderV2, refundShapeV2 } from "#lib/dialects/hipopay-agent/shapes.ts";

/** What is asked without changing anything: orders, rates, and a mini program's openid. */
export const QUERY_ROUTES: readonly Route[] = [
  { method: "GET", path: "/order", access: "signed", answer: order },
  { method: "GET", path: "/alipay/order", access: "signed", answer: alipayOrder },
  { method: "GET", path: "/rate", access: "signed", answer: rate },
  { method: "GET", path: "/alipay/rate", access: "signed", answer: alipayRate },
  { method: "GET", path: "/mini_program/openid", access: "signed", assumed: true, answer: openid },
];

// seeds/000 §4.9
async function order(call: Call): Promise<WireReply> {
  const form = readForm(call.fields, [], [NUMBER_NAMES.wechat.no, NUMBER_NAMES.wechat.clientNo]);
  if (!form.ok) return form.reply;
  const payment = await paymentBy(call, form.value, "wechat");
  if (!payment.ok) return payment.reply;
  if (call.version !== "2.0") return success({ order: queriedOrder(payment.value) });
  const refunds = await call.backend.findRefunds(call.caller, { paymentNo: payment.value.no });
  return success({ order: queriedOrderV2(payment.value), refunds: refunds.map(refundShapeV2) });
}

// seeds/000 §6.5
async function alipayOrder(call: Call): Promise<WireReply> {
  const form = readForm(call.fields, [], [NUMBER_NAMES.alipay.no, NUMBER_NAMES.alipay.clientNo]);
  if (!form.ok) return form.reply;
  const payment = await paymentBy(call, form.value, "alipay");
  return payment.ok ? success({ order: alipayQueriedOrder(payment.value) }, MISSPELT_SUCCESS) : payment.reply;
}

// seeds/000 §4.11
async function rate(call: Call): Promise<WireReply> {
  const form = readForm(call.fields, ["merchant_no", "currency"], []);
  if (!form.ok) return form.reply;
  const refusal = merchantRefusal(call, form.value.need("merchant_no"));
  return refusal ?? rateReply(call, "wechat", form.value.need("currency"), success);
}

// seeds/000 §6.8
async function alipayRate(call: Call): Promise<WireReply> {
  const form = readForm(call.fields, ["currency"], []);
  return form.ok ? rateReply(call, "alipay", form.value.need("currency"), successWithRate) : form.reply;
}

async function rateReply(call: Call, wallet: "wechat" | "alipay", currency: string, shape: (rate: Json) => WireReply) {
  const found = await call.backend.rate(wallet, currency);
  return found === null ? badField("currency", "没有该币种的汇率") : shape({ currency, rate: found });
}

// seeds/000 §4.4 step 2; 40029 is WeChat's word for a login code that is used or old.
async function openid(call: Call): Promise<WireReply> {
  const form = readForm(call.fields, ["code", "merchant_no"], []);
  if (!form.ok) return form.reply;
  const merchantNo = form.value.need("merchant_no");
  const refusal = merchantRefusal(call, merchantNo);
  if (refusal) return refusal;
  const found = await call.backend.openid(call.caller, merchantNo, form.value.need("code"));
  return found === null ? walletError("40029", "invalid code") : success({ openid: found });
}
