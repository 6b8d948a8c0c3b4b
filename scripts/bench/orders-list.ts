import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import pg from "pg";
import { close, type Database, open } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { listOrders } from "#db/queries/dashboard-orders.ts";
import { launch } from "../postgres/launch.ts";
import { removePlace } from "../postgres/place.ts";
import { sweepTestData, testDataDirectory } from "../test-data.ts";
import { judged } from "./bench.ts";
import { cpuMs } from "./measure.ts";
import { KINDS, samplesOf } from "./orders-kinds.ts";
import { BENCH_MERCHANT, makeBenchMerchant, stockUpTo } from "./orders-stock.ts";

const TARGET_MS = 50;
const ASKED = 200;
const WARM = 20;
type Say = (line: Record<string, unknown>) => void;

/**
 * `npm run bench -- orders-list [--sizes 10000,100000,1000000,10000000] [--data DIRECTORY]`: how long the server takes for a page
 * of the orders list (choosing the index, PostgreSQL, reading the rows), by what is asked, among so many orders of one merchant;
 * and by what factor each grows from the first size to the last. `--data` keeps the database there for the next run.
 */
export async function benchOrdersList(args: readonly string[], say: Say): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { sizes: { type: "string", default: "10000,100000" }, data: { type: "string" } },
  });
  const sizes = values.sizes.split(",").map(Number);
  if (!sizes.every((size) => Number.isSafeInteger(size) && size >= 1000)) throw new Error(`--sizes ${values.sizes}: numbers from 1000 on`);
  await sweepTestData();
  const dataDir = values.data ?? testDataDirectory("bench-orders");
  const seen = new Map<string, number[]>();
  try {
    for (const size of sizes) {
      await stock(dataDir, size);
      // What is measured runs as a customer's does: with fsync, and PostgreSQL's memory as `npm start` gives it.
      const postgres = await launch(dataDir);
      const database = open(postgres.url, 1);
      try {
        for (const line of await measured(database, size)) {
          say({
            bench: "orders-list",
            orders: size,
            load1: Math.round((loadavg()[0] ?? 0) * 10) / 10,
            ...line,
            ...judged(line.p99Ms, "at most", TARGET_MS),
          });
          seen.set(line.asked, [...(seen.get(line.asked) ?? []), line.p50Ms]);
        }
      } finally {
        await close(database);
        await postgres.stop();
      }
    }
    for (const [asked, p50] of seen) if (p50.length > 1) say({ bench: "orders-list growth", asked, sizes, p50, factor: ratio(p50) });
  } finally {
    if (!values.data) removePlace(dataDir);
  }
}

async function stock(dataDir: string, size: number): Promise<void> {
  const postgres = await launch(dataDir, { throwaway: true });
  const client = new pg.Client({ connectionString: postgres.url });
  try {
    await migrateDatabase(postgres.url);
    await client.connect();
    await makeBenchMerchant(client);
    await stockUpTo(client, size);
  } finally {
    await client.end();
    await postgres.stop();
  }
}

interface Line {
  asked: string;
  /** How many rows the pages held on average: an empty page says little. */
  rows: number;
  p50Ms: number;
  p99Ms: number;
  /** Processor time of this process and of PostgreSQL's for one: what is left of a figure on a busy machine. Null off Linux. */
  cpuMs: number | null;
}

async function measured(database: Database, size: number): Promise<Line[]> {
  const samples = await samplesOf(database, size, ASKED + WARM);
  const { rows: own } = await database.$client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const spent = () => {
    const backend = cpuMs(own[0]?.pid ?? 0);
    const { user, system } = process.cpuUsage();
    return backend === null ? null : backend + (user + system) / 1000;
  };
  const lines: Line[] = [];
  for (const { asked, search } of KINDS) {
    const times: number[] = [];
    let rows = 0;
    let before = spent();
    for (const [index, sample] of samples.entries()) {
      if (index === WARM) before = spent();
      const { filter, cursor, sort } = search(sample);
      const started = performance.now();
      const page = await listOrders(database, BENCH_MERCHANT, filter, cursor ?? null, sort ?? "newest");
      const took = performance.now() - started;
      if (index < WARM) continue;
      times.push(took);
      rows += page.rows.length;
    }
    const after = spent();
    times.sort((a, b) => a - b);
    const round = (value: number) => Math.round(value * 100) / 100;
    const at = (part: number) => round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0);
    const cpu = before === null || after === null ? null : round((after - before) / times.length);
    lines.push({ asked, rows: round(rows / times.length), p50Ms: at(0.5), p99Ms: at(0.99), cpuMs: cpu });
  }
  return lines;
}

function ratio(p50: readonly number[]): number {
  return Math.round(((p50.at(-1) ?? 0) / (p50[0] || 1)) * 100) / 100;
}
