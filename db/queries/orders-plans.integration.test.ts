import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTransaction } from "#db/client.ts";
import { run } from "#db/queries/built.ts";
import { LOOKED_AT, lastStatement, openSearch, pageStatement } from "#db/queries/dashboard-orders.ts";
import { PAGE_ROWS } from "#db/queries/dashboard-page.ts";
import { orderIdsByNumber } from "#db/queries/dashboard-search.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { KINDS, type Sample, samplesOf } from "../../scripts/bench/orders-kinds.ts";
import { BENCH_MERCHANT, makeBenchMerchant, stockUpTo } from "../../scripts/bench/orders-stock.ts";

const ORDERS = 30_000;
let world: TestDatabase;
let sample: Sample;

beforeAll(async () => {
  world = await testDatabase();
  const client = new pg.Client({ connectionString: world.url });
  await client.connect();
  await makeBenchMerchant(client);
  await stockUpTo(client, ORDERS);
  await client.end();
  const [one] = await samplesOf(world.database, ORDERS, 1);
  if (!one) throw new Error("no order was drawn");
  sample = one;
}, 60_000);
afterAll(() => world.close());

interface Node {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  Plans?: Node[];
}

// Of so few orders a thousand are sorted sooner than walked through. What has to be shown is that there is a way without, however
// many there are: a planner that is told not to sort does so all the same where there is none. `bench -- orders-list` has the figures.
const UNSORTED =
  "set local enable_sort = off; set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_hashagg = off";

async function nodesOf(statement: ReturnType<typeof sql>): Promise<Node[]> {
  const [row] = await inTransaction(world.database, async (tx) => {
    await tx.$client.query(UNSORTED);
    return run<{ "QUERY PLAN": [{ Plan: Node }] }>(tx, sql`explain (analyze, format json) ${statement}`);
  });
  const all = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(all)];
  return row ? all(row["QUERY PLAN"][0].Plan) : [];
}

/** Reads of a whole table, and sorts of more than a page's own rows or the few that were gathered. */
function lotsIn(nodes: readonly Node[], few: number): string[] {
  return nodes
    .filter((node) => {
      const rows = node["Actual Rows"] * node["Actual Loops"];
      if (node["Node Type"] === "Seq Scan") return ["orders", "attempts", "refunds"].includes(node["Relation Name"] ?? "");
      return node["Node Type"] === "Sort" && rows > few;
    })
    .map((node) => `${node["Node Type"]} ${node["Relation Name"] ?? ""} ${node["Actual Rows"]} × ${node["Actual Loops"]}`);
}

describe("no search of the orders list reads or sorts the lot", () => {
  for (const { asked, search } of KINDS) {
    it(asked, async () => {
      const { filter, cursor, sort } = search(sample);
      const reading = cursor?.direction ?? (sort === "oldest" ? "newer" : "older");
      const opened = await openSearch(world.database, BENCH_MERCHANT, filter, cursor ?? null, reading);
      const few = opened.source.kind === "few" ? LOOKED_AT.few : PAGE_ROWS + 1;
      expect(lotsIn(await nodesOf(pageStatement(opened, PAGE_ROWS + 1)), few)).toEqual([]);
      if (opened.source.kind !== "few") expect(lotsIn(await nodesOf(lastStatement(opened)), few)).toEqual([]);
    });
  }

  it("nor does a number: each branch is a step into an index", async () => {
    for (const number of [sample.gatewayOrderNo, sample.walletRef.slice(-6), "123456", "SEED-0000000001"])
      expect(lotsIn(await nodesOf(sql`select * from ${orderIdsByNumber(BENCH_MERCHANT, number)} n`), 0), number).toEqual([]);
  });

  it("and the test sees it when one does", async () => {
    expect(lotsIn(await nodesOf(sql`select id from orders order by title, id limit 51`), PAGE_ROWS + 1)).not.toEqual([]);
  });

  it("no index is ordered in a way that no list asks for: DESC NULLS LAST serves no ORDER BY … DESC", async () => {
    const bad = await run<{ name: string }>(
      world.database,
      sql`select indexname as name from pg_indexes where schemaname = 'public' and indexdef like '%NULLS LAST%'`,
    );
    expect(bad).toEqual([]);
  });
});
