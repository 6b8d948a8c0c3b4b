import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listOrders } from "#db/queries/dashboard-orders.ts";
import { readCursor } from "#db/queries/dashboard-page.ts";
import { type MadeOrder, makeMerchant, makeOrder } from "#db/queries/dashboard-testing.ts";
import { NO_FILTER, type OrderFilter } from "#db/queries/orders-filter.ts";
import { notificationMatches, notifications } from "#db/schema/notifications.ts";
import { refunds } from "#db/schema/refunds.ts";
import { webhookEndpoints } from "#db/schema/webhook-endpoints.ts";
import { deliveries } from "#db/schema/webhooks.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { newId } from "#lib/domain/ids.ts";

let world: TestDatabase;
let made: MadeOrder;
const ids = { refund: newId("refund"), notification: newId("notification"), orphan: newId("notification"), delivery: newId("delivery") };
const NOW = new Date("2026-11-20T08:00:00.123Z");
const ALL: OrderFilter = { ...NO_FILTER, timeZone: "Asia/Hong_Kong" };

const list = (merchantId: string, filter: Partial<OrderFilter> = {}, cursor: string | null = null) =>
  listOrders(world.database, merchantId, { ...ALL, ...filter }, cursor ? readCursor(cursor) : null);

beforeAll(async () => {
  world = await testDatabase();
  const { database } = world;
  for (const id of ["mer_1", "mer_2"]) await makeMerchant(database, id, id);
  made = await makeOrder(database, "mer_1", { reference: "SHOP-77", state: "paid", createdAt: NOW });
  const own = { merchantId: "mer_1", orderId: made.orderId, accountId: "acc_mer_1" };
  await database.insert(refunds).values({
    ...own,
    id: ids.refund,
    attemptId: made.attemptId,
    refundNo: "REFUND0001",
    gatewayRefundRef: "GW-REFUND-1",
    currency: "HKD",
    amount: 100n,
    state: "sent",
    nextTryAt: NOW,
    reason: "broken",
    requestedBy: "policy",
    idempotencyKey: "k",
  });
  const received = { merchantId: "mer_1", accountId: "acc_mer_1", fields: {}, raw: "sealed" };
  await database.insert(notifications).values([
    { ...received, id: ids.notification, orderId: made.orderId, fingerprint: "1", gatewayOrderNo: "NOTIFIED-1", verdict: "credited" },
    { ...received, id: ids.orphan, fingerprint: "2", gatewayOrderNo: "ORPHAN-1", verdict: "orphan" },
  ]);
  await database
    .insert(notificationMatches)
    .values({ notificationId: ids.orphan, orderId: made.orderId, verdict: "credited", by: "sweep" });
  await database.insert(webhookEndpoints).values({ id: "whe_1", merchantId: "mer_1", url: "https://shop.example/" });
  await database.insert(deliveries).values({
    id: ids.delivery,
    merchantId: "mer_1",
    orderId: made.orderId,
    endpointId: "whe_1",
    sequence: 2,
    type: "order.paid",
    body: "{}",
  });
  await makeOrder(database, "mer_1", { reference: "OTHER", createdAt: NOW });
});
afterAll(() => world.close());

describe("search", () => {
  const numbers: [string, () => string][] = [
    ["the order's id", () => made.orderId],
    ["the shop's reference", () => made.reference],
    ["the checkout's token", () => made.token],
    ["the attempt's id", () => made.attemptId],
    ["our number at the gateway", () => made.gatewayOrderNo],
    ["the gateway's own number", () => made.gatewayRef],
    ["a refund's id", () => ids.refund],
    ["our refund number", () => "REFUND0001"],
    ["the gateway's refund number", () => "GW-REFUND-1"],
    ["a notification's number", () => "NOTIFIED-1"],
    ["a notification's id", () => ids.notification],
    ["the number of an orphan matched later", () => "ORPHAN-1"],
    ["a webhook message's id", () => ids.delivery],
  ];
  for (const [what, number] of numbers) {
    it(`finds exactly the order by ${what}`, async () => {
      const page = await list("mer_1", { number: number() });
      expect(page.rows.map((row) => row.id)).toEqual([made.orderId]);
    });

    it(`finds nothing of another merchant by ${what}`, async () => {
      expect((await list("mer_2", { number: number() })).rows).toEqual([]);
    });
  }

  it("takes a number as it is: no pattern, no SQL", async () => {
    for (const number of ["%", "SHOP-7_", "' or 1=1 --", "SHOP"]) expect((await list("mer_1", { number })).rows).toEqual([]);
  });
});

