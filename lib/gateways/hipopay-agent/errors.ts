import type { RefusalCode } from "#lib/gateways/gateway.ts";

/** seeds/000 §3: HTTP statuses of the agent's API. 500 and 503 may have acted before they failed. 555 is WeChat's word: see below. */
export const STATUS_CODES: Readonly<Record<string, RefusalCode | "unknown" | "wechat">> = {
  "400": "invalid_request",
  "401": "signature_rejected",
  "403": "forbidden",
  "404": "not_found",
  "411": "clock_skew",
  "500": "unknown",
  "503": "unknown",
  "555": "wechat",
};
