import pg from "pg";
import { expect, it } from "vitest";
import { close, inTransaction, open } from "#db/client.ts";
import { lockOrderOfNumber, lockOrdersOfNumbers } from "#db/queries/locks.ts";
import { saveChanges } from "#db/queries/save-change.ts";
import { seedOrders } from "#db/seed-orders.ts";
import { testDatabase } from "#db/testing.ts";
import { BENCH_MERCHANT, makeBenchMerchant } from "../../scripts/bench/orders-stock.ts";
import { waysOf } from "../../scripts/seed-ways.ts";

const ORDERS = 3000;
/** So few rows are where a planner would rather read the table, and keeps to it when there are many. */
it("taking in payments reads no table whole, although nobody has counted its rows", async () => {
  const world = await testDatabase();
  const client = new pg.Client({ connectionString: world.url });
  await client.connect();
  for (const table of ["orders", "attempts", "notifications", "webhook_endpoints"])
    await client.query(`alter table ${table} set (autovacuum_enabled = off)`);
  await makeBenchMerchant(client);
  const ways = await waysOf(client, BENCH_MERCHANT);
  await seedOrders(client, { merchantId: BENCH_MERCHANT, from: 1, total: ORDERS, ways, events: false });
  const { rows } = await client.query<{ accountId: string; gatewayOrderNo: string }>(
    `select account_id as "accountId", gateway_order_no as "gatewayOrderNo" from attempts order by id limit 10`,
  );
  const database = open(world.url, 1);
  const read = await inTransaction(database, async (tx) => {
    const told = rows.map((row) => ({ ...row, fingerprint: "none" }));
    const locked = (await lockOrdersOfNumbers(tx, told)).flatMap((one) => one ?? []);
    expect(locked.length).toBeGreaterThan(5);
    const [first] = told;
    if (first) await lockOrderOfNumber(tx, first.accountId, first.gatewayOrderNo, first.fingerprint);
    await saveChanges(
      tx,
      locked.map(({ order, attempts }) => ({
        ...{ before: order, order, events: [], deliveries: [], notification: null },
        attempts: attempts.map((attempt) => ({ from: attempt.state, attempt })),
      })),
    );
    const { rows: statements } = await tx.$client.query<{ name: string; text: string }>(
      "select name, statement as text from pg_prepared_statements",
    );
    const scans: string[] = [];
    for (const { name, text } of statements) {
      const { rows: plan } = await tx.$client.query<{ "QUERY PLAN": string }>(`explain (generic_plan) ${text}`);
      for (const { "QUERY PLAN": line } of plan) if (/Seq Scan on/.test(line)) scans.push(`${name}: ${line.trim()}`);
    }
    return { names: statements.map(({ name }) => name), scans };
  });
  await close(database);
  await client.end();
  await world.close();
  expect(read.names).toEqual(
    expect.arrayContaining(["lock_orders_of_numbers", "known_of_messages", "lock_order_of_number", "save_changes"]),
  );
  expect(read.scans).toEqual([]);
});
