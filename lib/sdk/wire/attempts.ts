// Written by scripts/sdk-types.ts from the API's own schemas: `npm run sdk:types`. Do not edit.
import type { Listing } from "../listing.ts";
import type { CallOptions } from "../send.ts";
import type { Attempt, Method } from "./orders.ts";

export interface Attempts {
  /** Start an attempt */
  create(order: string, body: AttemptsCreateBody, options?: CallOptions): Promise<Attempt>;
  /** List an order's attempts */
  list(order: string, query?: AttemptsListQuery, options?: CallOptions): Listing<Attempt>;
  /** Read an attempt */
  read(attempt: string, options?: CallOptions): Promise<Attempt>;
}

export interface AttemptsCreateBody {
  method: Method;
  /** The shopper's address; yours when absent. */
  client_ip?: string;
  /** The shopper as the account's WeChat or Alipay app knows them. */
  openid?: string;
  /** Read from the shopper's wallet by your scanner (`*.barcode`). */
  auth_code?: string;
  app_id?: string;
  bank?: {
    code: string;
    card?: "debit" | "credit" | "any";
  };
  /** Passed on to the gateway, never stored. */
  card_number?: string;
  payer?: {
    bank_code: string;
    name: string;
    account: string;
  };
}

export interface AttemptsListQuery {
  /** How many at most: 1 to 100. */
  limit?: number;
  /** Go on after this cursor (the `after` of the page before): older ones. */
  after?: string;
  /** Go back before this cursor (the `before` of a page): newer ones. */
  before?: string;
}
