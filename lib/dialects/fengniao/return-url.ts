import type { Payment } from "#lib/dialects/backend.ts";

/**
 * Where the shopper is sent back to: the plain return_url or success_url, unsigned and with nothing added (the document names
 * nothing), so never proof of anything. A payment that failed goes to cancel_url where there is one (§2.2).
 */
export function returnUrl(payment: Payment): string | null {
  const over = payment.state === "FAIL" || payment.state === "EXPIRED" || payment.state === "CLOSED";
  return (over ? payment.extra.cancel_url : undefined) ?? payment.returnUrl;
}
