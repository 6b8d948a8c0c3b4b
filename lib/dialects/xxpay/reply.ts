import type { Caller, Problem } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { type Json, sortedJson } from "#lib/dialects/xxpay/json.ts";
import { keyOf, signatureOf } from "#lib/dialects/xxpay/signature.ts";

/**
 * `errCode` and `retMsg`. seeds/003 §4.2 prints 0010 alone; the others are known from the wild (protocols.md §3). 0001 for
 * a sign that is missing rather than wrong is assumed.
 */
export const ERRORS = {
  no_sign: { code: "0001", words: "商户签名异常" },
  system: { code: "0010", words: "系统错误" },
  signature: { code: "0013", words: "签名失败" },
  parameter: { code: "0014", words: "参数格式校验错误" },
  merchant: { code: "0015", words: "商户不存在" },
  not_found: { code: "0112", words: "订单不存在" },
  already_paid: { code: "0113", words: "订单已支付" },
} as const;

/** Why a request is refused; `detail` names the field where one is wrong. */
export interface Refusal {
  error: keyof typeof ERRORS;
  detail?: string;
}

/** A backend's problem in this gateway's words. 0010 says "unknown" (protocols.md §3), so nothing that surely failed is one. */
export const PROBLEMS: Readonly<Record<Problem, Refusal>> = {
  unknown_merchant: { error: "merchant", detail: "mchId" },
  currency_not_supported: { error: "parameter", detail: "currency 不支持" },
  amount_invalid: { error: "parameter", detail: "amount 金额不正确" },
  duplicate_number: { error: "parameter", detail: "商户订单号重复" },
  not_found: { error: "not_found" },
  not_paid: { error: "parameter", detail: "订单未支付" },
  refund_exceeds: { error: "parameter" },
  auth_code_invalid: { error: "parameter" },
  auth_code_expired: { error: "parameter" },
  balance_insufficient: { error: "parameter", detail: "amount 超过可用余额" },
  already_declared: { error: "parameter" },
  already_paid: { error: "already_paid" },
  already_closed: { error: "parameter", detail: "订单已关闭" },
  unavailable: { error: "system", detail: "请用相同参数重新调用" },
  wallet_down: { error: "system", detail: "系统超时,请用相同参数重新调用" },
  method_unavailable: { error: "parameter", detail: "productId 未开通" },
  channel_refused: { error: "parameter", detail: "渠道拒绝交易" },
  notify_address_invalid: { error: "parameter", detail: "notifyUrl 不能接收通知" },
};

/** True when a step of an answer ended in a refusal. */
export function isRefusal(value: object): value is Refusal {
  return "error" in value;
}

/** retCode SUCCESS, signed over all of it: retCode, retMsg, and what is nested as key-sorted JSON (seeds/003 §2.1.5, protocols.md §3). */
export function success(caller: Caller, values: Readonly<Record<string, Json>>): WireReply {
  const fields = { retCode: "SUCCESS", retMsg: "", ...values };
  const texts = Object.entries(fields).map(([name, value]) => [name, typeof value === "string" ? value : sortedJson(value)] as const);
  return reply({ ...fields, sign: signatureOf(new Map(texts), keyOf(caller)) });
}

/** A `long` of the document as a JSON number, when it is one; an account's number that is not stays text. */
export function whole(text: string): Json {
  return /^(?:0|[1-9]\d{0,17})$/.test(text) ? BigInt(text) : text;
}

/** retCode FAIL with HTTP 200, unsigned (protocols.md §3). */
export function refuse({ error, detail }: Refusal, status = 200): WireReply {
  const { code, words } = ERRORS[error];
  return reply({ retCode: "FAIL", retMsg: words, errCode: code, errDes: detail ?? words }, status);
}

function reply(fields: Readonly<Record<string, Json>>, status = 200): WireReply {
  return { status, headers: { "Content-Type": "application/json; charset=utf-8" }, body: sortedJson(fields) };
}
