import type { Problem } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { type Shape, toJson } from "#lib/dialects/fengniao/json.ts";

/** Every 状态码 of seeds/004 §3.4, in its words. 1000 means "outcome unknown" to a careful caller. */
export const CODES = {
  0: "成功",
  1000: "系统错误",
  10001: "无效的APPID",
  10002: "无效的签名",
  10003: "无效的商户号",
  10005: "无效的微信公众号APPID",
  10006: "交易通道已关闭",
  10007: "调用IP未授权",
  10008: "无效的参数",
  10009: "无效的子商户号",
  10010: "子商户号未审核",
  10011: "支付商户不存在或不可用",
  10012: "此商户交易已关闭",
  12001: "订单号已存在",
  12002: "未找到订单信息",
  12003: "退款单号已存在",
  12004: "未找到退款信息",
  13001: "无权限访问该方法",
  14001: "订单还未支付",
  14500: "当前时间段不允许退款",
  15001: "银联渠道未配置",
  15002: "银联产品ID未找到",
  15501: "当前商户正在提现",
  15502: "提现配置不正确",
  15503: "可提现余额不足",
} as const;

export type Code = keyof typeof CODES;

/** A value, or the reply that says why there is none. */
export type Step<T> = { ok: true; value: T } | { ok: false; reply: WireReply };

/** HTTP 200, `error_code` 0 beside the business fields; unsigned (protocols.md §4). */
export function success(fields: Shape): WireReply {
  return reply(200, { error_code: 0, error_msg: CODES[0], ...fields });
}

/** An error of the document: its code, its words, and behind them what exactly is wrong. HTTP 200 too, unless there is no such address. */
export function refuse(code: Code, detail?: string, status = 200): WireReply {
  return reply(status, { error_code: code, error_msg: detail ? `${CODES[code]}: ${detail}` : CODES[code] });
}

/** 10008 naming the field. */
export function badField(name: string, reason: string): WireReply {
  return refuse(10008, `${name} ${reason}`);
}

/** What an operation calls the things that may be wrong with it. */
export interface Operation {
  number: string;
  amount: string;
  duplicate: Code;
  /** Who has too little: a shopper's wallet has no code in the document, a withdrawing merchant has. */
  short: Code;
}

export const PAYING: Operation = { number: "out_trade_no", amount: "total_amount", duplicate: 12001, short: 10008 };
export const REFUNDING: Operation = { number: "out_refund_no", amount: "refund_fee", duplicate: 12003, short: 15503 };
export const WITHDRAWING: Operation = { number: "out_trade_no", amount: "amount", duplicate: 12001, short: 15503 };

/** From a backend's problem to this gateway's answer. */
export function problemReply(problem: Problem, operation: Operation): WireReply {
  return PROBLEMS[problem](operation);
}

const PROBLEMS: Record<Problem, (operation: Operation) => WireReply> = {
  unknown_merchant: () => refuse(10011, "merchant_no"),
  currency_not_supported: ({ amount }) => badField(amount, "商户不支持人民币"),
  amount_invalid: ({ amount }) => badField(amount, "金额不正确"),
  duplicate_number: ({ duplicate, number }) => refuse(duplicate, number),
  not_found: () => refuse(12002, "out_trade_no"),
  not_paid: () => refuse(14001, "out_trade_no"),
  refund_exceeds: ({ amount }) => badField(amount, "超过可退款金额"),
  auth_code_invalid: () => badField("auth_code", "支付码无效"),
  auth_code_expired: () => badField("auth_code", "支付码已过期,请用户刷新后再试"),
  balance_insufficient: ({ short, amount }) => refuse(short, `${amount} 余额不足`),
  already_declared: () => refuse(12001, "out_trade_no"),
  already_paid: () => badField("out_trade_no", "订单已支付"),
  already_closed: () => badField("out_trade_no", "订单已关闭"),
  unavailable: () => refuse(10006),
  wallet_down: () => refuse(1000),
  method_unavailable: () => refuse(13001, "未开通该支付方式"),
  channel_refused: ({ number }) => badField(number, "渠道拒绝交易"),
  notify_address_invalid: () => badField("notify_url", "不能接收通知"),
};

function reply(status: number, body: Shape): WireReply {
  return { status, headers: { "Content-Type": "application/json; charset=utf-8" }, body: toJson(body) };
}
