import type { RefusalCode } from "#lib/gateways/gateway.ts";

/**
 * What a failure's `respmsg` says. seeds/002 §4's list of error codes is empty and §3.1.3 knows only "00 and everything else",
 * so the sentence is all there is: `assumed`, first match counts. `unknown` may have acted.
 */
const PHRASES: readonly (readonly [RegExp, RefusalCode | "unknown"])[] = [
  [/签名|验签/, "signature_rejected"],
  [/超时|异常|系统错误|繁忙|处理中|支付中|稍后/, "unknown"],
  [/重复|已存在/, "duplicate_number"],
  [/已(?:经)?(?:支付|付款|成功)/, "already_paid"],
  [/已(?:经)?(?:取消|关闭|撤销)/, "already_closed"],
  [/(?:订单|流水|交易).{0,8}(?:不存在|未找到)|(?:不存在|未找到).{0,4}(?:订单|流水|交易)/, "not_found"],
  [/(?:付款码|二维码|条码|授权码).{0,6}(?:过期|失效|无效|错误|不正确)/, "code_expired"],
  [/余额不足/, "insufficient_balance"],
  [/金额/, "amount_rejected"],
  [/商户(?:号)?.{0,2}(?:不存在|未开通|停用|禁用|未找到)|无.{0,4}权限|权限不足|未开通/, "forbidden"],
  [/参数|格式|不能为空/, "invalid_request"],
];

/** Our word for a failure; one that no phrase fits is the wallet's own no. */
export function refusalOf(respmsg: string): RefusalCode | "unknown" {
  return PHRASES.find(([pattern]) => pattern.test(respmsg))?.[1] ?? "wallet_error";
}

/** Failures after which a scanned code cannot have been charged; after any other, only a query can tell. */
export const SURELY_NOT_CHARGED: ReadonlySet<RefusalCode> = new Set(["signature_rejected", "forbidden", "code_expired", "invalid_request"]);
