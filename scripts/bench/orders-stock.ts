import type pg from "pg";
import { seedOrders } from "#db/seed-orders.ts";
import { GATEWAYS } from "#lib/gateways/registry.ts";
import { waysOf } from "../seed-ways.ts";

/** The merchant whose orders are looked for. */
export const BENCH_MERCHANT = "mer_bench";
const FILLED = ["orders", "attempts", "refunds"] as const;

/** Makes the merchant, with a live account at every gateway and one for tests. */
export async function makeBenchMerchant(client: pg.ClientBase): Promise<void> {
  await client.query(
    `insert into merchants (id, name, time_zone, webhook_secret) values ($1, 'Bench', 'Asia/Hong_Kong', 'sealed') on conflict do nothing`,
    [BENCH_MERCHANT],
  );
  for (const [position, gateway] of [...GATEWAYS, ...GATEWAYS.slice(0, 1)].entries())
    await client.query(
      `insert into gateway_accounts (id, merchant_id, gateway, title, base_url, credentials, live, position)
       values ($1, $2, $3, $4, 'http://localhost:1/none', 'sealed', $5, $6) on conflict do nothing`,
      [`acc_bench_${position}`, BENCH_MERCHANT, gateway.id, gateway.title, position < GATEWAYS.length, position],
    );
}

/**
 * Fills the merchant up to so many orders. A database of the bench's own is filled as a restored one would be: without its
 * indexes and without asking each row for its parents, then indexed, vacuumed and counted. Without histories, which no list reads.
 */
export async function stockUpTo(client: pg.ClientBase, total: number): Promise<void> {
  const { rows: has } = await client.query<{ n: number }>("select count(*)::int as n from orders where merchant_id = $1", [BENCH_MERCHANT]);
  const there = has[0]?.n ?? 0;
  if (there >= total) return;
  const { rows } = await client.query<{ name: string; made: string }>(
    `select indexname as name, indexdef as made from pg_indexes
     where schemaname = 'public' and tablename = any($1) and indexname not in (select conname from pg_constraint)`,
    [FILLED],
  );
  const ways = await waysOf(client, BENCH_MERCHANT);
  // One transaction: a bench that is broken off leaves no database without its indexes.
  await client.query("set session_replication_role = replica; set maintenance_work_mem = '512MB'; begin");
  for (const { name } of rows) await client.query(`drop index ${name}`);
  await seedOrders(client, { merchantId: BENCH_MERCHANT, from: there + 1, total, ways, events: false });
  for (const { made } of rows) await client.query(made);
  await client.query("commit; set session_replication_role = origin");
  for (const table of FILLED) await client.query(`vacuum analyze ${table}`);
}
