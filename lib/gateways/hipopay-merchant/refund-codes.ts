import type { RefusalCode } from "#lib/gateways/gateway.ts";

/**
 * What a refund that FAILed with a code means for its number. `failed`: it did not happen. `again`: the same number is to
 * be sent again ("need retry", "try later", too many requests, not credited yet; WeChat says so of SYSTEMERROR too). `ask`: it may have happened, or the
 * number is known there; only a query tells. Money held back is released by `failed` alone.
 */
type Then = "failed" | "again" | "ask";

/** A code of §21: the document's message (misprints and all), our word for it, and what follows. */
export type RefundCode = readonly [message: string, word: RefusalCode, then: Then];

/**
 * seeds/001 §21, every code from 0001 on: 00xx HipoPay's, 01xx WeChat's, 02xx Alipay's. `0000` says that nothing is wrong; with
 * FAIL it is a contradiction.
 */
export const REFUND_CODES: Readonly<Record<string, RefundCode>> = {
  "0001": ["Refund xxxxxxxx Already Exists.", "duplicate_number", "ask"],
  "0002": ["payment xxxxxxxxxx Not Found.", "not_found", "failed"],
  "0003": ["Refund currency error.", "invalid_request", "failed"],
  "0004": ["Payment not paid yet.", "busy", "again"],
  "0005": ["Payment not credited yet.", "busy", "again"],
  "0006": ["Payment full refunded.", "refund_exceeds", "failed"],
  "0007": ["payment settle_forex rate is -0.1", "wallet_error", "failed"],
  "0008": ["Payment refundable not enough.", "refund_exceeds", "failed"],
  "0009": ["refund amount must more than zero.", "amount_rejected", "failed"],
  "0010": ["merchant has not HKD balance.", "insufficient_balance", "failed"],
  "0011": ["Settled Balance not enough.", "insufficient_balance", "failed"],
  "0012": ["Unsettled Balance not enough.", "insufficient_balance", "failed"],
  "0013": ["Refund xxxxx Invalid", "invalid_request", "failed"],
  "0099": ["SYSYTEM_ERROR", "wallet_error", "ask"],
  "0101": ["NOTENOUGH", "insufficient_balance", "failed"],
  "0102": ["USER_ACCOUNT_ABNORMAL", "wallet_error", "failed"],
  "0103": ["SYSTEMERROR", "busy", "again"],
  "0104": ["BIZERR_NEED_RETRY", "busy", "again"],
  "0105": ["TRADE_OVERDUE", "wallet_error", "failed"],
  "0106": ["ERROR", "wallet_error", "ask"],
  "0107": ["INVALID_REQ_TOO_MUCH", "busy", "again"],
  "0108": ["INVALID_TRANSACTIONID", "not_found", "failed"],
  "0109": ["PARAM_ERROR", "invalid_request", "failed"],
  "0110": ["APPID_NOT_EXIST", "invalid_request", "failed"],
  "0111": ["MCHID_NOT_EXIST", "wallet_error", "failed"],
  "0112": ["ORDERNOTEXIST", "not_found", "failed"],
  "0113": ["REQUIRE_POST_METHOD", "wallet_error", "failed"],
  "0114": ["SIGNERROR", "wallet_error", "failed"],
  "0115": ["XML_FORMAT_ERROR", "wallet_error", "failed"],
  "0116": ["FREQUENCY_LIMITED", "busy", "again"],
  "0117": ["NOAUTH", "forbidden", "failed"],
  "0118": ["CERT_ERROR", "wallet_error", "failed"],
  "0119": ["REFUND_FEE_MISMATCH", "duplicate_number", "ask"],
  "0120": ["INVALID_REQUEST", "invalid_request", "failed"],
  "0121": ["ORDER_NOT_READY", "busy", "again"],
  "0199": ["SYSYTEM_ERROR", "wallet_error", "ask"],
  "0201": ["MERCHANT_BALANCE_NOT_ENOUGH", "insufficient_balance", "failed"],
  "0202": ["REFUNDMENT_VALID_DATE_EXCEED", "wallet_error", "failed"],
  "0203": ["SYSTEM_EXCEPTION", "wallet_error", "ask"],
  "0204": ["ILLEGAL_ARGUMENT", "invalid_request", "failed"],
  "0205": ["REPEATED_REFUNDMENT_REQUEST", "duplicate_number", "ask"],
  "0206": ["RETURN_AMOUNT_EXCEED", "refund_exceeds", "failed"],
  "0207": ["CURRENCY_NOT_SAME", "invalid_request", "failed"],
  "0208": ["PURCHASE_TRADE_NOT_EXIST", "not_found", "failed"],
  "0209": ["TRADE_NOT_EXIST", "not_found", "failed"],
  "0210": ["TRADE_STATUS_ERROR", "wallet_error", "failed"],
  "0211": ["REFUND_AMT_RESTRICTION", "amount_rejected", "failed"],
  "0212": ["BUYER_NOT_EXIST", "wallet_error", "failed"],
  "0213": ["REFUND_CHARGE_ERROR", "wallet_error", "failed"],
  "0214": ["INVALID_PARAMETER", "invalid_request", "failed"],
  "0215": ["REASON_TRADE_BEEN_FREEZEN", "wallet_error", "failed"],
  "0216": ["REQUEST_AMOUNT_EXCEED", "refund_exceeds", "failed"],
  "0217": ["ILLEGAL_SIGN", "wallet_error", "failed"],
  "0218": ["ILLEGAL_SERVICE", "wallet_error", "failed"],
  "0219": ["ILLEGAL_PARTNER", "wallet_error", "failed"],
  "0220": ["ILLEGAL_SIGN_TYPE", "wallet_error", "failed"],
  "0221": ["ILLEGAL_PARTNER_EXTERFACE", "wallet_error", "failed"],
  "0222": ["ILLEGAL_DYN_MD5_KEY", "wallet_error", "failed"],
  "0223": ["ILLEGAL_ENCRYPT", "wallet_error", "failed"],
  "0224": ["ILLEGAL_USER", "wallet_error", "failed"],
  "0225": ["ILLEGAL_EXTERFACE", "wallet_error", "failed"],
  "0226": ["ILLEGAL_AGENT", "wallet_error", "failed"],
  "0227": ["HAS_NO_PRIVILEGE", "forbidden", "failed"],
  "0228": ["INVALID_CHARACTER_SET", "wallet_error", "failed"],
  "0229": ["SYSTEM_ERROR", "wallet_error", "ask"],
  "0230": ["SESSION_TIMEOUT", "wallet_error", "ask"],
  "0231": ["ILLEGAL_TARGET_SERVICE", "wallet_error", "failed"],
  "0232": ["ILLEGAL_ACCESS_SWITCH_SYSTEM", "wallet_error", "failed"],
  "0233": ["EXTERFACE_IS_CLOSED", "wallet_error", "failed"],
  "0299": ["SYSYTEM_ERROR", "wallet_error", "ask"],
};

/** The row of a code, or null when the document has no such code. */
export function refundCode(code: string): RefundCode | null {
  return Object.hasOwn(REFUND_CODES, code) ? (REFUND_CODES[code] ?? null) : null;
}
