// `npm run seed:orders -- 100000 [--merchant mer_…] [--no-events] [--yes]`: fills a merchant with so many orders, as two years
// of trade would have left them (db/seed-orders.ts). For looking at and measuring screens; nothing of them is ever sent anywhere.
// A run that was broken off goes on where it ended. Only the demo shop of a database without live accounts is filled unasked.
import { parseArgs } from "node:util";
import pg from "pg";
import { migrateDatabase } from "#db/migrate.ts";
import { DEMO_MERCHANT } from "#db/seed-demo.ts";
import { lastSeeded, seedOrders } from "#db/seed-orders.ts";
import { borrowDatabase } from "./database.ts";
import { waysOf } from "./seed-ways.ts";

const USAGE = "Usage: npm run seed:orders -- COUNT [--merchant mer_…] [--no-events] [--yes]";
const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    merchant: { type: "string", default: DEMO_MERCHANT },
    events: { type: "boolean", default: true },
    yes: { type: "boolean", default: false },
  },
});
const [count = ""] = positionals;
if (!/^[1-9]\d{0,8}$/.test(count)) {
  console.error(USAGE);
  process.exit(2);
}

/** Why orders may not be made up in this database, or null: it has to say by itself that nobody's books are in it. */
async function refusal(client: pg.Client, merchantId: string): Promise<string | null> {
  const { rows } = await client.query<{ known: boolean; live: boolean }>(
    `select exists (select from merchants where id = $1) as known, exists (select from gateway_accounts where live) as live`,
    [merchantId],
  );
  if (!rows[0]?.known) return `there is no merchant ${merchantId} here`;
  if (values.yes) return null;
  if (rows[0].live)
    return "this database has live gateway accounts: made-up orders would stand among real ones (--yes does it all the same)";
  return merchantId === DEMO_MERCHANT
    ? null
    : "this is not the demo shop: made-up orders would stand among its own (--yes does it all the same)";
}

const borrowed = await borrowDatabase();
const client = new pg.Client({ connectionString: borrowed.url, application_name: "shouyin seed:orders" });
try {
  await migrateDatabase(borrowed.url);
  await client.connect();
  const refused = await refusal(client, values.merchant);
  if (refused) throw new Error(refused);
  // What is lost with the machine is made again by the next run.
  await client.query("set synchronous_commit = off");
  const before = await lastSeeded(client, values.merchant);
  const started = performance.now();
  const rate = (done: number) => Math.round(((done - before) / (performance.now() - started)) * 1000);
  const written = await seedOrders(client, {
    merchantId: values.merchant,
    from: before + 1,
    total: Number(count),
    ways: await waysOf(client, values.merchant),
    events: values.events,
    onBatch: (done) => process.stderr.write(`\r${done} of ${count} orders, ${rate(done)} a second `),
  });
  process.stderr.write("\n");
  await client.query("vacuum analyze orders, attempts, refunds, order_events");
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  console.log(JSON.stringify({ seeded: written, total: before + written, seconds, perSecond: written > 0 ? rate(before + written) : 0 }));
} catch (error) {
  console.error(`seed:orders: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  await client.end();
  await borrowed.release();
}
