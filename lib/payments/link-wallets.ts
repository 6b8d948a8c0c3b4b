import { type Database, db } from "#db/client.ts";
import type { CheckoutLink } from "#db/queries/links.ts";
import { type Wallet, walletOf } from "#lib/domain/methods.ts";
import { openActiveAccounts } from "#lib/payments/open-account.ts";

/** The wallets a link can be paid with now: of the accounts it may use, those that take its currency. */
export async function walletsOfLink(
  link: Pick<CheckoutLink, "merchantId" | "live" | "accountId" | "currency">,
  database: Database = db(),
): Promise<Set<Wallet>> {
  const { accounts } = await openActiveAccounts(database, link);
  const able = accounts.filter(({ gateway }) => gateway.currencies.some((currency) => currency === link.currency));
  return new Set(able.flatMap(({ account }) => account.methods.map(walletOf)));
}
