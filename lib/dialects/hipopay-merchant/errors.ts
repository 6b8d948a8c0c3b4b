import type { Problem } from "#lib/dialects/backend.ts";

interface ErrorRow {
  message: string;
  /** The document names no HTTP status: 200 (assumed), but for what is no answer at all. */
  status?: 404 | 500 | 503;
  /** Not among the errors seeds/001 names; the words are those of its refund code table where that has one. */
  assumed?: true;
}

/** Every `error` this gateway answers. The first six are seeds/001's. */
export const ERRORS = {
  FOREX_MERCHANT_NOT_SUPPORT_THIS_CURRENCY: { message: "This currency is not supported" },
  ILLEGAL_SECURITY_PROFILE: { message: "This encryption method is not supported" },
  PAYMENT_NOT_FOUND: { message: "Order not found" },
  CURRENCY_NOT_SUPPORT: { message: "This currency is not supported" },
  REFUND_AMOUNT_INVALID: { message: "Refund amount is invalid" },
  REFUND_NOT_FOUND: { message: "Refund order not found" },
  PARAM_ERROR: { message: "Parameter error", assumed: true },
  ILLEGAL_PARTNER: { message: "merchant_no is not an account of the caller", assumed: true },
  ILLEGAL_SERVICE: { message: "No such interface", status: 404, assumed: true },
  OUT_TRADE_NO_USED: { message: "out_trade_id has been used", assumed: true },
  TRADE_STATUS_ERROR: { message: "Payment not paid yet", assumed: true },
  ORDERPAID: { message: "Payment has been paid", assumed: true },
  ORDERCLOSED: { message: "Payment has been closed", assumed: true },
  AUTH_CODE_INVALID: { message: "auth_code is not valid", assumed: true },
  AUTHCODEEXPIRE: { message: "auth_code has expired", assumed: true },
  NOTENOUGH: { message: "Balance not enough", assumed: true },
  DECLARATION_EXISTS: { message: "Declared already", assumed: true },
  DECLARATION_NOT_FOUND: { message: "Declaration not found", assumed: true },
  CHANNEL_NOT_AVAILABLE: { message: "The merchant has no channel for this product", assumed: true },
  TRADE_ERROR: { message: "The channel refused the payment", assumed: true },
  NOTIFY_URL_INVALID: { message: "notify_url cannot receive notifications", assumed: true },
  SYSTEMERROR: { message: "The wallet did not answer, query the order", assumed: true },
  SYSTEM_EXCEPTION: { message: "Service unavailable, try again later", status: 503, assumed: true },
  SYSTEM_ERROR: { message: "System error", status: 500, assumed: true },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

/** What a backend's problem is called, wherever the endpoint has no better word (refunds: refund-codes.ts). */
export const PROBLEM_ERRORS: Readonly<Record<Problem, ErrorCode>> = {
  unknown_merchant: "ILLEGAL_PARTNER",
  currency_not_supported: "FOREX_MERCHANT_NOT_SUPPORT_THIS_CURRENCY",
  amount_invalid: "PARAM_ERROR",
  duplicate_number: "OUT_TRADE_NO_USED",
  not_found: "PAYMENT_NOT_FOUND",
  not_paid: "TRADE_STATUS_ERROR",
  refund_exceeds: "REFUND_AMOUNT_INVALID",
  already_paid: "ORDERPAID",
  already_closed: "ORDERCLOSED",
  already_declared: "DECLARATION_EXISTS",
  auth_code_invalid: "AUTH_CODE_INVALID",
  auth_code_expired: "AUTHCODEEXPIRE",
  balance_insufficient: "NOTENOUGH",
  wallet_down: "SYSTEMERROR",
  unavailable: "SYSTEM_EXCEPTION",
  method_unavailable: "CHANNEL_NOT_AVAILABLE",
  channel_refused: "TRADE_ERROR",
  notify_address_invalid: "NOTIFY_URL_INVALID",
};
