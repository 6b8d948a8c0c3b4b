import { asc, eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertSentOrder, type NewSentOrder } from "#db/queries/open-and-send.ts";
import { attempts } from "#db/schema/attempts.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { orderEvents } from "#db/schema/order-events.ts";
import { orders } from "#db/schema/orders.ts";
import { webhookEndpoints } from "#db/schema/webhook-endpoints.ts";
import { deliveries } from "#db/schema/webhooks.ts";
import { newGatewayNumber, newId, newToken } from "#lib/domain/ids.ts";
import { openAndStart } from "#lib/payments/open-and-start.ts";
import { openOrder } from "#lib/payments/open-order.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

const AMOUNT = { minor: 8800n, currency: "HKD" } as const;
const start = { method: "wechat.native", clientIp: SHOPPER.ip, answers: {}, openidFor: () => undefined } as const;
const input = (more: Record<string, unknown> = {}) => ({
  merchantId: world.merchantId,
  amount: AMOUNT,
  title: "Tea 茶",
  live: false,
  actor: "shop",
  metadata: { table: "7" },
  notifyUrl: `${world.origin}/hook`,
  start,
  ...more,
});

async function rowsOf(orderId: string) {
  const [order] = await world.database.select().from(orders).where(eq(orders.id, orderId));
  const tries = await world.database.select().from(attempts).where(eq(attempts.orderId, orderId));
  const events = await world.database.select().from(orderEvents).where(eq(orderEvents.orderId, orderId)).orderBy(asc(orderEvents.sequence));
  if (!order) throw new Error("no order");
  return { order, tries, events };
}

/** What of two payments' rows may differ: their numbers and the moment. */
function bare(rows: Awaited<ReturnType<typeof rowsOf>>) {
  const names = new Set(["id", "token", "reference", "orderId", "gatewayOrderNo", "gatewayRef", "presentation", "attempt"]);
  const strip = (value: unknown): unknown => {
    if (value instanceof Date) return "a time";
    if (Array.isArray(value)) return value.map(strip);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, names.has(key) ? "its own" : strip(one)]));
  };
  return strip(rows);
}

