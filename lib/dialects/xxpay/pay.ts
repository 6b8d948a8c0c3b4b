import { sha256Hex } from "#lib/crypto/digest.ts";
import type { NewPayment, Payment } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import type { Call, Route } from "#lib/dialects/xxpay/call.ts";
import { yuanOfFen } from "#lib/dialects/xxpay/fen.ts";
import { type Form, readForm, wrong } from "#lib/dialects/xxpay/form.ts";
import { readObject } from "#lib/dialects/xxpay/json.ts";
import { demandRoot, payUrlOf } from "#lib/dialects/xxpay/pay-url.ts";
import { PRODUCTS, type Product } from "#lib/dialects/xxpay/products.ts";
import { isRefusal, PROBLEMS, refuse, success } from "#lib/dialects/xxpay/reply.ts";
import { canonicalText, type Fields } from "#lib/dialects/xxpay/signature.ts";

const REQUIRED = ["mchId", "appId", "productId", "mchOrderNo", "currency", "amount", "notifyUrl", "subject", "body"];
const OPTIONAL = ["clientIp", "device", "returnUrl", "param1", "param2"];

/** 统一下单 (seeds/003 §2.1). */
export const PAY_ROUTE: Route = { path: "/api/pay/create_order", answer: createOrder };

async function createOrder(call: Call): Promise<WireReply> {
  const form = readForm(call.fields, REQUIRED, OPTIONAL);
  if (isRefusal(form)) return refuse(form);
  const product = PRODUCTS.get(form.need("productId"));
  if (!product) return refuse(wrong("productId", "不存在"));
  if (product.pays === "bank.transfer" && !isRemitter(form.get("param1"))) {
    return refuse(wrong("param1", "必须为 汇款人银行代码;汇款人户名;汇款人帐户号"));
  }
  demandRoot(product, call);
  const request = sha256Hex(canonicalText(call.fields));
  const created = await call.backend.create(call.caller, newPayment(call, product, form, request));
  if (created.ok) return accepted(call, product, created.value);
  if (created.problem !== "duplicate_number") return refuse(PROBLEMS[created.problem]);
  return again(call, product, { clientNo: form.need("mchOrderNo"), request });
}

/** The same parameters again are the same order (seeds/003 §4.2: "请用相同参数重新调用"); other parameters under its number are not. */
async function again(call: Call, product: Product, asked: { clientNo: string; request: string }): Promise<WireReply> {
  const found = await call.backend.find(call.caller, { clientNo: asked.clientNo });
  if (found?.extra.request !== asked.request) return refuse(wrong("mchOrderNo", "商户订单号重复"));
  if (found.state === "PAID") return refuse(PROBLEMS.already_paid);
  return found.state === "INIT" ? accepted(call, product, found) : refuse(PROBLEMS.already_closed);
}

function accepted(call: Call, product: Product, payment: Payment): WireReply {
  return success(call.caller, { payOrderId: payment.no, payParams: { payUrl: payUrlOf(product, payment, call) } });
}

function newPayment(call: Call, product: Product, form: Form, request: string): NewPayment {
  const amount = yuanOfFen(form.need("amount"));
  if (amount === null) throw new Error("a checked amount is none");
  return {
    method: product.pays,
    merchantNo: call.caller.callerNo,
    clientNo: form.need("mchOrderNo"),
    currency: "CNY",
    amount,
    subject: form.need("subject"),
    notifyUrl: form.need("notifyUrl"),
    returnUrl: form.get("returnUrl"),
    ip: form.get("clientIp"),
    openid: openidOf(call.fields),
    authCode: null,
    deviceInfo: form.get("device"),
    productId: form.need("productId"),
    appId: form.need("appId"),
    // `request` is what "the same parameters" means; the two others come back in every notice (§2.3.2).
    extra: { request, param1: form.get("param1") ?? "", param2: form.get("param2") ?? "" },
  };
}

// §2.1.4: three columns, none empty.
function isRemitter(param1: string | null): boolean {
  const columns = (param1 ?? "").split(";");
  return columns.length === 3 && columns.every((column) => column.trim() !== "");
}

// Undocumented, but sent by real clients: `extra` is JSON text with an `openId`; without it the page asks WeChat.
function openidOf(fields: Fields): string | null {
  return readObject(fields.get("extra") ?? "")?.get("openId") || null;
}
