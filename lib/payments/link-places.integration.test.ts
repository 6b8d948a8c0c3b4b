import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownLink, placesTaken } from "#db/queries/links.ts";
import { orderById } from "#db/queries/orders.ts";
import { attempts } from "#db/schema/attempts.ts";
import { merchants } from "#db/schema/merchants.ts";
import { orders } from "#db/schema/orders.ts";
import { openOrderFromLink, readLink } from "#lib/payments/checkout-link.ts";
import { cancelOrder, expireOrder } from "#lib/payments/close-order.ts";
import { createLink } from "#lib/payments/create-link.ts";
import { editLink } from "#lib/payments/edit-link.ts";
import type { CreateLinkInput } from "#lib/payments/link-input.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { payPayment } from "#lib/sandbox/pay.ts";

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

const made = async (more: Partial<CreateLinkInput>) => {
  const link: CreateLinkInput = { title: "Seat", currency: "HKD", amount: "88", ...more };
  const result = await createLink({ merchantId: world.merchantId, live: false, link }, world.database);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
};
const shopper = (slug: string, more: { quantity?: string; key?: string } = {}) => {
  const { quantity = null, key = crypto.randomUUID() } = more;
  return openOrderFromLink({ slug, amountText: null, quantity, locale: "en", idempotencyKey: key }, world.database);
};
const openedBy = async (slug: string, more: { quantity?: string; key?: string } = {}) => {
  const result = await shopper(slug, more);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
};
const codeOf = (result: Awaited<ReturnType<typeof shopper>>) => (result.ok ? "opened" : result.problem.code);
const takenOf = async (linkId: string) => {
  const link = await ownLink(world.database, world.merchantId, linkId);
  return [link?.takenOrders, link?.takenPieces];
};
const countOf = (list: string[]) =>
  Object.fromEntries([...new Set(list)].sort().map((one) => [one, list.filter((other) => other === one).length]));
const started = async (token: string) => {
  const attempt = await startAttempt({ token, method: "wechat.native", shopper: SHOPPER }, world.database);
  if (!attempt.ok) throw new Error(JSON.stringify(attempt.problem));
  return attempt.value.attemptId;
};
const payAtGateway = async (attemptId: string) => {
  const [attempt] = await world.database.select().from(attempts).where(eq(attempts.id, attemptId));
  const payment = await paymentByAny(world.database, attempt?.gatewayOrderNo ?? "");
  await payPayment(world.database, payment?.no ?? "", { channel: "CN", shopper: "someone" }, []);
  await world.drainNotices();
  await world.drainJobs();
};
const expire = async (orderId: string) => {
  await world.timeOut(orderId);
  expect(await expireOrder(orderId, world.database)).toBe(true);
};

