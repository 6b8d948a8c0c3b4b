import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTransaction } from "#db/client.ts";
import { claimCloses, claimExpiries, claimRefunds, claimSweeps } from "#db/queries/due.ts";
import { lastSeeded, seedOrders } from "#db/seed-orders.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { BENCH_MERCHANT, makeBenchMerchant } from "../scripts/bench/orders-stock.ts";
import { waysOf } from "../scripts/seed-ways.ts";

let world: TestDatabase;
let client: pg.Client;

const seed = async (total: number) =>
  seedOrders(client, {
    merchantId: BENCH_MERCHANT,
    from: (await lastSeeded(client, BENCH_MERCHANT)) + 1,
    total,
    ways: await waysOf(client, BENCH_MERCHANT),
    events: true,
  });
const one = async (text: string): Promise<Record<string, unknown>> => (await client.query(text)).rows[0] ?? {};

beforeAll(async () => {
  world = await testDatabase();
  client = new pg.Client({ connectionString: world.url });
  await client.connect();
  await makeBenchMerchant(client);
  expect(await seed(2000)).toBe(2000);
});
afterAll(async () => {
  await client.end();
  await world.close();
});

describe("seeded orders", () => {
  it("are never due: no sweep, closing, expiry, refund or webhook is anybody's to carry out", async () => {
    await inTransaction(world.database, async (tx) => {
      for (const claim of [claimSweeps, claimCloses, claimExpiries, claimRefunds]) expect(await claim(tx, 10)).toEqual([]);
    });
    expect(await one("select count(*)::int as n from deliveries")).toEqual({ n: 0 });
    expect(await one("select count(*)::int as n from orders where state = 'open' and expires_at < now() + interval '1 year'")).toEqual({
      n: 0,
    });
  });

  it("are of every state, over two years, and keep the books' rules", async () => {
    const states = await client.query<{ state: string }>("select distinct state from orders order by 1");
    expect(states.rows.map(({ state }) => state)).toEqual(["cancelled", "expired", "open", "paid"]);
    expect(await one("select min(created_at) < now() - interval '700 days' as old, max(created_at) <= now() as past from orders")).toEqual({
      old: true,
      past: true,
    });
    const wrong = `select count(*)::int as n from orders o where
      event_sequence <> (select count(*) from order_events e where e.order_id = o.id)
      or event_sequence <> coalesce((select max(sequence) from order_events e where e.order_id = o.id), 0)
      or refunded_amount <> coalesce((select sum(amount) from refunds r where r.order_id = o.id and r.state in ('succeeded', 'manual')), 0)
      or refunded_amount <> coalesce((select sum(refunded_amount) from attempts a where a.order_id = o.id), 0)
      or (state = 'paid') <> exists (select from attempts a where a.id = o.paid_attempt_id and a.order_id = o.id and a.state = 'paid')
      or exists (select from attempts a where a.order_id = o.id and a.order_created_at is distinct from o.created_at)`;
    expect(await one(wrong)).toEqual({ n: 0 });
    expect(await one("select count(*) > 20 as some from refunds")).toEqual({ some: true });
  });

  it("go on where a run was broken off, and not beyond what was asked for", async () => {
    expect(await seed(2500)).toBe(500);
    expect(await seed(2500)).toBe(0);
    expect(await one("select count(*)::int as n, count(distinct reference)::int as names from orders")).toEqual({ n: 2500, names: 2500 });
  });
});
