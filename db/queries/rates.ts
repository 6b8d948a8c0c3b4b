import { and, eq, sql } from "drizzle-orm";
import { prepared, type Tx } from "#db/client.ts";
import { exchangeRates } from "#db/schema/exchange-rates.ts";
import type { Currency } from "#lib/domain/currency.ts";
import type { Wallet } from "#lib/domain/methods.ts";
import type { ToldRate } from "#lib/domain/rate.ts";

/** Whose rate it is. */
export interface RateKey {
  accountId: string;
  wallet: Wallet;
  currency: Currency;
}

/** A merchant's newest orders that say which currencies it takes. */
const ORDERS_LOOKED_AT = 200;

/**
 * Which rates are wanted: of each active account whose gateway tells them (`tellers`: a gateway's id and a wallet each), the
 * foreign currencies of its merchant's active links and of its newest orders of a week. New ones are due at once; what nobody
 * wants any more is forgotten. One statement.
 */
export async function noteWantedRates(tx: Tx, tellers: readonly { gateway: string; wallet: Wallet }[]): Promise<void> {
  await prepared(tx, "note_wanted_rates", NOTE_WANTED_RATES, [
    tellers.map((one) => one.gateway),
    tellers.map((one) => one.wallet),
    ORDERS_LOOKED_AT,
  ]);
}

const NOTE_WANTED_RATES = `
with tellers as (
  select * from unnest($1::text[], $2::text[]) as t(gateway, wallet)
), wanted as (
  select distinct a.id as account_id, t.wallet, c.currency
  from gateway_accounts a join tellers t on t.gateway = a.gateway
  cross join lateral (
    select l.currency from checkout_links l where l.merchant_id = a.merchant_id and l.live = a.live and l.active
    union
    select o.currency from (
      select currency, live from orders where merchant_id = a.merchant_id and created_at > now() - interval '7 days'
      order by created_at desc limit $3::int
    ) o where o.live = a.live
  ) c
  where a.active and c.currency <> 'CNY'
), gone as (
  delete from exchange_rates r where not exists (
    select 1 from wanted w where w.account_id = r.account_id and w.wallet = r.wallet and w.currency = r.currency)
)
insert into exchange_rates (account_id, wallet, currency, ask_due_at)
select account_id, wallet, currency, now() from wanted
on conflict do nothing`;

/** Claims rates to ask for, each for longer than an answer takes; at most `limit`. */
export async function claimRates(tx: Tx, limit: number): Promise<RateKey[]> {
  return prepared<RateKey & Record<string, unknown>>(
    tx,
    "claim_rates",
    `update exchange_rates r set ask_due_at = now() + interval '60 seconds'
     from (select account_id, wallet, currency from exchange_rates where ask_due_at <= now()
       order by ask_due_at limit $1::int for update skip locked) due
     where r.account_id = due.account_id and r.wallet = due.wallet and r.currency = due.currency
     returning r.account_id as "accountId", r.wallet, r.currency`,
    [limit],
  );
}

/** Keeps a rate as it was told, by the database's clock. `askIn`: seconds until it is asked for again. */
export async function saveRate(tx: Tx, key: RateKey, cnyPerUnit: string, askIn: number): Promise<void> {
  const next = sql`now() + make_interval(secs => ${askIn})`;
  await tx.update(exchangeRates).set({ cnyPerUnit, toldAt: sql`now()`, askDueAt: next, failures: 0 }).where(ofKey(key));
}

/** No rate came. The last one is kept: its age says what it is worth. `askIn`: by the number of failures in a row. */
export async function saveRateFailure(tx: Tx, key: RateKey, askIn: (failures: number) => number): Promise<void> {
  const [row] = await tx
    .update(exchangeRates)
    .set({ failures: sql`${exchangeRates.failures} + 1` })
    .where(ofKey(key))
    .returning({ failures: exchangeRates.failures });
  if (!row) return;
  const next = sql`now() + make_interval(secs => ${askIn(row.failures)})`;
  await tx.update(exchangeRates).set({ askDueAt: next }).where(ofKey(key));
}

/** The rates of these accounts for a currency, fresh or not, and the database's clock with each. */
export async function ratesOf(
  tx: Tx,
  accountIds: readonly string[],
  currency: string,
): Promise<(ToldRate & { accountId: string; wallet: Wallet; now: Date })[]> {
  return prepared(
    tx,
    "rates_of",
    `select account_id as "accountId", wallet, cny_per_unit as "cnyPerUnit", told_at as "toldAt", clock_timestamp() as now
     from exchange_rates where account_id = any($1::text[]) and currency = $2 and cny_per_unit is not null`,
    [accountIds, currency],
  );
}

function ofKey({ accountId, wallet, currency }: RateKey) {
  return and(eq(exchangeRates.accountId, accountId), eq(exchangeRates.wallet, wallet), eq(exchangeRates.currency, currency));
}
