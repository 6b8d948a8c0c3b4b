import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountById } from "#db/queries/accounts.ts";
import { orderById } from "#db/queries/orders.ts";
import { attempts } from "#db/schema/attempts.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { notificationMatches, notifications } from "#db/schema/notifications.ts";
import { orderEvents } from "#db/schema/order-events.ts";
import { refunds } from "#db/schema/refunds.ts";
import { newId } from "#lib/domain/ids.ts";
import { matchOrphans } from "#lib/jobs/ticker.ts";
import { cancelOrder, expireOrder } from "#lib/payments/close-order.ts";
import { land } from "#lib/payments/land.ts";
import { markReviewed } from "#lib/payments/mark-reviewed.ts";
import { notifyRoute } from "#lib/payments/notify-route.ts";
import { readCheckout } from "#lib/payments/read-checkout.ts";
import { recheckOrder } from "#lib/payments/recheck-order.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { payPayment } from "#lib/sandbox/pay.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

let world: World;
beforeAll(async () => {
  world = await testWorld({ late: "refund", surplus: "refund" });
});
afterAll(() => world.close());

const start = async (token: string, method: "wechat.native" | "alipay.qr" = "wechat.native") => {
  const started = await startAttempt({ token, method, shopper: SHOPPER }, world.database);
  if (!started.ok) throw new Error(JSON.stringify(started.problem));
  return started.value.attemptId;
};
const numberOf = async (attemptId: string) =>
  (await world.database.select().from(attempts).where(eq(attempts.id, attemptId)))[0]?.gatewayOrderNo ?? "";
const pay = async (attemptId: string, fault?: "notice_lost") => {
  const payment = await paymentByAny(world.database, await numberOf(attemptId));
  await payPayment(world.database, payment?.no ?? "", { channel: "CN", shopper: "someone" }, fault ? [{ fault, seconds: null }] : []);
  await world.drainNotices();
  await world.drainJobs();
};

describe("a merchant whose policy is to send it back", () => {
  it("a surplus payment is refunded at the gateway, whole, once; the order stays paid", async () => {
    const order = await world.openOrder();
    const [first, second] = [await start(order.token), await start(order.token, "alipay.qr")];
    await pay(first);
    await pay(second);
    const rows = await world.database.select().from(refunds).where(eq(refunds.orderId, order.id));
    expect(rows).toMatchObject([{ attemptId: second, amount: 8800n, state: "succeeded", requestedBy: "policy" }]);
    expect(await orderById(world.database, order.id)).toMatchObject({
      state: "paid",
      paidAttemptId: first,
      paidAmount: 17_600n,
      refundedAmount: 8800n,
    });
  });

  it("a late payment is credited, flagged and sent back", async () => {
    const order = await world.openOrder();
    const attempt = await start(order.token);
    await world.timeOut(order.id);
    await expireOrder(order.id, world.database);
    await pay(attempt);
    expect(await orderById(world.database, order.id)).toMatchObject({ state: "paid", paidLate: true, refundedAmount: 8800n });
    expect(await readCheckout(order.token, SHOPPER, world.database)).toMatchObject({ view: "paid", detail: "refunded" });
  });
});

describe("several accounts", () => {
  it("the next one is tried in the same checkout when the first surely was not reached", async () => {
    const good = await accountById(world.database, world.accountId);
    if (!good) throw new Error("no account");
    const id = newId("account");
    const credentials = sealFor("gateway_accounts.credentials", id, unsealFor("gateway_accounts.credentials", good.id, good.credentials));
    await world.database.insert(gatewayAccounts).values({ ...good, id, credentials, position: -1, baseUrl: "http://127.0.0.1:9/" });
    const order = await world.openOrder();
    const attemptId = await start(order.token);
    const rows = await world.database.select().from(attempts).where(eq(attempts.orderId, order.id)).orderBy(attempts.createdAt);
    await world.database.execute(sql`update gateway_accounts set active = false where id = ${id}`);
    expect(rows.map((row) => [row.accountId, row.state])).toEqual([
      [id, "refused"],
      [good.id, "presented"],
    ]);
    expect(rows[1]?.id).toBe(attemptId);
  });
});

