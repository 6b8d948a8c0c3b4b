import { type SQL, sql } from "drizzle-orm";
import { attempts } from "#db/schema/attempts.ts";
import { refunds } from "#db/schema/refunds.ts";
import { type AmountRange, minorBounds } from "#lib/domain/amount-range.ts";
import { CURRENCIES, type Currency, exponentOf } from "#lib/domain/currency.ts";
import { METHODS, type Method, type Wallet, walletOf } from "#lib/domain/methods.ts";
import type { OrderState } from "#lib/domain/order.ts";

export const ATTENTION = ["review", "unclear", "refunding"] as const;
export type Attention = (typeof ATTENTION)[number];
export const MODES = ["live", "test"] as const;
export type Mode = (typeof MODES)[number];

/** What the orders list is narrowed by; null means not at all. Days are `YYYY-MM-DD` in `timeZone`, both included. */
export interface OrderFilter {
  number: string | null;
  state: OrderState | null;
  /** `review`: money that needs a person; `unclear`: a try whose outcome is being asked; `refunding`: a refund under way. */
  needs: Attention | null;
  from: string | null;
  to: string | null;
  /** In major units; in the order's own currency where `currency` names none. */
  amount: AmountRange | null;
  currency: Currency | null;
  mode: Mode | null;
  /** Of any try to pay it, not only of the one that did: a shopper knows what they tried. */
  wallet: Wallet | null;
  method: Method | null;
  gateway: string | null;
  account: string | null;
  timeZone: string;
}

/** Nothing narrows the list; the days' zone is missing. */
export const NO_FILTER: Omit<OrderFilter, "timeZone"> = {
  number: null,
  state: null,
  needs: null,
  from: null,
  to: null,
  amount: null,
  currency: null,
  mode: null,
  wallet: null,
  method: null,
  gateway: null,
  account: null,
};

/** Parts of a filter, each of which may lead the search (orders-sources.ts) instead of being asked of every row. */
export const PARTS = ["state", "needs", "amount", "currency", "mode", "ways"] as const;
export type Part = (typeof PARTS)[number];

/** The parts of a filter as conditions on a row `o` of orders, without what `led` names: that holds of every row already. */
export function conditionsOf(filter: OrderFilter, led: readonly Part[]): SQL[] {
  return PARTS.filter((part) => !led.includes(part)).flatMap((part) => CONDITIONS[part](filter) ?? []);
}

const CONDITIONS = {
  state: ({ state }) => state && sql`o.state = ${state}`,
  needs: ({ needs }) => needs && NEEDS[needs],
  amount: (filter) => filter.amount && sql`(${sql.join([...amountsOf(filter).map(amountCondition), sql`false`], sql` or `)})`,
  currency: ({ currency }) => currency && sql`o.currency = ${currency}`,
  mode: ({ mode }) => mode && sql`o.live = ${mode === "live"}`,
  ways: (filter) =>
    narrowsWays(filter)
      ? sql`exists (select from ${attempts} w join gateway_accounts g on g.id = w.account_id where w.order_id = o.id
          and w.method = any(${sql.param(methodsOf(filter))}::text[])
          ${filter.account ? sql`and w.account_id = ${filter.account}` : sql``}
          ${filter.gateway ? sql`and g.gateway = ${filter.gateway}` : sql``})`
      : null,
} as const satisfies Record<Part, (filter: OrderFilter) => SQL | null>;

// The same conditions as the counts on the home screen (dashboard-home.ts), so a count and its list agree.
const NEEDS = {
  review: sql`o.needs_review`,
  unclear: sql`exists (select from ${attempts} unclear where unclear.order_id = o.id
    and unclear.state = 'unknown' and unclear.next_sweep_at is not null)`,
  refunding: sql`exists (select from ${refunds} pending where pending.order_id = o.id
    and pending.state in ('reserved','sent','unknown') and pending.next_try_at is not null)`,
} as const satisfies Record<Attention, SQL>;

/** An amount's bounds in minor units, and the currencies in which they mean the amount that was asked for. */
export interface Bounds {
  currencies: Currency[];
  /** Null: no lower, or no upper end. */
  min: bigint | null;
  max: bigint | null;
}

/** What a filter's amount is in minor units: once for currencies with two decimal places, once for those without any. */
export function amountsOf({ amount, currency }: OrderFilter): Bounds[] {
  if (!amount) return [];
  const among = currency ? [currency] : CURRENCIES;
  return [...new Set(among.map(exponentOf))].flatMap((exponent) => {
    const bounds = minorBounds(amount, exponent);
    return bounds ? [{ ...bounds, currencies: among.filter((one) => exponentOf(one) === exponent) }] : [];
  });
}

/** `o` has such an amount. */
export function amountCondition({ currencies, min, max }: Bounds): SQL {
  const ends = [
    min !== null && min === max ? sql`o.amount = ${min.toString()}::bigint` : null,
    min !== null && min !== max ? sql`o.amount >= ${min.toString()}::bigint` : null,
    max !== null && min !== max ? sql`o.amount <= ${max.toString()}::bigint` : null,
  ].filter((end) => end !== null);
  return sql`(${sql.join([...ends, sql`o.currency = any(${sql.param(currencies)}::text[])`], sql` and `)})`;
}

/** True when the filter names a method, a wallet, a gateway or an account. */
export function narrowsWays({ wallet, method, gateway, account }: OrderFilter): boolean {
  return wallet !== null || method !== null || gateway !== null || account !== null;
}

/** The methods a filter lets through. */
export function methodsOf({ wallet, method }: OrderFilter): Method[] {
  return METHODS.filter((one) => (!method || one === method) && (!wallet || walletOf(one) === wallet));
}
