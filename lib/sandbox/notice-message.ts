import { createHash } from "node:crypto";
import type { NoticeContent } from "#db/schema/sandbox/notices.ts";
import { newRsaKeyPair } from "#lib/crypto/rsa.ts";
import type { Caller } from "#lib/dialects/backend.ts";
import type { Dialect, WireMessage } from "#lib/dialects/dialect.ts";
import { oneMore } from "#lib/sandbox/charge.ts";
import { type PayoutRow, toPayout } from "#lib/sandbox/payout-rows.ts";
import { type PaymentRow, toPayment } from "#lib/sandbox/rows.ts";

/** What a notice is about. */
export type NoticeSubject = { payment: PaymentRow } | { payout: PayoutRow };

// A stranger's key, made once a process: what it signs looks right and verifies with nobody's public key.
let strangerKey: string | null = null;

interface Told {
  amount: string;
  currency: string;
}

/** What each kind of notice makes of the truth, in words every dialect has: the amount, the currency, and who signs. */
const LIES: Record<NoticeContent, (told: Told, minor: bigint) => Partial<Told>> = {
  genuine: () => ({}),
  wrong_amount: ({ currency }, minor) => ({ amount: oneMore(minor, currency) }),
  wrong_currency: ({ currency }) => ({ currency: currency === "HKD" ? "USD" : "HKD" }),
  forged: () => ({}),
};

/**
 * The message of a notice, as the dialect writes and signs it now; null when the document has no such notice or there is
 * no notify_url. A forged one claims the money moved, signed with keys and a secret that are nobody's.
 */
export function noticeMessage(
  dialect: Dialect,
  caller: Caller,
  subject: NoticeSubject,
  content: NoticeContent,
  now: Date,
): WireMessage | null {
  const signer = content === "forged" ? strangerAs(caller) : caller;
  if ("payment" in subject) {
    const told = { ...toPayment(subject.payment), ...LIES[content](subject.payment, subject.payment.amountMinor) };
    if (content !== "forged") return dialect.notification(signer, told, now);
    return dialect.notification(signer, { ...told, state: "PAID", paidAt: told.paidAt ?? now }, now);
  }
  const told = { ...toPayout(subject.payout), ...LIES[content](subject.payout, subject.payout.amountMinor) };
  const claimed = content === "forged" ? { ...told, state: "PAID" as const, endedAt: told.endedAt ?? now } : told;
  return dialect.payoutNotification?.(signer, claimed, now) ?? null;
}

function strangerAs(caller: Caller): Caller {
  strangerKey ??= newRsaKeyPair().privateKey;
  return { ...caller, gatewayPrivateKey: strangerKey, secret: caller.secret && createHash("md5").update(caller.secret).digest("hex") };
}
