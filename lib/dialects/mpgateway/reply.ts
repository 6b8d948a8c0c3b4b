import type { Caller, Problem } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { type Value, writeMessage } from "#lib/dialects/mpgateway/message.ts";
import { keyOf, signatureOf } from "#lib/dialects/mpgateway/signature.ts";

/**
 * `respcode`. Only 00 is documented and the error list of seeds/002 §4 is empty, so every other code is assumed; what
 * tells a caller something is `respmsg`.
 */
export const RESPCODES = {
  success: { code: "00", words: "成功" },
  parameter: { code: "01", words: "参数错误", assumed: true },
  merchant: { code: "02", words: "商户号不存在", assumed: true },
  signature: { code: "03", words: "签名错误", assumed: true },
  not_found: { code: "04", words: "订单不存在", assumed: true },
  duplicate: { code: "05", words: "商户订单号重复", assumed: true },
  state: { code: "06", words: "订单状态不允许该操作", assumed: true },
  wallet: { code: "07", words: "支付失败", assumed: true },
  system: { code: "96", words: "系统异常", assumed: true },
} as const;

export type Respcode = keyof typeof RESPCODES;

/** Why a request is refused: the code, and what exactly is wrong, naming the field where one is. */
export interface Refusal {
  respcode: Respcode;
  detail?: string;
}

/** True when a step of an answer ended in a refusal. */
export function isRefusal(value: object): value is Refusal {
  return "respcode" in value;
}

/**
 * A backend's problem in this gateway's words. A scanned code is called 二维码, as the document calls the field (§3.1.2 交易二维码)
 * and WeChat says it: a caller has nothing but these words to tell an old code from a refused charge.
 */
export const PROBLEMS: Readonly<Record<Problem, Refusal>> = {
  unknown_merchant: { respcode: "merchant", detail: "merid" },
  currency_not_supported: { respcode: "parameter", detail: "商户不支持人民币" },
  amount_invalid: { respcode: "parameter", detail: "txnamt 金额不正确" },
  duplicate_number: { respcode: "duplicate", detail: "orderid" },
  not_found: { respcode: "not_found" },
  not_paid: { respcode: "state", detail: "订单未支付" },
  refund_exceeds: { respcode: "state" },
  auth_code_invalid: { respcode: "wallet", detail: "二维码无效" },
  auth_code_expired: { respcode: "wallet", detail: "二维码已过期,请用户刷新后再试" },
  balance_insufficient: { respcode: "wallet", detail: "余额不足" },
  already_declared: { respcode: "state" },
  already_paid: { respcode: "state", detail: "订单已支付" },
  already_closed: { respcode: "state", detail: "订单已取消" },
  unavailable: { respcode: "system", detail: "请稍后查询" },
  wallet_down: { respcode: "system", detail: "渠道超时,请稍后查询" },
  method_unavailable: { respcode: "parameter", detail: "action 未开通" },
  channel_refused: { respcode: "wallet", detail: "渠道拒绝交易" },
  notify_address_invalid: { respcode: "parameter", detail: "backurl 不能接收通知" },
};

/** `{"resp","sign"}` with respcode 00 (protocols.md §2: JSON, not the query string the document shows). */
export function success(caller: Caller, facts: Readonly<Record<string, Value>>): WireReply {
  const { code, words } = RESPCODES.success;
  return enveloped(caller, { respcode: code, respmsg: words, ...facts });
}

/** A refusal, signed. `numbers` repeats what the refused request was about, once its signature is known to be good. */
export function refusal(caller: Caller, why: Refusal, numbers: Readonly<Record<string, Value>> = {}): WireReply {
  return enveloped(caller, { ...failure(why), ...numbers });
}

/** A pre-error: nobody's key is known, so `sign` is empty (seeds/002 §2.2). */
export function preError(why: Refusal, status = 200): WireReply {
  return envelope(status, writeMessage(failure(why)), "");
}

/** A line for a person: the two pages under /wxjsapi are opened by a shopper's browser. */
export function page(status: number, words: string): WireReply {
  return { status, headers: { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff" }, body: words };
}

export function redirect(address: string): WireReply {
  return { status: 302, headers: { Location: address, "Cache-Control": "no-store" }, body: "" };
}

/** The words of a refusal, as `respmsg` and the pages say them. */
export function wordsOf({ respcode, detail }: Refusal): string {
  const { words } = RESPCODES[respcode];
  return detail === undefined ? words : `${words}: ${detail}`;
}

function failure(why: Refusal): { respcode: string; respmsg: string } {
  return { respcode: RESPCODES[why.respcode].code, respmsg: wordsOf(why) };
}

function enveloped(caller: Caller, fields: Readonly<Record<string, Value>>): WireReply {
  const resp = writeMessage(fields);
  return envelope(200, resp, signatureOf(resp, keyOf(caller)));
}

function envelope(status: number, resp: string, sign: string): WireReply {
  return { status, headers: { "Content-Type": "application/json; charset=utf-8" }, body: JSON.stringify({ resp, sign }) };
}
