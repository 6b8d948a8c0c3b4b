import type { Tx } from "#db/client.ts";
import type { Attempt, Order } from "#db/queries/locks.ts";

/**
 * How an endpoint wants to be told: our own form (Standard Webhooks), or the notification of one of the five gateways'
 * documents, so that a shop written for that gateway needs no change. The ids of the latter are the gateways' own.
 */
export const NOTICE_FORMATS = ["standard", "hipopay-agent", "hipopay-merchant", "mpgateway", "xxpay", "fengniao"] as const;
export type NoticeFormatId = (typeof NOTICE_FORMATS)[number];

export function isNoticeFormat(text: string): text is NoticeFormatId {
  return (NOTICE_FORMATS as readonly string[]).includes(text);
}

/** Whether the gateways' documents have words for a kind of event: they know one notice only, that a payment was paid. */
export function inGatewayWords(type: string): boolean {
  return type === "order.paid" || type === "order.paid_late";
}

/** What there is to tell, read when the message is first sent. */
export interface NoticeFacts {
  /** The delivery's id: `webhook-id` of the standard format. */
  id: string;
  merchantId: string;
  /** The endpoint's address. */
  url: string;
  type: string;
  /** When it happened. */
  at: Date;
  /** Our own body of this event, made with it (lib/webhooks/events.ts). */
  body: string;
  /** The endpoint's secrets in clear (`whsec_…`), newest first; several while one is being rolled. */
  secrets: readonly string[];
  /** The order and the attempt the event is about, as they are now; null where the event has none (a payout, a test). */
  order: Order | null;
  attempt: Attempt | null;
}

/** A message ready to be sent. `url` leads to the endpoint; a GET notice carries its fields there. */
export interface NoticeMessage {
  method: "POST" | "GET";
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** One way of telling a shop. Registered in lib/webhooks/formats.ts; pure data and three small functions. */
export interface NoticeFormat {
  readonly id: NoticeFormatId;
  /** Waits before each further try, seconds: one try more than there are waits, then it is a dead letter. */
  readonly retrySeconds: readonly number[];
  /** The part of a wait it may be shorter or longer by, so that retries do not come all at once; 0: exactly as documented. */
  readonly jitter: number;
  /**
   * `once`: made at the first try and kept, so that the same id always carries the same bytes, signature included (the
   * gateways' documents have no time limit on a notice and none says that a repeated one is signed anew). `each try`: the
   * body is the event's own and never changes, but headers carry the time of the try (Standard Webhooks).
   */
  readonly signed: "once" | "each try";
  /** The message, or why there can be none now (no key to sign with); that counts as a failed try and stands in the log. */
  message(facts: NoticeFacts, now: Date, tx: Tx): Promise<NoticeMessage | { problem: string }>;
  /** Whether an answer counts as received. */
  acknowledged(reply: { status: number; body: string }): boolean;
}