describe("landing and cancelling", () => {
  it("a landing asks the gateway and believes only it", async () => {
    const order = await world.openOrder();
    const attempt = await start(order.token);
    await land(order.token, world.database);
    expect((await orderById(world.database, order.id))?.state).toBe("open");
    await pay(attempt, "notice_lost");
    await world.database.execute(sql`update attempts set last_queried_at = null where id = ${attempt}`);
    await land(order.token, world.database);
    expect((await orderById(world.database, order.id))?.state).toBe("paid");
  });

  it("cancelling asks first: what is paid stays paid, what is not is over and still watched", async () => {
    const paid = await world.openOrder();
    await pay(await start(paid.token), "notice_lost");
    expect(await cancelOrder({ token: paid.token, actor: "shopper" }, world.database)).toMatchObject({
      ok: false,
      problem: { code: "order_not_open" },
    });
    const open = await world.openOrder();
    const attempt = await start(open.token);
    expect(await cancelOrder({ token: open.token, actor: "shopper" }, world.database)).toEqual({ ok: true, value: undefined });
    const [row] = await world.database.select().from(attempts).where(eq(attempts.id, attempt));
    expect(row).toMatchObject({ state: "closed", problem: "superseded" });
    expect(row?.nextSweepAt).not.toBeNull();
  });

  it("a user's cancel and re-check are of their own merchant's orders only; another's is not found and stays", async () => {
    const order = await world.openOrder();
    const attempt = await start(order.token);
    const foreign = { merchantId: "mer_other", orderId: order.id, actor: "usr_x" };
    const asked = world.gatewayCalls.length;
    expect(await cancelOrder(foreign, world.database)).toMatchObject({ ok: false, problem: { code: "order_not_found" } });
    expect(await recheckOrder(foreign, world.database)).toMatchObject({ ok: false, problem: { code: "order_not_found" } });
    expect(world.gatewayCalls).toHaveLength(asked);
    const [row] = await world.database.select().from(attempts).where(eq(attempts.id, attempt));
    expect(row?.state).toBe("presented");
    const own = { ...foreign, merchantId: world.merchantId };
    expect(await recheckOrder(own, world.database)).toMatchObject({ ok: true, value: { answers: [{ answer: "pending" }] } });
    expect(await cancelOrder(own, world.database)).toEqual({ ok: true, value: undefined });
  });

  it("marking reviewed clears the flag, says so once in the history, and is not for other merchants", async () => {
    const order = await world.openOrder();
    await world.database.execute(sql`update orders set needs_review = true where id = ${order.id}`);
    expect(
      await markReviewed({ merchantId: "mer_other", orderId: order.id, actor: "usr_x", reason: "seen" }, world.database),
    ).toMatchObject({ ok: false });
    const mark = { merchantId: world.merchantId, orderId: order.id, actor: "usr_x", reason: " the shop kept the money " };
    expect(await markReviewed({ ...mark, reason: " " }, world.database)).toMatchObject({ ok: false, problem: { code: "reason_missing" } });
    await markReviewed(mark, world.database);
    await markReviewed(mark, world.database);
    expect(await orderById(world.database, order.id)).toMatchObject({ needsReview: false, eventSequence: 2 });
    const [event] = await world.database.select().from(orderEvents).where(eq(orderEvents.type, "order.reviewed"));
    expect(event).toMatchObject({ actor: "usr_x", data: { reason: "the shop kept the money" } });
  });

  it("does not take away a flag that came after who marks it had looked", async () => {
    const order = await world.openOrder();
    const { database, merchantId } = world;
    const flag = (sequence: number) =>
      database.transaction(async (tx) => {
        await tx.execute(sql`insert into order_events (order_id, sequence, merchant_id, type, actor, data)
          values (${order.id}, ${sequence}, ${merchantId}, 'order.mismatch', 'gateway', '{}')`);
        await tx.execute(sql`update orders set needs_review = true, event_sequence = ${sequence} where id = ${order.id}`);
      });
    const mark = (seen: number) => markReviewed({ merchantId, orderId: order.id, actor: "usr_x", reason: "seen", seen }, database);
    await flag(2);
    await flag(3);
    expect(await mark(2)).toMatchObject({ ok: false, problem: { code: "order_flagged_again" } });
    expect(await orderById(database, order.id)).toMatchObject({ needsReview: true, eventSequence: 3 });
    expect(await mark(3)).toMatchObject({ ok: true });
    expect(await orderById(database, order.id)).toMatchObject({ needsReview: false, eventSequence: 4 });
  });
});

describe("the notification route", () => {
  const post = (path: [string, string], body: string, headers: Record<string, string> = {}) =>
    notifyRoute(new Request("http://x/api/notify", { method: "POST", body, headers }), ...path, world.database);

  it.each([
    ["an account nobody has", ["hipopay-agent", "acc_none"], "a=1", 404],
    ["the account of another gateway", ["xxpay", ""], "a=1", 404],
    ["no signature", ["hipopay-agent", ""], "a=1", 400],
    ["a key twice", ["hipopay-agent", ""], "a=1&a=2", 400],
    ["broken percent signs", ["hipopay-agent", ""], "a=%zz", 400],
    ["nothing at all", ["hipopay-agent", ""], "", 400],
    ["more than 64 KiB", ["hipopay-agent", ""], `a=${"x".repeat(70_000)}`, 413],
  ] as const)("%s is answered %s %s → %i, never acknowledged", async (_what, [gateway, account], body, status) => {
    const answer = await post([gateway, account || world.accountId], body, {
      "content-type": "application/x-www-form-urlencoded",
      timestamp: "1",
      signature: "AAAA",
    });
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toContain("success");
  });

  it("an orphan whose number turns up is matched once and asked about", async () => {
    const order = await world.openOrder();
    const attempt = await start(order.token);
    const number = await numberOf(attempt);
    await world.database.insert(notifications).values({
      id: newId("notification"),
      merchantId: world.merchantId,
      accountId: world.accountId,
      fingerprint: "orphan-1",
      gatewayOrderNo: number,
      verdict: "orphan",
      fields: {},
      raw: "sealed",
    });
    expect(await matchOrphans(world.database)).toBe(1);
    expect(await matchOrphans(world.database)).toBe(0);
    expect(await world.database.select().from(notificationMatches)).toMatchObject([{ orderId: order.id, verdict: "queried", by: "sweep" }]);
    expect(await world.drainJobs()).toBeGreaterThan(0);
  });
});
