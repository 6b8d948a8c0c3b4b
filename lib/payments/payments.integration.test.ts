import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, sql } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { orderById } from "#db/queries/orders.ts";
import { attempts } from "#db/schema/attempts.ts";
import { channelHealth } from "#db/schema/channel-health.ts";
import { notifications, refusedNotifications } from "#db/schema/notifications.ts";
import { orderEvents } from "#db/schema/order-events.ts";
import { orders } from "#db/schema/orders.ts";
import { refunds } from "#db/schema/refunds.ts";
import { ownActor } from "#lib/domain/audit.ts";
import { expireOrder } from "#lib/payments/close-order.ts";
import { readStatus } from "#lib/payments/read-checkout.ts";
import { iHavePaid, recheckAttempt } from "#lib/payments/recheck-attempt.ts";
import { refundOrder } from "#lib/payments/refund-order.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";
import { armFault } from "#lib/sandbox/armed.ts";
import type { Fault } from "#lib/sandbox/faults.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { declinePayment, payPayment } from "#lib/sandbox/pay.ts";

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.delete(channelHealth);
  await world.drainJobs();
  world.hooks.length = 0;
  world.gatewayCalls.length = 0;
});

const start = async (token: string, method: "wechat.native" | "alipay.wap" | "alipay.qr" = "wechat.native") => {
  const started = await startAttempt({ token, method, shopper: SHOPPER }, world.database);
  if (!started.ok) throw new Error(JSON.stringify(started.problem));
  return started.value;
};
const attemptOf = async (id: string) => (await world.database.select().from(attempts).where(eq(attempts.id, id)))[0];
const eventsOf = async (orderId: string) =>
  (await world.database.select().from(orderEvents).where(eq(orderEvents.orderId, orderId)).orderBy(orderEvents.sequence)).map(
    (one) => one.type,
  );
