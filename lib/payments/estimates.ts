import type { Database } from "#db/client.ts";
import type { Attempt } from "#db/queries/locks.ts";
import { ratesOf } from "#db/queries/rates.ts";
import { type Method, walletOf } from "#lib/domain/methods.ts";
import type { Money } from "#lib/domain/money.ts";
import { type Estimate, estimate } from "#lib/domain/rate.ts";

/** A method and the account it would be paid through. */
export interface Through {
  method: Method;
  accountId: string;
}

/**
 * What the amount costs about in CNY by each method, at the last rate its account's gateway told for its wallet; a method whose
 * gateway tells none, or whose rate is too old, is not in it. `attempt`, the try the page is about, goes by its own account, and
 * by the rate its gateway named for this very payment where it did. Reads what the background keeps: asks nobody.
 */
export async function estimatesFor(
  database: Database,
  amount: Money,
  through: readonly Through[],
  attempt: Attempt | null,
): Promise<Partial<Record<Method, Estimate>>> {
  const all = attempt ? [...through, attempt] : through;
  if (amount.currency === "CNY" || all.length === 0) return {};
  const rates = await ratesOf(database, [...new Set(all.map((one) => one.accountId))], amount.currency);
  const found: Partial<Record<Method, Estimate>> = {};
  for (const { method, accountId } of all) {
    const rate = rates.find((one) => one.accountId === accountId && one.wallet === walletOf(method));
    const told = rate && estimate(amount, rate, rate.now);
    if (told) found[method] = told;
  }
  if (attempt?.exchangeRate) {
    const named = { cnyPerUnit: attempt.exchangeRate, toldAt: attempt.createdAt };
    const told = estimate(amount, named, named.toldAt);
    if (told) found[attempt.method] = told;
  }
  return found;
}
