// Written by scripts/sdk-types.ts from the API's own schemas: `npm run sdk:types`. Do not edit.
import type { Listing } from "../listing.ts";
import type { CallOptions } from "../send.ts";
import type { Currency } from "./orders.ts";

export interface Links {
  /** Create a checkout link */
  create(body: LinksCreateBody, options?: CallOptions): Promise<Link>;
  /** List checkout links */
  list(query?: LinksListQuery, options?: CallOptions): Listing<Link>;
  /** Read a checkout link */
  read(link: string, options?: CallOptions): Promise<Link>;
  /** Change a checkout link */
  update(link: string, body?: LinksUpdateBody, options?: CallOptions): Promise<Link>;
  /** Retire a checkout link */
  retire(link: string, options?: CallOptions): Promise<Link>;
  /** Open a retired link again */
  reactivate(link: string, options?: CallOptions): Promise<Link>;
}

export interface LinksCreateBody {
  title: string;
  currency: Currency;
  /** The end of its address; made up when absent */
  slug?: string;
  description?: string | null;
  /** A fixed price. Exactly one of amount, choices, and the two limits */
  amount?: string | null;
  choices?:
    | {
        label: string;
        /** Decimal text in major units, e.g. 19.90 */
        amount: string;
      }[]
    | null;
  /** The least a shopper may enter; together with max_amount */
  min_amount?: string | null;
  max_amount?: string | null;
  suggested_amount?: string | null;
  /** The shopper may take 1 to this many pieces of one order */
  quantity_max?: number | null;
  /** false: one paid order ends the link */
  reusable?: boolean;
  /** How many pieces may be sold in all */
  stock?: number | null;
  opens_at?: string | null;
  expires_at?: string | null;
  /** What each shopper is asked, three at most */
  fields?: {
    /** Its name in the order’s metadata; field_1, field_2, field_3 when absent */
    key?: string;
    label: string;
    kind: "text" | "choice" | "number";
    required?: boolean;
    max_length?: number;
    /** Only for kind choice: 2 to 20 answers */
    options?: string[];
  }[];
  notify_url?: string | null;
  return_url?: string | null;
  success_message?: string | null;
  /** Payable through this gateway account only */
  account?: string | null;
  /** zh-CN, zh-HK or en; the browser’s when absent */
  locale?: string | null;
}

export interface LinksListQuery {
  /** How many at most: 1 to 100. */
  limit?: number;
  /** Go on after this cursor (the `after` of the page before): older ones. */
  after?: string;
  /** Go back before this cursor (the `before` of a page): newer ones. */
  before?: string;
  /** Only open ones, or only retired ones. */
  active?: "true" | "false";
}

export interface LinksUpdateBody {
  title?: string;
  currency?: Currency;
  description?: string | null;
  /** A fixed price. Exactly one of amount, choices, and the two limits */
  amount?: string | null;
  choices?:
    | {
        label: string;
        /** Decimal text in major units, e.g. 19.90 */
        amount: string;
      }[]
    | null;
  /** The least a shopper may enter; together with max_amount */
  min_amount?: string | null;
  max_amount?: string | null;
  suggested_amount?: string | null;
  /** The shopper may take 1 to this many pieces of one order */
  quantity_max?: number | null;
  /** false: one paid order ends the link */
  reusable?: boolean;
  /** How many pieces may be sold in all */
  stock?: number | null;
  opens_at?: string | null;
  expires_at?: string | null;
  /** What each shopper is asked, three at most */
  fields?: {
    /** Its name in the order’s metadata; field_1, field_2, field_3 when absent */
    key?: string;
    label: string;
    kind: "text" | "choice" | "number";
    required?: boolean;
    max_length?: number;
    /** Only for kind choice: 2 to 20 answers */
    options?: string[];
  }[];
  notify_url?: string | null;
  return_url?: string | null;
  success_message?: string | null;
  /** Payable through this gateway account only */
  account?: string | null;
  /** zh-CN, zh-HK or en; the browser’s when absent */
  locale?: string | null;
}

/** An address you hand out: each visit that pays makes one order. */
export interface Link {
  id: string;
  slug: string;
  live: boolean;
  active: boolean;
  created_at: string;
  title: string;
  currency: Currency;
  description: string;
  amount: string | null;
  choices:
    | {
        label: string;
        /** Decimal text in major units, e.g. 19.90 */
        amount: string;
      }[]
    | null;
  min_amount: string | null;
  max_amount: string | null;
  suggested_amount: string | null;
  quantity_max: number | null;
  reusable: boolean;
  stock: number | null;
  opens_at: string | null;
  expires_at: string | null;
  fields: {
    /** Its name in the order’s metadata; field_1, field_2, field_3 when absent */
    key: string;
    label: string;
    kind: "text" | "choice" | "number";
    required: boolean;
    max_length: number;
    /** Only for kind choice: 2 to 20 answers */
    options: string[];
  }[];
  notify_url: string | null;
  return_url: string | null;
  success_message: string | null;
  account: string | null;
  locale: string | null;
  object: "link";
  /** Hand this out. */
  url: string;
}
