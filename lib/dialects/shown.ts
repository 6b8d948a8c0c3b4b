import type { Payment } from "#lib/dialects/backend.ts";

/** What another gateway gave for the shopper to act on. */
export interface Shown {
  /** The text of a QR code: the other gateway's own, or the address of a page to pay on. */
  qr: string;
  /** The address of a page to pay on; a dialect asks `pageUrl` for it. */
  page: string;
  /** Parameters for the wallet's bridge or SDK under the wallet's own names; null when there are none. */
  parameters: Readonly<Record<string, string>> | null;
}

/** The text of the QR code to scan: what the backend has from elsewhere, else `own` of the payment's code. */
export function qrText(payment: Payment, own: (code: string) => string): string {
  return payment.shown ? payment.shown.qr : own(payment.code);
}

/** A parameter set the backend has from elsewhere; null when the dialect is to make its own. Throws when elsewhere had none. */
export function shownParameters(payment: Payment): Record<string, string> | null {
  if (!payment.shown) return null;
  if (!payment.shown.parameters) throw new Error("the backend showed no parameters for the wallet");
  return { ...payment.shown.parameters };
}