describe("places at a limited link", () => {
  it("30 shoppers at the last piece: one gets it, each of the others is told", async () => {
    const link = await made({ stock: 1 });
    const results = await Promise.all(Array.from({ length: 30 }, () => shopper(link.slug)));
    expect(countOf(results.map(codeOf))).toEqual({ link_held: 29, opened: 1 });
    expect(await takenOf(link.id)).toEqual([1, 1]);
  });

  it("24 shoppers, each with 1 to 3 pieces, never take more than there are, and leave none that somebody asked for alone", async () => {
    const link = await made({ stock: 20, quantity_max: 3 });
    await Promise.all(Array.from({ length: 24 }, (_, n) => shopper(link.slug, { quantity: String((n % 3) + 1) })));
    const [, before] = await takenOf(link.id);
    expect(before).toBeLessThanOrEqual(20);
    while ((await shopper(link.slug, { quantity: "1" })).ok);
    const under = await placesTaken(world.database, link.id);
    expect(under.takenPieces).toBe(20);
    expect(await takenOf(link.id)).toEqual([under.takenOrders, 20]);
  });

  it("30 shoppers at a link for one payment: one order", async () => {
    const link = await made({ reusable: false });
    const results = await Promise.all(Array.from({ length: 30 }, () => shopper(link.slug)));
    expect(countOf(results.map(codeOf))).toEqual({ link_held: 29, opened: 1 });
  });

  it("the last piece, its form sent 20 times over, is one order and one place", async () => {
    const link = await made({ stock: 1, quantity_max: 2 });
    const key = crypto.randomUUID();
    const results = await Promise.all(Array.from({ length: 20 }, () => shopper(link.slug, { key, quantity: "1" })));
    expect(new Set(results.map((one) => (one.ok ? one.value.orderId : one.problem.code))).size).toBe(1);
    expect(results[0]?.ok).toBe(true);
    expect(await takenOf(link.id)).toEqual([1, 1]);
  });

  it("more pieces than are left are refused with what is left", async () => {
    const link = await made({ stock: 5, quantity_max: 4 });
    await openedBy(link.slug, { quantity: "3" });
    expect(await shopper(link.slug, { quantity: "4" })).toMatchObject({ problem: { code: "quantity_invalid", values: { max: "2" } } });
    expect((await readLink(link.slug, world.database))?.quantityMax).toBe(2);
    expect(await takenOf(link.id)).toEqual([1, 3]);
  });

  it("an order that expires or is cancelled gives its pieces back, once", async () => {
    const link = await made({ stock: 4, quantity_max: 4 });
    const first = await openedBy(link.slug, { quantity: "3" });
    const second = await openedBy(link.slug, { quantity: "1" });
    expect(await takenOf(link.id)).toEqual([2, 4]);
    await Promise.all([expire(first.orderId), cancelOrder({ token: second.token, actor: "shopper" }, world.database)]);
    expect(await takenOf(link.id)).toEqual([0, 0]);
    expect(await expireOrder(first.orderId, world.database)).toBe(false);
    expect(await takenOf(link.id)).toEqual([0, 0]);
  });

  it("paid keeps the place: a link for one payment says that it is paid", async () => {
    const link = await made({ reusable: false });
    const { token, orderId } = await openedBy(link.slug);
    expect((await readLink(link.slug, world.database))?.standing).toBe("held");
    await payAtGateway(await started(token));
    expect((await orderById(world.database, orderId))?.state).toBe("paid");
    expect((await readLink(link.slug, world.database))?.standing).toBe("paid");
    expect(codeOf(await shopper(link.slug))).toBe("link_paid");
    expect(await takenOf(link.id)).toEqual([1, 1]);
  });

  it("paid late while there is room takes a place again", async () => {
    const link = await made({ stock: 1 });
    const { token, orderId } = await openedBy(link.slug);
    const attemptId = await started(token);
    await expire(orderId);
    expect(await takenOf(link.id)).toEqual([0, 0]);
    await payAtGateway(attemptId);
    expect(await orderById(world.database, orderId)).toMatchObject({ state: "paid", paidLate: true, linkOversold: false });
    expect(await takenOf(link.id)).toEqual([1, 1]);
    expect((await readLink(link.slug, world.database))?.standing).toBe("sold_out");
  });

  it("paid late when the place has gone to somebody else: the money is recorded and flagged, and the limit stands", async () => {
    const link = await made({ stock: 1 });
    const late = await openedBy(link.slug);
    const attemptId = await started(late.token);
    await expire(late.orderId);
    const other = await openedBy(link.slug);
    await payAtGateway(attemptId);
    const order = await orderById(world.database, late.orderId);
    expect(order).toMatchObject({ state: "paid", paidAmount: 8800n, paidLate: true, linkOversold: true, needsReview: true });
    expect(await takenOf(link.id)).toEqual([1, 1]);
    await payAtGateway(await started(other.token));
    expect(await orderById(world.database, other.orderId)).toMatchObject({ state: "paid", linkOversold: false });
  });

  it("late money that goes straight back by policy takes no place", async () => {
    await world.database.update(merchants).set({ latePolicy: "refund" });
    const link = await made({ stock: 1 });
    const { token, orderId } = await openedBy(link.slug);
    const attemptId = await started(token);
    await expire(orderId);
    await payAtGateway(attemptId);
    await world.database.update(merchants).set({ latePolicy: "review" });
    expect(await orderById(world.database, orderId)).toMatchObject({ state: "paid", linkOversold: false, refundedAmount: 8800n });
    expect(await takenOf(link.id)).toEqual([0, 0]);
  });

  it("a limit set while 20 shoppers open orders counts every one of them", async () => {
    const link = await made({});
    const which = { merchantId: world.merchantId, linkId: link.id };
    const [results] = await Promise.all([
      Promise.all(Array.from({ length: 20 }, () => shopper(link.slug))),
      editLink({ ...which, change: { stock: 500 } }, world.database),
    ]);
    const opened = results.filter((one) => one.ok).length;
    expect(await takenOf(link.id)).toEqual([opened, opened]);
    const below = await editLink({ ...which, change: { stock: opened - 1 } }, world.database);
    expect(below).toMatchObject({ problem: { code: "stock_below_taken", field: "stock", values: { taken: String(opened) } } });
    const once = await editLink({ ...which, change: { reusable: false } }, world.database);
    expect(once).toMatchObject({ problem: { code: "once_below_taken", field: "reusable" } });
    expect(await editLink({ ...which, change: { stock: null } }, world.database)).toMatchObject({ ok: true, value: { stock: null } });
    expect((await shopper(link.slug)).ok).toBe(true);
  });

  it("orders that expire while a limit is set are not counted for ever", async () => {
    const link = await made({});
    const opened = await Promise.all(Array.from({ length: 8 }, () => openedBy(link.slug)));
    const change = editLink({ merchantId: world.merchantId, linkId: link.id, change: { stock: 50 } }, world.database);
    await Promise.all([change, ...opened.map((one) => cancelOrder({ token: one.token, actor: "shopper" }, world.database))]);
    expect(await takenOf(link.id)).toEqual([0, 0]);
  });

  it("the database itself refuses one too many, and a change of an order's pieces or link", async () => {
    const link = await made({ stock: 1 });
    const { orderId } = await openedBy(link.slug);
    const again = sql`insert into orders (id, token, merchant_id, reference, link_id, title, currency, amount, live, expires_at)
      select 'ord_x', 'x', merchant_id, 'x', link_id, title, currency, amount, live, expires_at from orders where id = ${orderId}`;
    await expect(world.database.execute(again)).rejects.toMatchObject({ cause: { constraint: "checkout_links_stock" } });
    const change = world.database.update(orders).set({ quantity: 2 }).where(eq(orders.id, orderId));
    await expect(change).rejects.toMatchObject({ cause: { message: "what an order asks for never changes" } });
  });
});
