import type { Payment } from "#lib/dialects/backend.ts";

/** Both documents have a half for each wallet company. */
export type Wallet = "wechat" | "alipay";

/** Whose half a payment belongs to. */
export function walletOf(payment: Payment): Wallet {
  return payment.method.startsWith("alipay.") ? "alipay" : "wechat";
}
