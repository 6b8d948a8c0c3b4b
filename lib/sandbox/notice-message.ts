import { createHash } from "node:crypto";
import type { NoticeContent } from "#db/schema/sandbox/notices.ts";
import { newRsaKeyPair } from "#lib/crypto/rsa.ts";
import type { Caller, Dialect, Payment, WireMessage } from "#lib/dialects/dialect.ts";
import { oneMore } from "#lib/sandbox/charge.ts";
import { type PaymentRow, toPayment } from "#lib/sandbox/rows.ts";

// A stranger's key, made once a process: what it signs looks right and verifies with nobody's public key.
let strangerKey: string | null = null;

/** What each kind of notice makes of the truth. */
const LIES: Record<NoticeContent, (caller: Caller, payment: Payment, row: PaymentRow) => [Caller, Payment]> = {
  genuine: (caller, payment) => [caller, payment],
  wrong_amount: (caller, payment, row) => [caller, { ...payment, amount: oneMore(row.amountMinor, row.currency) }],
  wrong_currency: (caller, payment) => [caller, { ...payment, currency: payment.currency === "HKD" ? "USD" : "HKD" }],
  forged: (caller, payment) => [
    { ...caller, gatewayPrivateKey: stranger(), secret: caller.secret && createHash("md5").update(caller.secret).digest("hex") },
    { ...payment, state: "PAID", paidAt: payment.paidAt ?? new Date() },
  ],
};

/** The message of a notice, as the dialect writes and signs it now; null when the payment has no notify_url. */
export function noticeMessage(dialect: Dialect, caller: Caller, row: PaymentRow, content: NoticeContent, now: Date): WireMessage | null {
  const [signer, told] = LIES[content](caller, toPayment(row), row);
  return dialect.notification(signer, told, now);
}

function stranger(): string {
  strangerKey ??= newRsaKeyPair().privateKey;
  return strangerKey;
}
