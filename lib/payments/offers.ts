import type { Database } from "#db/client.ts";
import type { Order } from "#db/queries/locks.ts";
import { SHOPPER_ASKS } from "#lib/domain/asks.ts";
import { type Method, walletOf } from "#lib/domain/methods.ts";
import { type Limits, type Offer, offer, type Supply } from "#lib/domain/offer.ts";
import { windowsOf } from "#lib/domain/routing.ts";
import type { Shopper } from "#lib/domain/shopper.ts";
import { routed } from "#lib/payments/candidates.ts";
import { moneyOf } from "#lib/payments/change.ts";
import { healthOf } from "#lib/payments/channel-health.ts";
import type { Through } from "#lib/payments/estimates.ts";
import { type Opened, openActiveAccounts } from "#lib/payments/open-account.ts";

export interface Offered {
  offers: Offer[];
  /** Each method that can be started, with the account that will be tried first. */
  through: Through[];
}

/**
 * What this order can be paid by in this browser, and what cannot be used and why; asks and banks are those of the account that
 * will be tried first. `alive`: methods with a try under way, which is taken up again however its account has done since.
 */
export async function offersFor(database: Database, order: Order, shopper: Shopper, alive: ReadonlySet<Method>): Promise<Offered> {
  const { routing, accounts } = await openActiveAccounts(database, order);
  const able = routed(accounts, routing, order);
  const others = accounts.filter((one) => !able.includes(one));
  const { currency } = moneyOf(order);
  const working = able.flatMap((opened) => suppliesOf(opened, null, alive).map((supply) => ({ ...supply, accountId: opened.row.id })));
  const refusing = others.flatMap((one) => suppliesOf(one, order, alive));
  const offers = offer([...working, ...refusing], currency, shopper.browser);
  const first = (method: Method) => working.find((one) => one.method === method && !one.down && one.currencies.includes(currency));
  const through = offers.flatMap(({ method, available }) => {
    const supply = available ? first(method) : undefined;
    return supply ? [{ method, accountId: supply.accountId }] : [];
  });
  return { offers, through };
}

/** What an account has; `refused` is the order whose amount it does not take. */
function suppliesOf(opened: Opened, refused: Order | null, alive: ReadonlySet<Method>): Supply[] {
  const { account, gateway } = opened;
  const limits = refused && limitsOf(opened, refused);
  return account.methods.map((method) => ({
    method,
    currencies: gateway.currencies,
    openidObtainable: !asksOpenid(opened, method) || openidObtainable(opened, method),
    takesAmount: !refused,
    down: !alive.has(method) && healthOf(opened, method) === "down",
    ...(limits && { limits }),
    asks: SHOPPER_ASKS.filter((one) => gateway.asks[method]?.includes(one)),
    banks: gateway.banks[method] ?? [],
  }));
}

/** An account's window in the order's currency; null when it has several, since no sentence is short enough for them. */
function limitsOf({ row }: Opened, order: Order): Limits | null {
  const { currency } = moneyOf(order);
  const own = windowsOf(row.amountWindows).filter((one) => one.currency === currency);
  const [only] = own;
  if (!only || own.length > 1) return null;
  const money = (minor: bigint | null) => (minor === null ? null : { minor, currency });
  return { min: money(only.min), max: money(only.max) };
}

export function asksOpenid({ gateway }: Opened, method: Method): boolean {
  return gateway.asks[method]?.includes("openid") ?? false;
}

/** Whether the account has an address where a shopper's openid can be had: WeChat's only, no document has one for others. */
export function openidObtainable({ account }: Opened, method: Method): boolean {
  return walletOf(method) === "wechat" && Boolean(account.openidUrl?.({ returnUrl: "https://example.invalid/", state: "probe" }));
}
