import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAccounts, readAccount } from "#db/queries/dashboard-accounts.ts";
import { listDeliveries } from "#db/queries/dashboard-deliveries.ts";
import { countMatters, ordersToReview } from "#db/queries/dashboard-home.ts";
import { countWaiting, listNotifications, listRefused } from "#db/queries/dashboard-inbox.ts";
import { readMerchants } from "#db/queries/dashboard-merchants.ts";
import { readAttempts, readOrder, readRefunds } from "#db/queries/dashboard-order.ts";
import { type MadeOrder, makeMerchant, makeOrder } from "#db/queries/dashboard-testing.ts";
import { readHistory } from "#db/queries/dashboard-timeline.ts";
import { listLinks } from "#db/queries/links.ts";
import { checkoutLinks } from "#db/schema/checkout-links.ts";
import { exchanges } from "#db/schema/exchanges.ts";
import { notificationMatches, notifications, refusedNotifications } from "#db/schema/notifications.ts";
import { refunds } from "#db/schema/refunds.ts";
import { webhookEndpoints } from "#db/schema/webhook-endpoints.ts";
import { deliveries, deliveryTries } from "#db/schema/webhooks.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";

let world: TestDatabase;
let made: MadeOrder;
const NOW = new Date();

beforeAll(async () => {
  world = await testDatabase();
  const { database } = world;
  for (const id of ["mer_1", "mer_2"]) await makeMerchant(database, id, id);
  made = await makeOrder(database, "mer_1", { reference: "A", state: "paid", amount: 1_000n, needsReview: true, refundedAmount: 300n });
  await makeOrder(database, "mer_1", { reference: "B", state: "paid", amount: 2_000n });
  await makeOrder(database, "mer_1", { reference: "live", state: "paid", amount: 5_000n, live: true });
  await makeOrder(database, "mer_1", { reference: "C", state: "expired" });
  await makeOrder(database, "mer_1", { reference: "D" });
  // Made a week ago, and its payment's event a week ago: no part of today.
  await makeOrder(database, "mer_1", { reference: "old", state: "paid", createdAt: new Date(NOW.getTime() - 7 * 86_400_000) });
  await makeOrder(database, "mer_2", { reference: "foreign", state: "paid", amount: 9_900n });
  const own = { merchantId: "mer_1", accountId: "acc_mer_1" };
  const refund = {
    ...own,
    orderId: made.orderId,
    attemptId: made.attemptId,
    currency: "HKD",
    amount: 300n,
    reason: "r",
    requestedBy: "policy",
  };
  await database.insert(refunds).values({ ...refund, id: "rfd_1", refundNo: "R1", idempotencyKey: "k1", state: "unknown", nextTryAt: NOW });
  const received = { ...own, fields: {}, raw: "sealed" };
  await database.insert(notifications).values([
    { ...received, id: "ntf_1", fingerprint: "1", gatewayOrderNo: made.gatewayOrderNo, orderId: made.orderId, verdict: "credited" },
    { ...received, id: "ntf_2", fingerprint: "2", gatewayOrderNo: "LOST", verdict: "orphan" },
    { ...received, id: "ntf_3", fingerprint: "3", gatewayOrderNo: "FOUND", verdict: "orphan" },
  ]);
  await database.insert(notificationMatches).values({ notificationId: "ntf_3", orderId: made.orderId, verdict: "credited", by: "sweep" });
  await database.insert(refusedNotifications).values({
    ...own,
    slot: 0,
    reason: "bad_signature",
    detail: "d",
    gatewayOrderNo: made.gatewayOrderNo,
    raw: "sealed",
  });
  await database.insert(exchanges).values({
    ...own,
    id: "exc_1",
    orderId: made.orderId,
    operation: "query",
    method: "POST",
    url: "https://gateway.example/",
    requestHeaders: {},
    requestBody: "",
    responseBody: "",
    durationMs: 5,
    startedAt: NOW,
  });
  await database.insert(webhookEndpoints).values({ id: "whe_1", merchantId: "mer_1", url: "https://shop.example/" });
  const owed = { merchantId: "mer_1", endpointId: "whe_1", orderId: made.orderId, type: "order.paid", body: "{}" };
  await database.insert(deliveries).values([
    { ...owed, id: "msg_1", sequence: 1, state: "dead", tries: 2 },
    { ...owed, id: "msg_2", sequence: 2 },
  ]);
  const tried = { deliveryId: "msg_1", responseBody: "", durationMs: 1 };
  await database.insert(deliveryTries).values([
    { ...tried, number: 1, status: 500 },
    { ...tried, number: 2, error: "ECONNREFUSED" },
  ]);
  await database
    .insert(checkoutLinks)
    .values({ id: "lnk_1", merchantId: "mer_1", slug: "tea", title: "Tea", currency: "HKD", amount: 1n, live: false });
});
afterAll(() => world.close());

