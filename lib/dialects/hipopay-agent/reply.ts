import type { Problem } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import type { Fault } from "#lib/dialects/hipopay/fault.ts";
import { type Json, toJson } from "#lib/dialects/hipopay/json.ts";
import { wordsOf } from "#lib/dialects/hipopay-agent/words.ts";

/** The statuses of seeds/000 §3, in its words. 500 and 503 mean "outcome unknown" to a careful caller. */
export const STATUS_WORDS = {
  400: "请求参数错误",
  401: "签名错误",
  403: "权限错误",
  404: "未找到资源或对象",
  411: "请求已过时",
  500: "内部服务出错,请稍后重试",
  503: "服务不可用,请稍后重试",
} as const;

export type RefusalStatus = keyof typeof STATUS_WORDS;

/** A value, or the reply that says why there is none. */
export type Step<T> = { ok: true; value: T } | { ok: false; reply: WireReply };

/** Some examples of the document say this instead of 请求成功 (seeds/000 §4.5, §6.5). */
export const MISSPELT_SUCCESS = "Requset Successes";

/** `{meta, data}` with HTTP 200. */
export function success(data: Json, message = "请求成功"): WireReply {
  return reply(200, { meta: meta(200, message, true), data });
}

/** Alipay's rate is the one reply without `data`: `{meta, rate}` (seeds/000 §6.8). */
export function successWithRate(rate: Json): WireReply {
  return reply(200, { meta: meta(200, "请求成功", true), rate });
}

/** An error of seeds/000 §3: the HTTP status repeated in `meta`, with what exactly is wrong behind the document's words. */
export function refuse(status: RefusalStatus, detail?: string): WireReply {
  const words = STATUS_WORDS[status];
  return reply(status, { meta: meta(status, detail ? `${words}: ${detail}` : words, false), data: null });
}

/** 400 naming the field. */
export function badField(name: string, reason: string): WireReply {
  return refuse(400, `${name} ${reason}`);
}

/** 400 saying what is wrong with the request. */
export function badRequest(fault: Fault): WireReply {
  return refuse(400, wordsOf(fault));
}

/** 555: `meta.message` is itself a JSON string (seeds/000 §3). */
export function walletError(wxCode: string, wxMessage: string): WireReply {
  return reply(555, { meta: meta(555, toJson({ wx_message: wxMessage, wx_code: wxCode }), false), data: null });
}

/** From a backend's problem to this gateway's answer; `names` are the endpoint's own spellings of what may be wrong. */
export function problemReply(problem: Problem, names: { clientNo: string; no: string }): WireReply {
  return PROBLEMS[problem](names);
}

// wx_code: WeChat's own list, which seeds/000 §3 points to. It has none for the other problems.
const PROBLEMS: Record<Problem, (names: { clientNo: string; no: string }) => WireReply> = {
  unknown_merchant: () => refuse(403, "merchant_no"),
  currency_not_supported: () => badField("currency", "商户不支持该币种"),
  amount_invalid: () => badField("amount", "金额不正确"),
  duplicate_number: (names) => badField(names.clientNo, "单号重复"),
  not_found: () => refuse(404),
  not_paid: (names) => badField(names.no, "订单未支付"),
  refund_exceeds: () => badField("refund_amount", "超过可退款金额"),
  already_paid: () => walletError("ORDERPAID", "订单已支付"),
  already_closed: () => walletError("ORDERCLOSED", "订单已关闭"),
  already_declared: () => badField("customs", "已经报关"),
  auth_code_invalid: () => walletError("AUTH_CODE_INVALID", "授权码检验错误"),
  auth_code_expired: () => walletError("AUTHCODEEXPIRE", "二维码已过期,请用户在微信上刷新后再试"),
  balance_insufficient: () => walletError("NOTENOUGH", "余额不足"),
  wallet_down: () => walletError("SYSTEMERROR", "系统超时"),
  unavailable: () => refuse(503),
  method_unavailable: () => refuse(403, "未开通该支付方式"),
  channel_refused: () => walletError("TRADE_ERROR", "渠道拒绝交易"),
  notify_address_invalid: () => badField("notify_url", "不能接收通知"),
};

function meta(status: number, message: string, ok: boolean): Json {
  return { status_code: status, message, success: ok };
}

function reply(status: number, body: Json): WireReply {
  return { status, headers: { "Content-Type": "application/json; charset=utf-8" }, body: toJson(body) };
}