describe("an order opened together with its first attempt", () => {
  it("leaves the very rows that opening and then starting leave", async () => {
    const together = await openAndStart(input(), world.database);
    if (!together.ok) throw new Error(together.problem.code);
    const opened = await openOrder(input(), world.database);
    if (!opened.ok) throw new Error(opened.problem.code);
    await startAttempt({ token: opened.value.token, method: "wechat.native", shopper: SHOPPER }, world.database);
    const [one, two] = [await rowsOf(together.value.orderId), await rowsOf(opened.value.id)];
    const actors = (rows: typeof one) => ({ ...rows, events: rows.events.map((event) => ({ ...event, actor: "whoever" })) });
    expect(bare(actors(one))).toEqual(bare(actors(two)));
    expect(one.events.map((event) => [event.sequence, event.type])).toEqual([
      [1, "order.created"],
      [2, "attempt.sent"],
      [3, "attempt.presented"],
    ]);
    expect(one.order.eventSequence).toBe(3);
    expect(together.value.presentation).toMatchObject({ kind: "qr" });
    const life = (rows: typeof one) => rows.order.expiresAt.getTime() - rows.order.createdAt.getTime();
    expect(life(one)).toBe(life(two));
    expect(one.tries[0]?.expiresAt).toEqual(one.order.expiresAt);
  });

  it("is its own order, whoever else comes at the same moment", async () => {
    const titles = Array.from({ length: 24 }, (_, index) => `Tea ${index}`);
    const all = await Promise.all(titles.map((title) => openAndStart(input({ title }), world.database)));
    for (const [index, one] of all.entries()) {
      if (!one.ok) throw new Error(one.problem.code);
      const { order, tries, events } = await rowsOf(one.value.orderId);
      expect(order).toMatchObject({ title: titles[index], token: one.value.token, eventSequence: 3 });
      expect(tries).toMatchObject([{ id: one.value.attemptId, state: "presented", orderCreatedAt: order.createdAt }]);
      expect(events.map(({ type }) => type)).toEqual(["order.created", "attempt.sent", "attempt.presented"]);
    }
  });

  it("is written although another one of the same moment cannot be", async () => {
    const [account] = await world.database.select().from(gatewayAccounts).where(eq(gatewayAccounts.merchantId, world.merchantId));
    if (!account) throw new Error("no account");
    const sent = (accountId: string): NewSentOrder => {
      const id = newId("order");
      const order = { id, token: newToken(), merchantId: world.merchantId, reference: id.slice(4), accountId: null, title: "Tea" };
      const rest = { notifyUrl: null, endpointId: null, returnUrl: null, locale: null, metadata: {}, live: false };
      const gatewayOrderNo = newGatewayNumber(new Date());
      return {
        order: { ...order, ...rest, amount: AMOUNT.minor, currency: AMOUNT.currency },
        attempt: { id: newId("attempt"), accountId, method: "wechat.native", gatewayOrderNo, state: "sent" },
        ...{ lifetimeSeconds: 600, sweepSeconds: 600, closeSeconds: null },
        events: [{ sequence: 1, type: "order.created", actor: "shop", data: {} }],
      };
    };
    const all = [sent(account.id), sent(newId("account")), sent(account.id)];
    const written = await Promise.allSettled(all.map((one) => insertSentOrder(world.database, one)));
    expect(written.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    const there = await world.database
      .select()
      .from(orders)
      .where(
        inArray(
          orders.id,
          all.map(({ order }) => order.id),
        ),
      );
    expect(there.map(({ id }) => id).sort()).toEqual([all[0]?.order.id, all[2]?.order.id].sort());
  });

  it("is one order and one attempt however many ask for the same reference at once", async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => openAndStart(input({ reference: "same-1" }), world.database)));
    const ids = new Set(answers.map((one) => (one.ok ? one.value.orderId : one.problem.code)));
    expect(ids.size).toBe(1);
    expect(answers.filter((one) => one.ok && one.value.created)).toHaveLength(1);
    const { tries } = await rowsOf([...ids][0] ?? "");
    expect(tries).toHaveLength(1);
  });

  it("refuses a reference of another amount, and writes nothing", async () => {
    await openAndStart(input({ reference: "same-2" }), world.database);
    const other = await openAndStart(input({ reference: "same-2", amount: { minor: 1n, currency: "HKD" } }), world.database);
    expect(other).toMatchObject({ ok: false, problem: { code: "reference_taken", field: "reference" } });
    expect(await world.database.select().from(orders).where(eq(orders.reference, "same-2"))).toHaveLength(1);
  });

  it("tells an endpoint that wants to know of new orders, as opening alone does", async () => {
    const id = newId("endpoint");
    const wanting = { id, merchantId: world.merchantId, kind: "merchant" as const, live: false, eventTypes: ["order.created"] };
    await world.database.insert(webhookEndpoints).values({ ...wanting, url: `${world.origin}/hook` });
    const opened = await openAndStart(input(), world.database);
    if (!opened.ok) throw new Error(opened.problem.code);
    await world.database.update(webhookEndpoints).set({ deletedAt: new Date() }).where(eq(webhookEndpoints.id, id));
    const owed = await world.database.select().from(deliveries).where(eq(deliveries.orderId, opened.value.orderId));
    expect(owed.map((one) => [one.endpointId, one.type, one.sequence])).toEqual([[id, "order.created", 1]]);
    expect(opened.value).toMatchObject({ created: true, presentation: { kind: "qr" } });
  });

  it("opens no order that nobody could pay", async () => {
    const before = await world.database.$count(orders);
    expect(await openAndStart(input({ start: { ...start, method: "jd.h5" } }), world.database)).toMatchObject({
      ok: false,
      problem: { code: "method_unavailable" },
    });
    expect(await openAndStart(input({ title: " " }), world.database)).toMatchObject({ ok: false, problem: { field: "title" } });
    expect(await world.database.$count(orders)).toBe(before);
  });
});
