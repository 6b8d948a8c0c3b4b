import type { RefusalCode } from "#lib/gateways/gateway.ts";

/**
 * `errCode` of a FAIL. The document prints 0010 alone (§4.2: "call again with the same parameters", so it may have acted); the
 * others are public clients' and servers' (protocols.md §3). A code that is not here is unknown.
 */
export const ERROR_CODES: Readonly<Record<string, RefusalCode | "unknown">> = {
  "0001": "signature_rejected",
  "0010": "unknown",
  "0013": "signature_rejected",
  "0014": "invalid_request",
  "0015": "forbidden",
  "0112": "not_found",
  "0113": "already_paid",
};

/** The two reasons §2.1.5 prints for `retMsg`, for a FAIL without a code. */
const MESSAGES: readonly (readonly [RegExp, RefusalCode])[] = [
  [/签名失败/, "signature_rejected"],
  [/参数格式校验错误/, "invalid_request"],
];

/** Our word for a FAIL. */
export function refusalOf(errCode: string, retMsg: string): RefusalCode | "unknown" {
  if (errCode !== "") return (Object.hasOwn(ERROR_CODES, errCode) && ERROR_CODES[errCode]) || "unknown";
  return MESSAGES.find(([pattern]) => pattern.test(retMsg))?.[1] ?? "unknown";
}
