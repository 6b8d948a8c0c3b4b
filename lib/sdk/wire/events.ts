// Written by scripts/sdk-types.ts from the API's own schemas: `npm run sdk:types`. Do not edit.
import type { Listing } from "../listing.ts";
import type { CallOptions } from "../send.ts";

export interface Events {
  /** List events */
  list(query?: EventsListQuery, options?: CallOptions): Listing<Event>;
  /** Read an event */
  read(event: string, options?: CallOptions): Promise<Event>;
}

export interface EventsListQuery {
  /** How many at most: 1 to 100. */
  limit?: number;
  /** Go on after this cursor (the `after` of the page before): older ones. */
  after?: string;
  /** Go back before this cursor (the `before` of a page): newer ones. */
  before?: string;
  order?: string;
  type?:
    | "order.created"
    | "order.paid"
    | "order.paid_late"
    | "order.surplus"
    | "order.expired"
    | "order.cancelled"
    | "order.mismatch"
    | "order.flagged"
    | "attempt.failed"
    | "refund.created"
    | "refund.succeeded"
    | "refund.failed";
  include?: "told" | "all";
}

/** One change of an order, as its history has it. */
export interface Event {
  id: string;
  object: "event";
  type: string;
  /** Its place in the order's history: gapless over all its events, told or not. */
  sequence: number;
  order: string;
  attempt: string | null;
  /** Webhooks tell of it. */
  told: boolean;
  /** Who caused it: `shopper`, `gateway`, `sweep`, `policy`, `shop` or a user's id. */
  actor: string;
  detail: { [name: string]: unknown };
  /** ISO 8601, UTC. */
  created_at: string;
}
