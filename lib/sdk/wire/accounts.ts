// Written by scripts/sdk-types.ts from the API's own schemas: `npm run sdk:types`. Do not edit.
import type { Listing } from "../listing.ts";
import type { CallOptions } from "../send.ts";
import type { Currency, Method } from "./orders.ts";

export interface Accounts {
  /** List gateway accounts */
  list(query?: AccountsListQuery, options?: CallOptions): Listing<Account>;
  /** Ask for a balance */
  balance(account: string, query?: AccountsBalanceQuery, options?: CallOptions): Promise<Balance>;
  /** Ask for a rate */
  rate(account: string, query: AccountsRateQuery, options?: CallOptions): Promise<Rate>;
}

export interface AccountsListQuery {
  /** How many at most: 1 to 100. */
  limit?: number;
  /** Go on after this cursor (the `after` of the page before): older ones. */
  after?: string;
  /** Go back before this cursor (the `before` of a page): newer ones. */
  before?: string;
}

export interface AccountsBalanceQuery {
  /** Which one; the document's first when absent. */
  name?: string;
}

export interface AccountsRateQuery {
  /** ISO 4217. */
  currency: Currency;
  wallet?: "wechat" | "alipay" | "unionpay" | "qq" | "jd" | "baidu" | "bank";
}

/** A gateway account of yours, without its credentials. */
export interface Account {
  id: string;
  object: "account";
  gateway: string;
  title: string;
  live: boolean;
  active: boolean;
  /** What the gateway's document has. */
  methods: Method[];
  currencies: Currency[];
  /** The balances its document has, by name. */
  balances: string[];
  /** Whether its document has rates. */
  rates: boolean;
  /** ISO 8601, UTC. */
  created_at: string;
}

/** What the gateway says it keeps for the account, at this moment. */
export interface Balance {
  object: "balance";
  account: string;
  name: string;
  /** ISO 4217. */
  currency: Currency;
  total: string | null;
  /** Null: the document has no such part. */
  available: string | null;
  frozen: string | null;
  unsettled: string | null;
}

/** The gateway's rate at this moment; what a payment really costs it says with the payment. */
export interface Rate {
  object: "rate";
  account: string;
  wallet: string;
  /** ISO 4217. */
  currency: Currency;
  /** CNY for one unit of `currency`, decimal text. */
  cny_per_unit: string;
  /** ISO 8601, UTC. */
  at: string;
}
