import type { Backend, Caller, Payment, Payout } from "#lib/dialects/backend.ts";

/**
 * The gateway's side of a wire, as another company would write it: parse and verify a request, ask a backend, write the
 * reply; sign a notification. A dialect is written from the gateway's document alone and never imports lib/gateways.
 * It has two backends: the sandbox (lib/sandbox) and, later, our own payments (app/compat).
 * All amounts and rates here are decimal text in major units, exactly as they will stand on the wire, never floats.
 * All times are instants; the wire's `YYYY-MM-DD HH:mm:ss` in UTC+8 is the dialect's business.
 */

/** A request exactly as received. `path` is below the gateway's root, e.g. `/order/scanned_pay`; header names lower case. */
export interface WireRequest {
  method: string;
  path: string;
  /** The raw query string, without the question mark. */
  query: string;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  receivedAt: Date;
  clientIp: string;
  /** The public address of this gateway's root, without a trailing slash: for replies that name pages of the gateway. */
  root?: string;
}

export interface WireReply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A message the gateway sends to the caller's notify_url. */
export interface WireMessage {
  method: "POST" | "GET";
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** One gateway's side of its wire. */
export interface Dialect {
  readonly id: string;
  /** Everything it answers, as the capability table writes it: `GET /payment`, and where one address serves many calls `POST /gateway jd.pay`. */
  readonly serves: readonly string[];
  handle(request: WireRequest, backend: Backend): Promise<WireReply>;
  /** The signed notice of a payment's outcome, or null when the payment has no notify_url. */
  notification(caller: Caller, payment: Payment, now: Date): WireMessage | null;
  /** The same of a payout; absent where the document has no such notice. */
  payoutNotification?(caller: Caller, payout: Payout, now: Date): WireMessage | null;
  /** Where the shopper is sent back to, with all the document puts there, signed where it signs; null without a return address. */
  returnUrl(payment: Payment, caller: Caller): string | null;
  /** Whether an answer counts as received. */
  acknowledged(reply: { status: number; body: string }): boolean;
  /** Waits before each further try of a notification, seconds. */
  readonly retrySeconds: readonly number[];
}
