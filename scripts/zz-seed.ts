import pg from "pg"; import { readFileSync } from "node:fs";
import { seedOrders } from "#db/seed-orders.ts"; import { waysOf } from "./seed-ways.ts"; import { GATEWAYS } from "#lib/gateways/registry.ts";
const [dir, n, events, replica] = process.argv.slice(2);
const client = new pg.Client({ connectionString: readFileSync(dir + "/url", "utf8") }); await client.connect();
await client.query("insert into merchants (id, name, time_zone, webhook_secret) values ('mer_bench','Bench','Asia/Hong_Kong','x') on conflict do nothing");
let pos = 0;
for (const g of [...GATEWAYS, GATEWAYS[0]!]) { const id = "acc_bench_" + pos; await client.query("insert into gateway_accounts (id, merchant_id, gateway, title, base_url, credentials, live, position) values ($1,'mer_bench',$2,$3,'http://localhost:1','x',$4,$5) on conflict do nothing", [id, g.id, g.title, pos < 5, pos++]); }
if (replica === "replica") await client.query("set session_replication_role = replica");
const t = performance.now();
let last = 0;
await seedOrders(client, { merchantId: "mer_bench", total: Number(n), ways: await waysOf(client, "mer_bench"), events: events === "events", onBatch: (d) => { if (d - last >= 100000) { last = d; console.log(d, Math.round(d / (performance.now() - t) * 1000)); } } });
console.log((performance.now() - t) / 1000, "s"); await client.query("vacuum analyze orders, attempts, refunds, order_events"); await client.end();
