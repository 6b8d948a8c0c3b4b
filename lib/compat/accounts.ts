import type { Database } from "#db/client.ts";
import type { CompatKey } from "#db/queries/compat-keys.ts";
import type { Holdings } from "#lib/dialects/backend.ts";
import { isCurrency } from "#lib/domain/currency.ts";
import { formatMajor } from "#lib/domain/money.ts";
import { type Opened, openActiveAccounts } from "#lib/payments/open-account.ts";
import { readBalance } from "#lib/payments/read-balance.ts";

/** What a key's merchant can be told by its own accounts alone. Each call goes to the first that answers, in the merchant's order. */

const NOWHERE = { orderId: null, attemptId: null };

/** CNY per one unit of a currency, of the first account whose gateway tells it; null when none does. */
export async function rateFor(database: Database, key: CompatKey, wallet: "wechat" | "alipay", currency: string): Promise<string | null> {
  if (!isCurrency(currency)) return null;
  if (currency === "CNY") return "1";
  return firstAnswer(database, key, async ({ account }) => {
    const outcome = await account.rate?.(wallet, currency);
    return outcome?.ok ? outcome.value.cnyPerUnit : null;
  });
}

/** The openid behind a mini program's login code, of the first account that knows the code; null when none does. */
export async function openidFor(database: Database, key: CompatKey, code: string): Promise<string | null> {
  return firstAnswer(database, key, async ({ account }) => {
    const outcome = await account.openid?.(code);
    return outcome?.ok ? outcome.value : null;
  });
}

async function firstAnswer<T>(database: Database, key: CompatKey, ask: (opened: Opened) => Promise<T | null>): Promise<T | null> {
  for (const opened of await accountsOf(database, key)) {
    const answer = await ask(opened).catch(() => null);
    await opened.flush(database, NOWHERE);
    if (answer !== null) return answer;
  }
  return null;
}

/**
 * What a merchant has at all its gateways in CNY, added up, by the first balance each account's document has. Throws when one
 * that has a balance does not tell it: a sum without it would be wrong.
 */
export async function holdingsOf(database: Database, key: CompatKey): Promise<Holdings> {
  const sum = { available: 0n, frozen: 0n, unsettled: 0n };
  for (const { row, account } of await accountsOf(database, key)) {
    const [name] = account.balanceNames;
    if (!account.balance || name === undefined) continue;
    const told = await readBalance({ merchantId: key.merchantId, accountId: row.id, name }, database);
    if (!told.ok || !told.value.ok) throw new Error(`account ${row.id} does not tell its balance`);
    const balance = told.value.value;
    if (balance.currency !== "CNY") continue;
    sum.available += balance.available?.minor ?? 0n;
    sum.frozen += balance.frozen?.minor ?? 0n;
    sum.unsettled += balance.unsettled?.minor ?? 0n;
  }
  const yuan = (minor: bigint): string => formatMajor({ minor, currency: "CNY" });
  return { available: yuan(sum.available), frozen: yuan(sum.frozen), unsettled: yuan(sum.unsettled) };
}

async function accountsOf(database: Database, { merchantId, live, accountId }: CompatKey): Promise<Opened[]> {
  return (await openActiveAccounts(database, { merchantId, live, accountId })).accounts;
}
