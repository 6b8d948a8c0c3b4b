import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { run } from "#db/queries/built.ts";
import { orderIdsByNumber } from "#db/queries/dashboard-search.ts";
import { amountCondition, amountsOf, methodsOf, narrowsWays, type OrderFilter, type Part } from "#db/queries/orders-filter.ts";

/**
 * What leads a search of the orders list: one index that holds the rows in the list's own order, so that a page is read from it
 * and not sorted out of the lot (docs/decisions/0012-orders-list.md).
 *
 * `walk`: ranges of an index of `orders`, merged; `o` is the table. `keys`: ranges of an index of `attempts` that hold the
 * orders' keys (`at`, `id`), merged; an order may come more than once. `few`: a query that gives at most FEW keys, in any order.
 * `leads` names the parts of the filter that every row of it satisfies.
 */
export type Source = { leads: readonly Part[] } & (
  | { kind: "walk"; ranges: SQL[] }
  | { kind: "keys"; ranges: { where: SQL; at: SQL; id: SQL; from: SQL }[] }
  | { kind: "few"; keys: SQL }
);

/** Fewer rows than this are gathered and sorted; more are walked through. */
export const FEW = 5_000;
/** So many orders a number's ending may lead to before nobody reads them all. */
const BY_NUMBER = 1000;

/** Chooses what leads: whatever leaves the fewest rows to ask. May read how many there are, but never more than FEW entries of an index. */
export async function sourceOf(tx: Tx, merchantId: string, filter: OrderFilter, window: (at: SQL, id: SQL) => SQL): Promise<Source> {
  const own = sql`o.merchant_id = ${merchantId}`;
  if (filter.number !== null) {
    const ids = sql`select distinct order_id from ${orderIdsByNumber(merchantId, filter.number)} n (order_id) limit ${BY_NUMBER}`;
    return { kind: "few", leads: [], keys: await keysOf(tx, merchantId, ids, window) };
  }
  const amounts = amountsOf(filter);
  if (filter.amount && amounts.every(({ min, max }) => min !== null && min === max)) {
    return { kind: "walk", leads: ["amount"], ranges: amounts.map((bounds) => sql`${own} and ${amountCondition(bounds)}`) };
  }
  if (filter.needs === "unclear" || filter.needs === "refunding")
    return { kind: "few", leads: ["needs"], keys: await keysOf(tx, merchantId, ATTENTIVE[filter.needs](merchantId), window) };
  if (filter.needs === "review") return { kind: "walk", leads: ["needs"], ranges: [sql`${own} and o.needs_review`] };
  if (filter.amount) {
    const keys = sql`select o.created_at as at, o.id from orders o where ${own} and ${window(sql`o.created_at`, sql`o.id`)}
      and (${sql.join([...amounts.map(amountCondition), sql`false`], sql` or `)})`;
    if (await areFew(tx, merchantId, filter)) return { kind: "few", leads: ["amount"], keys };
  }
  if (narrowsWays(filter)) return { kind: "keys", leads: ["ways"], ranges: await wayRanges(tx, merchantId, filter) };
  if (filter.state) return { kind: "walk", leads: ["state"], ranges: [sql`${own} and o.state = ${filter.state}`] };
  if (filter.mode === "test") return { kind: "walk", leads: ["mode"], ranges: [sql`${own} and not o.live`] };
  return { kind: "walk", leads: [], ranges: [own] };
}

// Whether so few orders have such an amount, currencies aside: what the index of amounts knows by itself.
async function areFew(tx: Tx, merchantId: string, filter: OrderFilter): Promise<boolean> {
  const ranges = amountsOf(filter).map(
    ({ min, max }) => sql`(select 1 from orders o where o.merchant_id = ${merchantId} and o.amount >= ${(min ?? 0n).toString()}::bigint
      and o.amount <= ${(max ?? 9_223_372_036_854_775_807n).toString()}::bigint limit ${FEW + 1})`,
  );
  if (ranges.length === 0) return true;
  const [row] = await run<{ count: number }>(tx, sql`select count(*)::int as count from (${sql.join(ranges, sql` union all `)}) r`);
  return (row?.count ?? 0) <= FEW;
}

// Partial indexes hold them: what is unclear or under way is little, however much was ever traded.
const ATTENTIVE = {
  unclear: (merchantId: string) => sql`select distinct order_id from attempts
    where merchant_id = ${merchantId} and state = 'unknown' and next_sweep_at is not null limit ${FEW}`,
  refunding: (merchantId: string) => sql`select distinct order_id from refunds
    where merchant_id = ${merchantId} and next_try_at is not null and state in ('reserved','sent','unknown') limit ${FEW}`,
} as const;

// Each order is looked up by itself, which a planner that takes them for many would not do.
async function keysOf(tx: Tx, merchantId: string, ids: SQL, window: (at: SQL, id: SQL) => SQL): Promise<SQL> {
  const found = (await run<{ order_id: string | null }>(tx, ids)).flatMap((row) => row.order_id ?? []);
  return sql`select k.at, k.id from unnest(${sql.param(found)}::text[]) as n (order_id) cross join lateral
    (select o.created_at as at, o.id from orders o where o.id = n.order_id and o.merchant_id = ${merchantId} limit 1) k
    where ${window(sql`k.at`, sql`k.id`)}`;
}

/** One range for each account and method that was ever used together and that the filter lets through. */
async function wayRanges(tx: Tx, merchantId: string, filter: OrderFilter): Promise<Extract<Source, { kind: "keys" }>["ranges"]> {
  const used = await run<{ accountId: string; method: string }>(
    tx,
    sql`select g.id as "accountId", m.method from gateway_accounts g, unnest(${sql.param(methodsOf(filter))}::text[]) as m (method)
      where g.merchant_id = ${merchantId} ${filter.account ? sql`and g.id = ${filter.account}` : sql``}
      ${filter.gateway ? sql`and g.gateway = ${filter.gateway}` : sql``}
      -- One step into the index a pair; "exists" would be planned as a join of all attempts.
      and (select true from attempts a where a.account_id = g.id and a.method = m.method limit 1)`,
  );
  return used.map(({ accountId, method }) => ({
    from: sql`attempts a`,
    where: sql`a.account_id = ${accountId} and a.method = ${method}`,
    at: sql`a.order_created_at`,
    id: sql`a.order_id`,
  }));
}
