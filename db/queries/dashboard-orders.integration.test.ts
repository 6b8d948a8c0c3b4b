import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listOrders } from "#db/queries/dashboard-orders.ts";
import { readCursor } from "#db/queries/dashboard-page.ts";
import { type MadeOrder, makeMerchant, makeOrder } from "#db/queries/dashboard-testing.ts";
import { NO_FILTER, type OrderFilter } from "#db/queries/orders-filter.ts";
import { attempts } from "#db/schema/attempts.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
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

  it("finds the order by the wallet's own number, and by the ending that is left of any of them on a cut screenshot", async () => {
    const walletRef = "4200002611202611200123456789";
    await world.database.update(attempts).set({ walletRef }).where(eq(attempts.id, made.attemptId));
    const numbers = [walletRef, made.gatewayOrderNo, made.gatewayRef, "REFUND0001", "GW-REFUND-1"];
    for (const number of numbers.flatMap((one) => [one, one.slice(-6), one.slice(-9)]))
      expect(
        (await list("mer_1", { number })).rows.map((row) => row.id),
        number,
      ).toEqual([made.orderId]);
    for (const number of numbers.flatMap((one) => [one.slice(-5), one.slice(0, -1)]))
      expect((await list("mer_1", { number })).rows, number).toEqual([]);
    for (const number of numbers) expect((await list("mer_2", { number: number.slice(-8) })).rows, number).toEqual([]);
  });

  it("takes our own numbers in small letters and a receipt's with its spaces", async () => {
    for (const number of [
      made.gatewayOrderNo.toLowerCase(),
      made.gatewayOrderNo.replace(/(.{4})/g, "$1 "),
      "4200 0026 1120 2611 2001 2345 6789",
    ])
      expect(
        (await list("mer_1", { number })).rows.map((row) => row.id),
        number,
      ).toEqual([made.orderId]);
  });

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

  it("narrow by amount, currency, mode, method, gateway and account, alone and together", async () => {
    const { database } = world;
    const account = await makeMerchant(database, "mer_narrow", "Narrow");
    const other = "acc_other";
    const values = { merchantId: "mer_narrow", title: "x", baseUrl: "http://localhost:1", credentials: "sealed", live: true };
    await database.insert(gatewayAccounts).values({ id: other, gateway: "xxpay", ...values });
    const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
    await makeOrder(database, "mer_narrow", { reference: "A", amount: 8_800n, createdAt: at(1) });
    await makeOrder(database, "mer_narrow", { reference: "B", amount: 88n, currency: "JPY", live: true, createdAt: at(2) });
    const c = await makeOrder(database, "mer_narrow", { reference: "C", amount: 12_345n, live: true, state: "paid", createdAt: at(3) });
    // A second try of C's, by another account and method: the order is found by either, and once.
    const tried = { merchantId: "mer_narrow", orderId: c.orderId, currency: "HKD", amount: 12_345n, expiresAt: NOW };
    for (const n of ["1", "2"])
      await database
        .insert(attempts)
        .values({ ...tried, id: newId("attempt"), accountId: other, method: "alipay.qr", gatewayOrderNo: n, state: "closed" });
    const found = async (filter: Partial<OrderFilter>, sort?: "oldest") =>
      (await listOrders(database, "mer_narrow", { ...ALL, ...filter }, null, sort)).rows.map((row) => row.reference).join("");
    const exactly = (amount: string) => ({ amount: { min: amount, max: amount } });
    expect(await found({})).toBe("CBA");
    expect(await found({}, "oldest")).toBe("ABC");
    expect(await found(exactly("88"))).toBe("BA");
    expect(await found({ ...exactly("88"), currency: "HKD" })).toBe("A");
    expect(await found({ ...exactly("88.50"), currency: "JPY" })).toBe("");
    expect(await found({ amount: { min: "88", max: "123.45" } })).toBe("CBA");
    expect(await found({ amount: { min: "88.01", max: null } })).toBe("C");
    expect(await found({ amount: { min: null, max: "88" }, mode: "test" })).toBe("A");
    expect(await found({ mode: "live" })).toBe("CB");
    expect(await found({ currency: "JPY" })).toBe("B");
    expect(await found({ method: "alipay.qr" })).toBe("C");
    expect(await found({ wallet: "alipay" }, "oldest")).toBe("C");
    expect(await found({ method: "wechat.native" })).toBe("CBA");
    expect(await found({ wallet: "alipay", method: "wechat.native" })).toBe("");
    expect(await found({ gateway: "xxpay" })).toBe("C");
    expect(await found({ account })).toBe("CBA");
    expect(await found({ account: other, state: "paid", ...exactly("123.45") })).toBe("C");
    expect(await found({ account: other, state: "open" })).toBe("");
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

  it("goes on from where it stopped looking, so that what hardly fits is found in pieces and nothing is missed", async () => {
    const id = await makeMerchant(world.database, "mer_far", "Far");
    await world.database.$client.query(
      `insert into orders (id, token, merchant_id, reference, title, currency, amount, live, state, expires_at, created_at)
       select 'ord_far' || n, 'far' || n, 'mer_far', 'F' || n, 'Far', 'HKD', 100, true, case when n in (5, 30001) then 'cancelled' else 'open' end,
         now(), $1::timestamptz - interval '1 second' * n from generate_series(1, 41000) n`,
      [NOW],
    );
    expect(id).toBe("acc_mer_far");
    const seen: string[] = [];
    let [cursor, pieces] = [null as string | null, 0];
    do {
      const page = await listOrders(
        world.database,
        "mer_far",
        { ...ALL, state: "cancelled", mode: "live", currency: "HKD", amount: { min: null, max: "1" } },
        cursor ? readCursor(cursor) : null,
      );
      seen.push(...page.rows.map((row) => row.reference));
      [cursor, pieces] = [page.older, pieces + 1];
    } while (cursor && pieces < 10);
    expect(seen).toEqual(["F5", "F30001"]);
    // Narrowed by currency alone, the whole is walked through: two pieces that end where they stopped looking, and the rest.
    const first = await list("mer_far", { currency: "JPY" });
    expect([first.rows.length, first.lookedTo?.toISOString()]).toEqual([0, new Date(NOW.getTime() - 20_000_000).toISOString()]);
    const second = await list("mer_far", { currency: "JPY" }, first.older);
    const third = await list("mer_far", { currency: "JPY" }, second.older);
    expect([second.lookedTo === null, third.lookedTo, third.older]).toEqual([false, null, null]);
  });

  it("takes no cursor it did not make", () => {
    for (const text of ["", "older", "older.x.y", "sideways.1.ord_1", "older.1.'; drop table orders", `older.${"9".repeat(30)}.a`])
      expect(readCursor(text)).toBeNull();
  });
});
