// Written by scripts/sdk-types.ts from the API's own schemas: `npm run sdk:types`. Do not edit.
import type { Listing } from "../listing.ts";
import type { CallOptions } from "../send.ts";
import type { Currency } from "./orders.ts";

export interface Refunds {
  /** Refund a payment */
  create(body: RefundsCreateBody, options?: CallOptions): Promise<Refund>;
  /** List refunds */
  list(query?: RefundsListQuery, options?: CallOptions): Listing<Refund>;
  /** Read a refund */
  read(refund: string, options?: CallOptions): Promise<Refund>;
}

export interface RefundsCreateBody {
  order: string;
  /** Which paid attempt; the one that paid the order when absent. */
  attempt?: string;
  /** What is left of the attempt when absent. */
  amount?: string;
  reason: string;
  /** Of a manual refund: how it was paid back. */
  note?: string;
}

export interface RefundsListQuery {
  /** How many at most: 1 to 100. */
  limit?: number;
  /** Go on after this cursor (the `after` of the page before): older ones. */
  after?: string;
  /** Go back before this cursor (the `before` of a page): newer ones. */
  before?: string;
  order?: string;
  state?: "reserved" | "sent" | "unknown" | "succeeded" | "failed" | "manual";
}

/** Money going back from one paid attempt. */
export interface Refund {
  id: string;
  object: "refund";
  order: string;
  attempt: string;
  /** Decimal text in major units, as `88.00` (HKD) or `100` (JPY). */
  amount: string;
  /** ISO 4217. */
  currency: Currency;
  /** `reserved`, `sent`, `unknown`: under way. `succeeded`, `failed`: final. `manual`: the gateway's document has no refund; pay back yourself, it is recorded. */
  state: "reserved" | "sent" | "unknown" | "succeeded" | "failed" | "manual";
  reason: string;
  note: string | null;
  /** Our number for it at the gateway. */
  refund_no: string;
  gateway_refund_ref: string | null;
  problem: string | null;
  settled_at: string | null;
  /** ISO 8601, UTC. */
  created_at: string;
}
