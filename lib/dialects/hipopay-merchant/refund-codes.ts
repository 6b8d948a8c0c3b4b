import type { Problem } from "#lib/dialects/backend.ts";
import type { Wallet } from "#lib/dialects/hipopay/wallet.ts";
import type { ErrorCode } from "#lib/dialects/hipopay-merchant/errors.ts";

/** seeds/001, Refund Code, letter for letter: 00xx are HipoPay's own, 01xx WeChat Pay's, 02xx Alipay's. Remarks as printed. */
export const REFUND_CODES = {
  "0000": "Refund Processing",
  "0001": "Refund xxxxxxxx Already Exists.",
  "0002": "payment xxxxxxxxxx Not Found.",
  "0003": "Refund currency error.",
  "0004": "Payment not paid yet.",
  "0005": "Payment not credited yet.",
  "0006": "Payment full refunded.",
  "0007": "payment settle_forex rate is -0.1",
  "0008": "Payment refundable not enough.",
  "0009": "refund amount must more than zero.",
  "0010": "merchant has not HKD balance.",
  "0011": "Settled Balance not enough.",
  "0012": "Unsettled Balance not enough.",
  "0013": "Refund xxxxx Invalid",
  "0099": "SYSYTEM_ERROR",
  "0101": "NOTENOUGH", // merchant balance not enough for refunding
  "0102": "USER_ACCOUNT_ABNORMAL", // User account signed out
  "0103": "SYSTEMERROR", // API Errore
  "0104": "BIZERR_NEED_RETRY", // Need retry
  "0105": "TRADE_OVERDUE", // payment expeired
  "0106": "ERROR", // Channel Error
  "0107": "INVALID_REQ_TOO_MUCH", // invalid request too much
  "0108": "INVALID_TRANSACTIONID", // invalid transaction_id
  "0109": "PARAM_ERROR", // param error
  "0110": "APPID_NOT_EXIST", // appid not exist
  "0111": "MCHID_NOT_EXIST", // mchid not exist
  "0112": "ORDERNOTEXIST", // payment not exist
  "0113": "REQUIRE_POST_METHOD",
  "0114": "SIGNERROR",
  "0115": "XML_FORMAT_ERROR",
  "0116": "FREQUENCY_LIMITED",
  "0117": "NOAUTH",
  "0118": "CERT_ERROR",
  "0119": "REFUND_FEE_MISMATCH", // double request different amount
  "0120": "INVALID_REQUEST", // param error
  "0121": "ORDER_NOT_READY", // payment processing ,try later
  "0199": "SYSYTEM_ERROR", // wechatpay unknown error
  "0201": "MERCHANT_BALANCE_NOT_ENOUGH",
  "0202": "REFUNDMENT_VALID_DATE_EXCEED",
  "0203": "SYSTEM_EXCEPTION",
  "0204": "ILLEGAL_ARGUMENT",
  "0205": "REPEATED_REFUNDMENT_REQUEST",
  "0206": "RETURN_AMOUNT_EXCEED",
  "0207": "CURRENCY_NOT_SAME",
  "0208": "PURCHASE_TRADE_NOT_EXIST",
  "0209": "TRADE_NOT_EXIST",
  "0210": "TRADE_STATUS_ERROR",
  "0211": "REFUND_AMT_RESTRICTION",
  "0212": "BUYER_NOT_EXIST",
  "0213": "REFUND_CHARGE_ERROR",
  "0214": "INVALID_PARAMETER",
  "0215": "REASON_TRADE_BEEN_FREEZEN",
  "0216": "REQUEST_AMOUNT_EXCEED",
  "0217": "ILLEGAL_SIGN",
  "0218": "ILLEGAL_SERVICE",
  "0219": "ILLEGAL_PARTNER",
  "0220": "ILLEGAL_SIGN_TYPE",
  "0221": "ILLEGAL_PARTNER_EXTERFACE",
  "0222": "ILLEGAL_DYN_MD5_KEY",
  "0223": "ILLEGAL_ENCRYPT",
  "0224": "ILLEGAL_USER",
  "0225": "ILLEGAL_EXTERFACE",
  "0226": "ILLEGAL_AGENT",
  "0227": "HAS_NO_PRIVILEGE",
  "0228": "INVALID_CHARACTER_SET",
  "0229": "SYSTEM_ERROR",
  "0230": "SESSION_TIMEOUT",
  "0231": "ILLEGAL_TARGET_SERVICE",
  "0232": "ILLEGAL_ACCESS_SWITCH_SYSTEM",
  "0233": "EXTERFACE_IS_CLOSED",
  "0299": "SYSYTEM_ERROR", // alipay unknow error
} as const;

export type RefundCode = keyof typeof REFUND_CODES;

/** How a refund that was not made is told: as a refund with `status: FAIL` and a code, or as an error. */
export type RefundAnswer = { code: RefundCode } | { error: ErrorCode };

/** Code and error for each problem of the backend (assumed: the document gives the lists, not which is which). */
export const REFUND_PROBLEMS: Readonly<Record<Problem, Readonly<Record<Wallet, RefundAnswer>>>> = {
  duplicate_number: both({ code: "0001" }),
  not_found: both({ code: "0002" }),
  currency_not_supported: both({ code: "0003" }),
  not_paid: both({ code: "0004" }),
  already_closed: both({ code: "0004" }),
  refund_exceeds: both({ code: "0008" }),
  balance_insufficient: both({ code: "0011" }),
  amount_invalid: both({ error: "REFUND_AMOUNT_INVALID" }),
  unknown_merchant: both({ error: "ILLEGAL_PARTNER" }),
  // Not known whether it was made. WeChat has a code that says "the same number again"; Alipay has none, and a FAIL would say too much.
  wallet_down: { wechat: { code: "0104" }, alipay: { error: "SYSTEMERROR" } },
  unavailable: both({ error: "SYSTEM_EXCEPTION" }),
  method_unavailable: { wechat: { code: "0117" }, alipay: { code: "0227" } },
  channel_refused: { wechat: { code: "0106" }, alipay: { code: "0299" } },
  notify_address_invalid: { wechat: { code: "0120" }, alipay: { code: "0210" } },
  already_paid: { wechat: { code: "0120" }, alipay: { code: "0210" } },
  already_declared: { wechat: { code: "0120" }, alipay: { code: "0210" } },
  auth_code_invalid: { wechat: { code: "0120" }, alipay: { code: "0214" } },
  auth_code_expired: { wechat: { code: "0120" }, alipay: { code: "0214" } },
};

/** The code of a refund that exists: processing and success share the one the examples print. */
export const STATE_CODES: Readonly<Record<"SUCCESS" | "PROCESSING" | "FAIL", Readonly<Record<Wallet, RefundCode>>>> = {
  SUCCESS: { wechat: "0000", alipay: "0000" },
  PROCESSING: { wechat: "0000", alipay: "0000" },
  FAIL: { wechat: "0106", alipay: "0299" },
};

function both(answer: RefundAnswer): Record<Wallet, RefundAnswer> {
  return { wechat: answer, alipay: answer };
}