describe("home", () => {
  it("counts what needs a person: review, refunds under way, orphans without an order, webhooks given up", async () => {
    const review = await ordersToReview(world.database, "mer_1", 5);
    expect(review.map((row) => row.id)).toEqual([made.orderId]);
    const counts = await countMatters(world.database, "mer_1");
    const matters = Object.entries(counts).flatMap(([kind, { count }]) => (count > 0 ? [[kind, count]] : []));
    expect(Object.fromEntries(matters)).toEqual({ review: 1, openRefunds: 1, orphans: 1, deadDeliveries: 1 });
  });

  it("shows another merchant nothing of it", async () => {
    expect(await ordersToReview(world.database, "mer_2", 5)).toEqual([]);
    expect(Object.values(await countMatters(world.database, "mer_2")).filter(({ count }) => count > 0)).toEqual([]);
  });
});

describe("one order", () => {
  it("is read within a person's merchants only; the platform admin reads all", async () => {
    expect(await readOrder(world.database, ["mer_2"], made.orderId)).toBeNull();
    expect(await readOrder(world.database, [], made.orderId)).toBeNull();
    expect(await readOrder(world.database, ["mer_1"], "ord_unknown")).toBeNull();
    expect((await readOrder(world.database, ["mer_2", "mer_1"], made.orderId))?.id).toBe(made.orderId);
    expect((await readOrder(world.database, "all", made.orderId))?.id).toBe(made.orderId);
  });

  it("brings its whole history, refused messages with its number and later matches included", async () => {
    const history = await readHistory(world.database, "mer_1", made.orderId, [made.gatewayOrderNo]);
    expect(history.events.map((event) => event.sequence)).toEqual([2, 1]);
    expect(history.notifications.map((row) => row.id).sort()).toEqual(["ntf_1", "ntf_3"]);
    expect(history.refused).toHaveLength(1);
    expect(history.exchanges).toHaveLength(1);
    expect(history.deliveries.map((row) => [row.id, row.history.map((one) => one.number)])).toEqual([
      ["msg_2", []],
      ["msg_1", [1, 2]],
    ]);
  });

  it("brings another merchant nothing, even with the right numbers", async () => {
    const history = await readHistory(world.database, "mer_2", made.orderId, [made.gatewayOrderNo]);
    expect(Object.values(history).flat()).toEqual([]);
    expect(await readAttempts(world.database, "mer_2", made.orderId)).toEqual([]);
    expect(await readRefunds(world.database, "mer_2", made.orderId)).toEqual([]);
  });

  it("never carries what is sealed or belongs to the shopper", async () => {
    const history = await readHistory(world.database, "mer_1", made.orderId, [made.gatewayOrderNo]);
    const attempts = await readAttempts(world.database, "mer_1", made.orderId);
    const columns = [...history.notifications, ...history.refused, ...attempts].flatMap((row) => Object.keys(row));
    for (const hidden of ["raw", "fingerprint", "payer", "presentation", "credentials"]) expect(columns).not.toContain(hidden);
  });
});

describe("lists", () => {
  it("show a merchant its own rows", async () => {
    const { database } = world;
    expect((await listNotifications(database, "mer_1", null, null)).rows).toHaveLength(3);
    const orphans = (await listNotifications(database, "mer_1", "orphan", null)).rows;
    expect(new Map(orphans.map((row) => [row.id, row.match?.orderId ?? null]))).toEqual(
      new Map([
        ["ntf_2", null],
        ["ntf_3", made.orderId],
      ]),
    );
    expect((await listNotifications(database, "mer_1", "waiting", null)).rows.map((row) => row.id)).toEqual(["ntf_2"]);
    expect(await countWaiting(database, "mer_1")).toBe(1);
    expect(await listRefused(database, "mer_1")).toHaveLength(1);
    expect((await listDeliveries(database, "mer_1", { state: "dead" }, null)).rows).toMatchObject([
      { id: "msg_1", lastStatus: null, lastError: "ECONNREFUSED" },
    ]);
    expect((await listDeliveries(database, "mer_1", {}, null)).rows).toHaveLength(2);
    expect(await listLinks(database, { merchantId: "mer_1", limit: 50 })).toHaveLength(1);
    expect((await listAccounts(database, "mer_1")).map((row) => row.id)).toEqual(["acc_mer_1"]);
    expect(Object.keys((await listAccounts(database, "mer_1"))[0] ?? {})).not.toContain("credentials");
  });

  it("show another merchant none of them", async () => {
    const { database } = world;
    expect((await listNotifications(database, "mer_2", null, null)).rows).toEqual([]);
    expect(await listRefused(database, "mer_2")).toEqual([]);
    expect((await listDeliveries(database, "mer_2", {}, null)).rows).toEqual([]);
    expect(await listLinks(database, { merchantId: "mer_2", limit: 50 })).toEqual([]);
    expect(await readAccount(database, "mer_2", "acc_mer_1")).toBeNull();
    expect((await readMerchants(database, ["mer_2"])).map((row) => row.id)).toEqual(["mer_2"]);
    expect(await readMerchants(database, [])).toEqual([]);
  });
});
