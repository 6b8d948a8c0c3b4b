import type { Caller, Payment, PaymentState } from "#lib/dialects/backend.ts";
import type { WireMessage } from "#lib/dialects/dialect.ts";
import { writeMessage } from "#lib/dialects/mpgateway/message.ts";
import { resultFields } from "#lib/dialects/mpgateway/result.ts";
import { keyOf, signatureOf } from "#lib/dialects/mpgateway/signature.ts";

/** seeds/002 §3.4.1: three times every 10 s, three times every minute, then every 3 minutes; ten calls at most. */
export const RETRY_SECONDS: readonly number[] = [10, 10, 10, 60, 60, 60, 180, 180, 180];

/** "微信平台/支付宝平台返回结果后": a wallet answers paid or failed; an order nobody paid is never notified. */
const NOTIFIED: ReadonlySet<PaymentState> = new Set<PaymentState>(["PAID", "FAIL"]);

/**
 * 后台通知 (seeds/002 §3.4): POST of `resp` and `sign`, URL-encoded. Null without a backurl and while nobody has paid.
 * Throws when the account has no key.
 */
export function notification(caller: Caller, payment: Payment): WireMessage | null {
  if (payment.notifyUrl === null || !NOTIFIED.has(payment.state)) return null;
  return {
    method: "POST",
    url: payment.notifyUrl,
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: signedResult(caller, payment),
  };
}

/**
 * The front notification (seeds/002 §2.3, §3.1.2): the fronturl by GET with `resp` and `sign` in its query; null without
 * one. What the fronturl itself has stays letter for letter, but for a `resp` or `sign` of its own.
 */
export function returnUrl(payment: Payment, caller: Caller): string | null {
  if (payment.returnUrl === null) return null;
  const [beforeHash = "", ...hash] = payment.returnUrl.split("#");
  const mark = beforeHash.indexOf("?");
  const address = mark < 0 ? beforeHash : beforeHash.slice(0, mark);
  const own = mark < 0 ? [] : beforeHash.slice(mark + 1).split("&");
  const kept = own.filter((piece) => piece !== "" && !["resp", "sign"].includes(nameOf(piece)));
  const fragment = hash.length > 0 ? `#${hash.join("#")}` : "";
  return `${address}?${[...kept, signedResult(caller, payment)].join("&")}${fragment}`;
}

/** True for HTTP 2xx and the body `0000`, exactly (seeds/002 §3.4.1). */
export function acknowledged({ status, body }: { status: number; body: string }): boolean {
  return status >= 200 && status <= 299 && body === "0000";
}

// A bare `+` would break receivers: everything is URL-encoded (protocols.md §2).
function signedResult(caller: Caller, payment: Payment): string {
  const resp = writeMessage(resultFields(payment, caller.callerNo));
  return new URLSearchParams({ resp, sign: signatureOf(resp, keyOf(caller)) }).toString();
}

function nameOf(piece: string): string {
  return [...new URLSearchParams(piece).keys()][0] ?? "";
}
