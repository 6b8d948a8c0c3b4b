import type { RefusalCode } from "#lib/gateways/gateway.ts";
import { WX_CODES } from "#lib/gateways/hipopay/wallet-codes.ts";
import { ASSUMED } from "#lib/gateways/hipopay-merchant/assumed.ts";
import { refundCode } from "#lib/gateways/hipopay-merchant/refund-codes.ts";

/** seeds/001 §7–§12, "Error Code". ILLEGAL_SECURITY_PROFILE is what a wrong key or signature is answered with. */
export const ERRORS: Readonly<Record<string, RefusalCode>> = {
  FOREX_MERCHANT_NOT_SUPPORT_THIS_CURRENCY: "unsupported",
  CURRENCY_NOT_SUPPORT: "unsupported",
  ILLEGAL_SECURITY_PROFILE: "signature_rejected",
  PAYMENT_NOT_FOUND: "not_found",
  REFUND_AMOUNT_INVALID: "amount_rejected",
  REFUND_NOT_FOUND: "not_found",
};

/**
 * What an `error` means. Beside the document's own names, a refund's code (§21) and WeChat's words (scan pay) may stand there
 * (assumed). `unknown` where the word says to retry or to ask, and for a word that nobody knows.
 */
export function meaningOf(error: string): RefusalCode | "pending" | "unknown" {
  if (Object.hasOwn(ERRORS, error)) return ERRORS[error] ?? "unknown";
  if (Object.hasOwn(ASSUMED.errors, error)) return ASSUMED.errors[error] ?? "unknown";
  const [, word, then] = refundCode(error) ?? [];
  if (word !== undefined) return then === "failed" ? word : "unknown";
  return Object.hasOwn(WX_CODES, error) ? (WX_CODES[error] ?? "unknown") : "unknown";
}