describe("filters", () => {
  it("narrow by state, by wallet and by what needs attention", async () => {
    const references = async (filter: Partial<OrderFilter>) => (await list("mer_1", filter)).rows.map((row) => row.reference).sort();
    expect(await references({ state: "paid" })).toEqual(["SHOP-77"]);
    expect(await references({ state: "open" })).toEqual(["OTHER"]);
    expect(await references({ wallet: "wechat" })).toEqual(["OTHER", "SHOP-77"]);
    expect(await references({ wallet: "alipay" })).toEqual([]);
    expect(await references({ needs: "refunding" })).toEqual(["SHOP-77"]);
    expect(await references({ needs: "unclear" })).toEqual([]);
    expect(await references({ needs: "review" })).toEqual([]);
  });

  it("mean days in the merchant's zone, both included", async () => {
    await makeMerchant(world.database, "mer_days", "Days");
    const at = (iso: string) => makeOrder(world.database, "mer_days", { reference: iso, createdAt: new Date(iso) });
    // Hong Kong is UTC+8: its 20 November begins at 16:00 UTC on the 19th.
    for (const iso of ["2026-11-19T15:59:59.999Z", "2026-11-19T16:00:00.000Z", "2026-11-20T15:59:59.999Z", "2026-11-20T16:00:00.000Z"])
      await at(iso);
    const page = await list("mer_days", { from: "2026-11-20", to: "2026-11-20" });
    expect(page.rows.map((row) => row.reference)).toEqual(["2026-11-20T15:59:59.999Z", "2026-11-19T16:00:00.000Z"]);
  });

  it("know that London's day of the clock change has 25 hours", async () => {
    await makeMerchant(world.database, "mer_london", "London", "Europe/London");
    for (const iso of ["2026-10-24T23:00:00Z", "2026-10-25T23:59:59Z", "2026-10-26T00:00:00Z"])
      await makeOrder(world.database, "mer_london", { reference: iso, createdAt: new Date(iso) });
    const page = await list("mer_london", { from: "2026-10-25", to: "2026-10-25", timeZone: "Europe/London" });
    expect(page.rows.map((row) => row.reference)).toEqual(["2026-10-25T23:59:59Z", "2026-10-24T23:00:00Z"]);
  });
});

describe("paging", () => {
  const TOTAL = 120; // two full pages and a rest, a third of them made in the same millisecond

  beforeAll(async () => {
    await makeMerchant(world.database, "mer_many", "Many");
    for (let n = 0; n < TOTAL; n += 1) {
      const createdAt = new Date(NOW.getTime() - Math.floor(n / 40) * 1000);
      await makeOrder(world.database, "mer_many", { reference: `R${n}`, createdAt });
    }
  });

  const walk = async (first: string | null, way: "older" | "newer") => {
    const pages: string[][] = [];
    let cursor = first;
    do {
      const page = await list("mer_many", {}, cursor);
      pages.push(page.rows.map((row) => row.id));
      cursor = page[way];
    } while (cursor && pages.length < 10);
    return { pages, ids: pages.flat() };
  };

  it("forwards shows every order once, newest first, also among equal instants", async () => {
    const { pages, ids } = await walk(null, "older");
    expect(pages.map((page) => page.length)).toEqual([50, 50, 20]);
    expect(new Set(ids).size).toBe(TOTAL);
  });

  it("backwards shows the very same pages", async () => {
    const forwards = await walk(null, "older");
    const second = await list("mer_many", {}, (await list("mer_many")).older);
    const third = await list("mer_many", {}, second.older);
    const back = await list("mer_many", {}, third.newer);
    expect(back.rows.map((row) => row.id)).toEqual(forwards.pages[1]);
    const start = await list("mer_many", {}, back.newer);
    expect(start.rows.map((row) => row.id)).toEqual(forwards.pages[0]);
    expect(start.newer).toBeNull();
    expect(third.older).toBeNull();
  });

  it("is not disturbed by orders made meanwhile", async () => {
    const before = await list("mer_many");
    const next = await list("mer_many", {}, before.older);
    await makeOrder(world.database, "mer_many", { reference: "late", createdAt: new Date(NOW.getTime() + 5000) });
    expect((await list("mer_many", {}, before.older)).rows.map((row) => row.id)).toEqual(next.rows.map((row) => row.id));
  });

  it("takes no cursor it did not make", () => {
    for (const text of ["", "older", "older.x.y", "sideways.1.ord_1", "older.1.'; drop table orders", `older.${"9".repeat(30)}.a`])
      expect(readCursor(text)).toBeNull();
  });
});
