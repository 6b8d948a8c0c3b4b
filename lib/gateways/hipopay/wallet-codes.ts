import type { RefusalCode } from "#lib/gateways/gateway.ts";

/**
 * WeChat Pay's own codes (micropay, unifiedorder, refund, query), which HipoPay passes on: the `wx_code` of a 555 (seeds/000
 * §3). `pending`: the shopper is still typing a password. `unknown`: WeChat itself says to query. A code that is not here is
 * unknown.
 */
export const WX_CODES: Readonly<Record<string, RefusalCode | "pending" | "unknown">> = {
  USERPAYING: "pending",
  SYSTEMERROR: "unknown",
  SYSTEM_ERROR: "unknown",
  BANKERROR: "unknown",
  BIZERR_NEED_RETRY: "unknown",
  ORDER_NOT_READY: "unknown",
  ERROR: "unknown",
  AUTHCODEEXPIRE: "code_expired",
  AUTH_CODE_ERROR: "code_expired",
  AUTH_CODE_INVALID: "invalid_request",
  NOTENOUGH: "insufficient_balance",
  NOTSUPORTCARD: "wallet_error",
  ORDERPAID: "already_paid",
  ORDERCLOSED: "already_closed",
  ORDERREVERSED: "already_closed",
  OUT_TRADE_NO_USED: "duplicate_number",
  BUYER_MISMATCH: "duplicate_number",
  ORDERNOTEXIST: "not_found",
  REFUNDNOTEXIST: "not_found",
  INVALID_TRANSACTIONID: "not_found",
  REFUND_FEE_MISMATCH: "amount_rejected",
  REFUND_AMOUNT_EXCEEDED: "refund_exceeds",
  TRADE_OVERDUE: "wallet_error",
  TRADE_ERROR: "wallet_error",
  USER_ACCOUNT_ABNORMAL: "wallet_error",
  FREQUENCY_LIMITED: "busy",
  RATELIMIT_EXCEEDED: "busy",
  INVALID_REQ_TOO_MUCH: "busy",
  NOAUTH: "forbidden",
  PARAM_ERROR: "invalid_request",
  INVALID_REQUEST: "invalid_request",
  LACK_PARAMS: "invalid_request",
  APPID_NOT_EXIST: "invalid_request",
  APPID_MCHID_NOT_MATCH: "invalid_request",
  NOT_UTF8: "invalid_request",
  // A mini program's login code (WeChat jscode2session): wrong, used, expired.
  "40029": "code_expired",
  "40163": "code_expired",
  "42003": "code_expired",
  // The chain between HipoPay and WeChat, not ours: nothing a corrected request of ours would change.
  MCHID_NOT_EXIST: "wallet_error",
  SIGNERROR: "wallet_error",
  CERT_ERROR: "wallet_error",
  XML_FORMAT_ERROR: "wallet_error",
  POST_DATA_EMPTY: "wallet_error",
  REQUIRE_POST_METHOD: "wallet_error",
};
