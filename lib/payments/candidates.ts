import type { Database } from "#db/client.ts";
import type { Order } from "#db/queries/locks.ts";
import type { Method } from "#lib/domain/methods.ts";
import { type Routing, route, windowsOf } from "#lib/domain/routing.ts";
import { moneyOf } from "#lib/payments/change.ts";
import { type Opened, openActiveAccounts } from "#lib/payments/open-account.ts";

/** What routing needs to know of an order; one that is not written yet has no id. */
export type Payable = Pick<Order, "id" | "merchantId" | "live" | "accountId" | "amount" | "currency">;

/**
 * The accounts an order may be paid through by a method, the one to try first first, by the merchant's policy. The same for
 * every tab of the same order: what a page asks for is what the account that will be used asks for.
 */
export async function candidatesFor(database: Database, order: Payable, method: Method): Promise<Opened[]> {
  const { routing, accounts } = await openActiveAccounts(database, order);
  return routed(accounts, routing, order).filter((one) => serves(one, order, method));
}

/** The accounts that take this order's amount, in the order they are tried. */
export function routed(accounts: readonly Opened[], routing: Routing, order: Payable): Opened[] {
  const known = accounts.map((opened) => {
    const { id, position, weight, amountWindows } = opened.row;
    return { id, position, weight, windows: windowsOf(amountWindows), opened };
  });
  return route(known, routing, { id: order.id, amount: moneyOf(order) }).map(({ opened }) => opened);
}

function serves({ account, gateway }: Opened, order: Payable, method: Method): boolean {
  return account.methods.includes(method) && gateway.currencies.some((currency) => currency === order.currency);
}
