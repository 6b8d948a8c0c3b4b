import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { orderLines } from "#app/(dashboard)/dashboard/orders/export/lines.ts";
import { makeMerchant, makeOrder } from "#db/queries/dashboard-testing.ts";
import { NO_FILTER } from "#db/queries/orders-filter.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";

let world: TestDatabase;
const AT = new Date("2026-11-20T10:30:05Z");
const TOTAL = 1203;

beforeAll(async () => {
  world = await testDatabase();
  const { database } = world;
  await makeMerchant(database, "mer_1", "One");
  await makeMerchant(database, "mer_2", "Two");
  await makeOrder(database, "mer_1", {
    reference: "=HYPERLINK(A1)",
    title: '茶 "hot", large',
    state: "paid",
    createdAt: AT,
    amount: 123_450n,
  });
  await makeOrder(database, "mer_1", { reference: "YEN", currency: "JPY", amount: 88n, createdAt: new Date(AT.getTime() - 1000) });
  await makeOrder(database, "mer_2", { reference: "foreign" });
  // More than are read at once, a third of them in one millisecond.
  await database.$client.query(
    `insert into orders (id, token, merchant_id, reference, title, currency, amount, live, expires_at, created_at)
     select 'ord_many' || n, 'token' || n, 'mer_1', 'M' || n, 'Many', 'HKD', 100, false, now(), '2026-01-01'::timestamptz + interval '1 second' * (n / 400)
     from generate_series(1, $1::int) n`,
    [TOTAL - 2],
  );
});
afterAll(() => world.close());

async function file(filter = {}, sort: "newest" | "oldest" = "newest") {
  const account = { id: "acc_mer_1", gateway: "hipopay-agent", title: "+One" };
  const merchant = { id: "mer_1", timeZone: "Asia/Hong_Kong" };
  const lines = orderLines(world.database, merchant, { filter: { ...NO_FILTER, ...filter }, zone: null, sort }, [account], "en");
  let text = "";
  for await (const some of lines) text += some;
  return parse(text, { columns: true, record_delimiter: "\r\n" }) as Record<string, string>[];
}

describe("the file of a filter's orders", () => {
  it("holds each of the merchant's orders once, in the list's order, however many are read at once", async () => {
    const newest = await file();
    expect(newest).toHaveLength(TOTAL);
    expect(new Set(newest.map((row) => row.Order)).size).toBe(TOTAL);
    expect(newest.map((row) => row.Reference)).not.toContain("foreign");
    expect((await file({}, "oldest")).map((row) => row.Order)).toEqual(newest.map((row) => row.Order).reverse());
  });

  it("writes amounts as decimal text, times with their zone, and nothing that a spreadsheet computes", async () => {
    const [first, second] = await file({ from: "2026-11-20" });
    expect(first).toMatchObject({
      Reference: "'=HYPERLINK(A1)",
      Created: "2026-11-20 18:30:05 +08:00",
      Paid: "2026-11-20 18:30:05 +08:00",
      Amount: "1234.50",
      "Amount received": "1234.50",
      Refunded: "0.00",
      Account: "'+One",
      Subject: '茶 "hot", large',
    });
    expect(second).toMatchObject({ Reference: "YEN", Amount: "88", Currency: "JPY", Paid: "" });
  });

  it("is the filter's and no more", async () => {
    expect((await file({ state: "paid" })).map((row) => row.Reference)).toEqual(["'=HYPERLINK(A1)"]);
    expect(await file({ state: "cancelled" })).toEqual([]);
  });
});