const payAtGateway = async (attemptId: string, faults: { fault: Fault; seconds: number | null }[] = []) => {
  const number = (await attemptOf(attemptId))?.gatewayOrderNo ?? "";
  const payment = await paymentByAny(world.database, number);
  if (!payment) throw new Error(`the gateway does not know ${number}`);
  await payPayment(world.database, payment.no, { channel: "CN", shopper: "someone" }, faults);
  return payment.no;
};
const hooksOf = (orderId: string) => world.hooks.filter((hook) => hook.body.includes(orderId));
/** An address nobody listens at. */
const closedPort = async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/`;
};
/** Paid, told, settled; the shop told. */
const payThrough = async (attemptId: string, faults: { fault: Fault; seconds: number | null }[] = []) => {
  await payAtGateway(attemptId, faults);
  await world.drainNotices();
  await world.drainJobs();
};

describe("a payment", () => {
  it("opened, started, paid at the gateway, told to the shop: once each", async () => {
    const order = await world.openOrder();
    const { attemptId, presentation } = await start(order.token);
    expect(presentation).toMatchObject({ kind: "qr", text: expect.stringMatching(/^weixin:\/\/wxpay\/bizpayurl\?pr=/) });
    expect(await readStatus(order.token, world.database)).toMatchObject({ view: "waiting", detail: "qr" });
    await payThrough(attemptId);
    expect(await orderById(world.database, order.id)).toMatchObject({
      state: "paid",
      paidAttemptId: attemptId,
      paidAmount: 8800n,
      paidLate: false,
    });
    expect(await eventsOf(order.id)).toEqual(["order.created", "attempt.sent", "attempt.presented", "order.paid"]);
    expect(world.hooks).toHaveLength(1);
    const [hook] = world.hooks;
    expect(new Webhook(world.webhookSecret).verify(hook?.body ?? "", hook?.headers ?? {})).toMatchObject({
      type: "order.paid",
      data: { order: { id: order.id, amount: "88.00" } },
    });
  });

  it("a repeated notification changes nothing and is acknowledged", async () => {
    const order = await world.openOrder();
    const { attemptId } = await start(order.token);
    await payAtGateway(attemptId, [{ fault: "notice_duplicate", seconds: null }]);
    const first = await world.drainNotices();
    const before = await orderById(world.database, order.id);
    const second = await world.drainNotices();
    expect(first.failed + second.failed).toBe(0);
    await world.drainJobs();
    expect(await orderById(world.database, order.id)).toEqual(before);
    expect((await eventsOf(order.id)).filter((type) => type === "order.paid")).toHaveLength(1);
    expect(world.hooks).toHaveLength(1);
  });

  it("a forged notification is refused, kept for people, and moves nothing", async () => {
    const order = await world.openOrder();
    const { attemptId } = await start(order.token);
    const number = (await attemptOf(attemptId))?.gatewayOrderNo ?? "";
    await payThrough(attemptId, [{ fault: "notice_forged", seconds: null }]);
    const refused = await world.database.select().from(refusedNotifications).where(eq(refusedNotifications.gatewayOrderNo, number));
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({ accountId: world.accountId, reason: "bad_signature" });
  });

  it("a notification of another amount moves nothing, is acknowledged, and shows up", async () => {
    const order = await world.openOrder();
    const { attemptId } = await start(order.token);
    await payAtGateway(attemptId, [{ fault: "notice_wrong_amount", seconds: null }]);
    expect(await world.drainNotices()).toMatchObject({ acknowledged: 1, failed: 0 });
    expect(await orderById(world.database, order.id)).toMatchObject({ state: "open", needsReview: true, paidAmount: 0n });
    expect(await eventsOf(order.id)).toContain("order.mismatch");
  });

  it("one whose number we never gave is kept as an orphan and not acknowledged", async () => {
    const order = await world.openOrder();
    const { attemptId } = await start(order.token);
    const no = await payAtGateway(attemptId);
    await world.database.execute(sql`update sandbox.payments set client_no = ${"20260101UNKNOWNNUMBER0000000"} where no = ${no}`);
    expect(await world.drainNotices()).toMatchObject({ acknowledged: 0, failed: 1 });
    const [stored] = await world.database
      .select()
      .from(notifications)
      .where(eq(notifications.gatewayOrderNo, "20260101UNKNOWNNUMBER0000000"));
    expect(stored).toMatchObject({ verdict: "orphan", orderId: null });
    expect((await orderById(world.database, order.id))?.state).toBe("open");
  });

  it("a lost notification is made up for by the sweep", async () => {
    const order = await world.openOrder();
    const { attemptId } = await start(order.token);
    await payThrough(attemptId, [{ fault: "notice_lost", seconds: null }]);
    expect((await orderById(world.database, order.id))?.state).toBe("open");
    await world.makeDue();
    await world.drainJobs();
    expect(await orderById(world.database, order.id)).toMatchObject({ state: "paid", paidAttemptId: attemptId });
    expect((await attemptOf(attemptId))?.nextSweepAt).toBeNull();
  });

  it("«I have paid» asks the gateway, and only once in five seconds", async () => {
    const order = await world.openOrder();
    const { attemptId } = await start(order.token);
    await payAtGateway(attemptId, [{ fault: "notice_lost", seconds: null }]);
    world.gatewayCalls.length = 0;
    await Promise.all([
      iHavePaid(order.token, world.database),
      iHavePaid(order.token, world.database),
      iHavePaid(order.token, world.database),
    ]);
    expect(world.gatewayCalls).toHaveLength(1);
    expect((await orderById(world.database, order.id))?.state).toBe("paid");
  });

  it("declined at the gateway: failed once asked, and another try can be made", async () => {
    const order = await world.openOrder();
    const { attemptId } = await start(order.token);
    const payment = await paymentByAny(world.database, (await attemptOf(attemptId))?.gatewayOrderNo ?? "");
    await declinePayment(world.database, payment?.no ?? "");
    await recheckAttempt(attemptId, world.database);
    expect(await readStatus(order.token, world.database)).toMatchObject({ view: "failed", detail: "declined" });
    expect((await start(order.token)).attemptId).not.toBe(attemptId);
  });

  it("paid after the order expired is credited, flagged late, and told to the shop as such", async () => {
    const order = await world.openOrder();
    const { attemptId } = await start(order.token);
    await world.timeOut(order.id);
    expect(await expireOrder(order.id, world.database)).toBe(true);
    expect((await orderById(world.database, order.id))?.state).toBe("expired");
    await payThrough(attemptId);
    expect(await orderById(world.database, order.id)).toMatchObject({ state: "paid", paidLate: true, needsReview: true });
    const types = world.hooks.map((hook) => (JSON.parse(hook.body) as { type: string }).type);
    expect(types).toEqual(["order.expired", "order.paid_late"]);
  });

  it("paid while the sweep thinks it has expired: the gateway is asked first, so it is not expired", async () => {
    const order = await world.openOrder();
    const { attemptId } = await start(order.token);
    await payAtGateway(attemptId, [{ fault: "notice_lost", seconds: null }]);
    await world.timeOut(order.id);
    expect(await expireOrder(order.id, world.database)).toBe(false);
    expect(await orderById(world.database, order.id)).toMatchObject({ state: "paid", paidLate: false });
  });

  it("a second paid attempt is surplus: recorded, shown, refundable, and the order stays credited once", async () => {
    const order = await world.openOrder();
    const first = await start(order.token);
    const second = await start(order.token, "alipay.qr");
    await payThrough(first.attemptId);
    await payThrough(second.attemptId);
    expect(await orderById(world.database, order.id)).toMatchObject({
      state: "paid",
      paidAttemptId: first.attemptId,
      paidAmount: 17_600n,
      needsReview: true,
    });
    expect(await attemptOf(second.attemptId)).toMatchObject({ state: "paid", surplus: true });
    expect((await eventsOf(order.id)).filter((type) => type === "order.paid")).toHaveLength(1);
    expect(await eventsOf(order.id)).toContain("order.surplus");
  });
});

describe("starting attempts", () => {
  it("eight clicks at once make one attempt and one call", async () => {
    const order = await world.openOrder();
    const started = await Promise.all(Array.from({ length: 8 }, () => start(order.token)));
    expect(new Set(started.map((one) => one.attemptId)).size).toBe(1);
    expect(world.gatewayCalls).toEqual(["POST /order/scanned_pay"]);
  });

  it("another method gets an attempt of its own; the first stays alive", async () => {
    const order = await world.openOrder();
    const first = await start(order.token);
    const second = await start(order.token, "alipay.wap");
    expect(second.presentation?.kind).toBe("redirect");
    expect((await attemptOf(first.attemptId))?.state).toBe("presented");
    expect((await start(order.token)).attemptId).toBe(first.attemptId);
  });

  it("when the reply is lost after the gateway took it, the attempt is unknown, and its payment is credited all the same", async () => {
    const order = await world.openOrder();
    await armFault(world.database, {
      fault: "reply_lost",
      target: "request",
      gateway: null,
      merchantNo: null,
      path: "/order/scanned_pay",
      seconds: null,
    });
    const { attemptId, presentation } = await start(order.token);
    expect(presentation).toBeNull();
    expect((await attemptOf(attemptId))?.state).toBe("unknown");
    expect(await readStatus(order.token, world.database)).toMatchObject({ view: "processing", detail: "unclear" });
    const anew = await start(order.token);
    expect(anew.attemptId).not.toBe(attemptId);
    await payThrough(attemptId);
    expect(await orderById(world.database, order.id)).toMatchObject({ state: "paid", paidAttemptId: attemptId });
    expect(await attemptOf(anew.attemptId)).toMatchObject({ state: "closed", problem: "superseded" });
  });

  it.each(["reply_500", "reply_garbage"] as const)("an answer that is %s is unknown, never failed", async (fault) => {
    const order = await world.openOrder();
    await armFault(world.database, {
      fault,
      target: "request",
      gateway: null,
      merchantNo: null,
      path: "/order/scanned_pay",
      seconds: null,
    });
    const { attemptId } = await start(order.token);
    expect((await attemptOf(attemptId))?.state).toBe("unknown");
  });

  it("a gateway that surely was not reached says so and leaves nothing payable behind", async () => {
    await world.database.execute(sql`update gateway_accounts set base_url = ${await closedPort()} where id = ${world.accountId}`);
    const order = await world.openOrder();
    const started = await startAttempt({ token: order.token, method: "wechat.native", shopper: SHOPPER }, world.database);
    await world.database.execute(
      sql`update gateway_accounts set base_url = ${`${world.origin}/sandbox/gateway/hipopay-agent`} where id = ${world.accountId}`,
    );
    expect(started).toMatchObject({ ok: false, problem: { code: "gateway_unreachable" } });
    expect(await readStatus(order.token, world.database)).toMatchObject({ view: "failed", detail: "unreachable" });
  });

  it("an order that is over, unknown, or a method nobody has: a problem that says which", async () => {
    const order = await world.openOrder();
    await world.timeOut(order.id);
    const attempt = (token: string, method: "wechat.native" | "jd.native") =>
      startAttempt({ token, method, shopper: SHOPPER }, world.database);
    expect(await attempt(order.token, "wechat.native")).toMatchObject({ problem: { code: "order_expired" } });
    expect(await attempt("nonsense", "wechat.native")).toMatchObject({ problem: { code: "order_not_found" } });
    expect(await attempt(order.token, "jd.native")).toMatchObject({ problem: { code: "method_unavailable", field: "method" } });
    expect(world.gatewayCalls).toEqual([]);
  });

  it("JSAPI without an openid asks for it before anything is written", async () => {
    const order = await world.openOrder();
    const started = await startAttempt({ token: order.token, method: "wechat.jsapi", shopper: SHOPPER }, world.database);
    expect(started).toMatchObject({ ok: false, problem: { code: "openid_missing" } });
    expect(await eventsOf(order.id)).toEqual(["order.created"]);
  });
});

describe("refunds", () => {
  const paidOrder = async () => {
    const order = await world.openOrder();
    const { attemptId } = await start(order.token);
    await payThrough(attemptId);
    return { orderId: order.id, attemptId };
  };
  const refund = (paid: { orderId: string; attemptId: string }, amountText: string, key: string, reason = "returned") =>
    refundOrder(
      {
        merchantId: world.merchantId,
        ...paid,
        amountText,
        reason,
        actor: "usr_test",
        asker: "refunder",
        auditor: ownActor("script", "a test"),
        idempotencyKey: key,
      },
      world.database,
    );

  it("part, then the rest; the gateway has both and the shop is told", async () => {
    const paid = await paidOrder();
    expect(await refund(paid, "30", `${paid.orderId}:1`)).toMatchObject({ ok: true });
    expect(await orderById(world.database, paid.orderId)).toMatchObject({ refundedAmount: 3000n });
    expect(await refund(paid, "58.00", `${paid.orderId}:2`)).toMatchObject({ ok: true });
    const rows = await world.database.select().from(refunds).where(eq(refunds.orderId, paid.orderId));
    expect(rows.map((row) => row.state)).toEqual(["succeeded", "succeeded"]);
    await world.drainJobs();
    const types = world.hooks.map((hook) => (JSON.parse(hook.body) as { type: string }).type);
    expect(types.filter((type) => type === "refund.succeeded")).toHaveLength(2);
  });

  it("two of 60 at once on 88 paid: one is refused, nothing is exceeded", async () => {
    const paid = await paidOrder();
    const done = await Promise.all([refund(paid, "60", `${paid.orderId}:a`), refund(paid, "60", `${paid.orderId}:b`)]);
    expect(done.filter((one) => one.ok)).toHaveLength(1);
    expect(done.find((one) => !one.ok)).toMatchObject({
      problem: { code: "refund_exceeds", field: "amount", values: { amount: "28.00" } },
    });
    expect(await orderById(world.database, paid.orderId)).toMatchObject({ refundedAmount: 6000n });
  });

  it("a double click is one refund", async () => {
    const paid = await paidOrder();
    const done = await Promise.all([refund(paid, "10", `${paid.orderId}:k`), refund(paid, "10", `${paid.orderId}:k`)]);
    expect(done.every((one) => one.ok)).toBe(true);
    expect(await world.database.select().from(refunds).where(eq(refunds.orderId, paid.orderId))).toHaveLength(1);
    expect(world.gatewayCalls.filter((call) => call === "POST /refund")).toHaveLength(1);
  });

  it("a lost answer keeps the reservation and is asked about, not sent twice", async () => {
    const paid = await paidOrder();
    await armFault(world.database, {
      fault: "reply_lost",
      target: "request",
      gateway: null,
      merchantNo: null,
      path: "/refund",
      seconds: null,
    });
    await refund(paid, "88", `${paid.orderId}:x`);
    const [row] = await world.database.select().from(refunds).where(eq(refunds.orderId, paid.orderId));
    expect(row).toMatchObject({ state: "unknown" });
    expect(await orderById(world.database, paid.orderId)).toMatchObject({ refundedAmount: 8800n });
    await world.makeDue();
    await world.drainJobs();
    expect((await world.database.select().from(refunds).where(eq(refunds.orderId, paid.orderId)))[0]).toMatchObject({ state: "succeeded" });
    expect(world.gatewayCalls.filter((call) => call === "POST /refund")).toHaveLength(1);
  });

  it.each([
    ["", "x", "amount_format", "amount"],
    ["-5", "x", "amount_format", "amount"],
    ["0", "x", "amount_zero", "amount"],
    ["1.005", "x", "amount_places", "amount"],
    ["88.01", "x", "refund_exceeds", "amount"],
    ["1", " ", "reason_missing", "reason"],
  ])("%j with reason %j is refused and names the field", async (amountText, reason, code, field) => {
    const paid = await paidOrder();
    expect(await refund(paid, amountText, `${paid.orderId}:z`, reason)).toMatchObject({ ok: false, problem: { code, field } });
    expect(await orderById(world.database, paid.orderId)).toMatchObject({ refundedAmount: 0n });
  });
});

describe("what the database itself refuses", () => {
  const attempted = (statement: ReturnType<typeof sql>) => expect(world.database.execute(statement)).rejects.toThrow();

  it("a paid order goes back to nothing, by any hand", async () => {
    const order = await world.openOrder();
    const { attemptId } = await start(order.token);
    await payThrough(attemptId);
    for (const state of ["open", "expired", "cancelled"])
      await attempted(sql`update orders set state = ${state}, paid_at = null, paid_attempt_id = null where id = ${order.id}`);
    await attempted(sql`update orders set amount = 1 where id = ${order.id}`);
    await attempted(sql`update orders set paid_amount = 0 where id = ${order.id}`);
    await attempted(sql`update orders set refunded_amount = paid_amount + 1 where id = ${order.id}`);
    await attempted(sql`update attempts set state = 'failed', paid_at = null where id = ${attemptId}`);
    await attempted(sql`delete from orders where id = ${order.id}`);
    await attempted(sql`update order_events set type = 'order.expired' where order_id = ${order.id}`);
    await attempted(sql`delete from notifications where order_id = ${order.id}`);
  });

  it("a second live attempt of one method", async () => {
    const order = await world.openOrder();
    const { attemptId } = await start(order.token);
    await attempted(
      sql`insert into attempts select (jsonb_populate_record(null::attempts, to_jsonb(a) || '{"id":"att_x","gateway_order_no":"X"}')).* from attempts a where id = ${attemptId}`,
    );
  });

  it("a second order of one reference, and another amount under it is a problem that names the field", async () => {
    const [first, again] = await Promise.all([world.openOrder(100n, { reference: "R-1" }), world.openOrder(100n, { reference: "R-1" })]);
    expect(again.id).toBe(first.id);
    await expect(world.openOrder(200n, { reference: "R-1" })).rejects.toThrow("reference_taken");
    expect(await world.database.select({ id: orders.id }).from(orders).where(eq(orders.reference, "R-1"))).toHaveLength(1);
  });

  it("but a number tried out in test mode is free for real money", async () => {
    const test = await world.openOrder(100n, { reference: "R-2" });
    const live = await world.openOrder(200n, { reference: "R-2", live: true });
    expect(live.id).not.toBe(test.id);
    expect((await world.openOrder(200n, { reference: "R-2", live: true })).id).toBe(live.id);
  });
});

describe("the shop's webhooks", () => {
  it("a receiver that fails gets the same bytes under the same id until it acknowledges", async () => {
    world.hookStatus.push(500, 302);
    const order = await world.openOrder();
    const { attemptId } = await start(order.token);
    await payThrough(attemptId);
    await world.makeDue();
    await world.drainJobs();
    await world.makeDue();
    await world.drainJobs();
    expect(hooksOf(order.id)).toHaveLength(3);
    expect(new Set(hooksOf(order.id).map((hook) => hook.headers["webhook-id"])).size).toBe(1);
    expect(new Set(hooksOf(order.id).map((hook) => hook.body)).size).toBe(1);
    await world.makeDue();
    await world.drainJobs();
    expect(hooksOf(order.id)).toHaveLength(3);
  });

  it("later events of an order wait for the earlier one", async () => {
    world.hookStatus.push(500);
    const order = await world.openOrder();
    await start(order.token);
    await world.timeOut(order.id);
    await expireOrder(order.id, world.database);
    await world.drainJobs();
    const second = await start((await world.openOrder()).token);
    await payThrough(second.attemptId);
    expect(world.hooks.map((hook) => (JSON.parse(hook.body) as { type: string }).type)).toEqual(["order.expired", "order.paid"]);
  });
});
