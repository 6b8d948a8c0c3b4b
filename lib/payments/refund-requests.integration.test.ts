import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { countMatters } from "#db/queries/dashboard-home.ts";
import { refundRequests } from "#db/schema/refund-requests.ts";
import { deliveries } from "#db/schema/webhooks.ts";
import { ownActor } from "#lib/domain/audit.ts";
import { lapseRequests } from "#lib/payments/end-request.ts";
import { fakeGateway } from "#lib/payments/fake-gateway-testing.ts";
import { refundScene } from "#lib/payments/refund-scene-testing.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));
/** Between the commit of a refund and its sending the process dies. */
const process = vi.hoisted(() => ({ dies: false }));
vi.mock("#lib/payments/send-refund.ts", async (original) => {
  const real = await original<typeof import("#lib/payments/send-refund.ts")>();
  return {
    sendRefund: (...given: Parameters<typeof real.sendRefund>) =>
      process.dies ? Promise.reject(new Error("killed")) : real.sendRefund(...given),
  };
});

const fake = fakeGateway("shop", { methods: ["alipay.qr"], has: ["query", "refund", "queryRefund"] });
let scene: Awaited<ReturnType<typeof refundScene>>;
beforeAll(async () => {
  scene = await refundScene(fake);
});
afterAll(() => scene.world.close());
beforeEach(async () => {
  process.dies = false;
  await scene.limit({});
  fake.calls.length = 0;
});
const typesOf = async (orderId: string) => (await scene.world.events(orderId)).map((event) => event.type);

describe("a refund one asks for and another approves", () => {
  it("goes back once, in the name of who asked; history says who approved, the shop is told of the refund and not of the request", async () => {
    const order = await scene.paid({ notifyUrl: "https://shop.example/hook" });
    const id = await scene.request(order, "30.00");
    expect(await scene.requestOf(id)).toMatchObject({ state: "requested", cause: "role", amount: 3_000n, refundId: null });
    expect(await scene.world.order(order.orderId)).toMatchObject({ refundedAmount: 0n });
    expect(scene.sent()).toHaveLength(0);
    const waiting = (await countMatters(scene.world.database, scene.world.merchantId)).waitingRefunds.count;
    expect(await scene.approve(id)).toMatchObject({ ok: true, value: { manual: false } });
    expect((await countMatters(scene.world.database, scene.world.merchantId)).waitingRefunds.count).toBe(waiting - 1);
    const [refund] = await scene.refundsOf(order.orderId);
    expect(refund).toMatchObject({ state: "succeeded", amount: 3_000n, requestedBy: scene.people.maker, reason: "returned" });
    expect(await scene.requestOf(id)).toMatchObject({ state: "approved", decidedBy: scene.people.checker, refundId: refund?.id });
    expect(scene.sent()).toHaveLength(1);
    const events = (await scene.world.events(order.orderId)).slice(-3);
    expect(events).toMatchObject([
      { type: "refund.requested", actor: scene.people.maker, data: { request: id, amount: "30.00" } },
      { type: "refund.created", actor: scene.people.checker, data: { request: id, refund: refund?.id } },
      { type: "refund.succeeded" },
    ]);
    const told = await scene.world.database.select().from(deliveries).where(eq(deliveries.orderId, order.orderId));
    expect(
      told
        .map((row) => row.type)
        .filter((type) => type.startsWith("refund."))
        .sort(),
    ).toEqual(["refund.created", "refund.succeeded"]);
  });

  it("is not decided by who asked, whatever they may do; the database refuses it too", async () => {
    const order = await scene.paid();
    const id = await scene.request(order, "30.00");
    expect(await scene.approve(id, scene.people.maker)).toMatchObject({ ok: false, problem: { code: "request_own" } });
    expect(await scene.decline(id, scene.people.maker)).toMatchObject({ ok: false, problem: { code: "request_own" } });
    const written = scene.world.database
      .update(refundRequests)
      .set({ state: "declined", decidedBy: scene.people.maker, endedAt: new Date() })
      .where(eq(refundRequests.id, id));
    await expect(written).rejects.toMatchObject({ cause: { constraint: "refund_requests_other" } });
    expect(await scene.requestOf(id)).toMatchObject({ state: "requested" });
  });

  it("approved by two at once, or twice by one, it goes back once", async () => {
    const order = await scene.paid();
    const id = await scene.request(order, "30.00");
    const { checker, another } = scene.people;
    const done = await Promise.all([scene.approve(id, checker), scene.approve(id, another), scene.approve(id, checker)]);
    expect(done.filter((one) => one.ok)).toHaveLength(1);
    expect(done.filter((one) => !one.ok)).toMatchObject([{ problem: { code: "request_ended" } }, { problem: { code: "request_ended" } }]);
    expect(await scene.refundsOf(order.orderId)).toHaveLength(1);
    expect(scene.sent()).toHaveLength(1);
  });

  it("approved and declined at once it is one of both", async () => {
    for (let round = 0; round < 4; round += 1) {
      fake.calls.length = 0;
      const order = await scene.paid();
      const id = await scene.request(order, "30.00");
      const asked = [() => scene.approve(id), () => scene.decline(id, scene.people.another)];
      const done = await Promise.all((round % 2 ? asked.reverse() : asked).map((one) => one()));
      expect(done.filter((one) => one.ok)).toHaveLength(1);
      const { state } = await scene.requestOf(id);
      const refunds = await scene.refundsOf(order.orderId);
      expect([state, refunds.length, scene.sent().length]).toEqual(state === "approved" ? ["approved", 1, 1] : ["declined", 0, 0]);
    }
  });

  it("that no longer fits is refused and says so, and goes on waiting", async () => {
    const order = await scene.paid();
    const id = await scene.request(order, "60.00");
    expect(await scene.refund(order, "50.00")).toMatchObject({ ok: true });
    expect(await scene.approve(id)).toMatchObject({ ok: false, problem: { code: "refund_exceeds", values: { amount: "38.00" } } });
    expect(await scene.requestOf(id)).toMatchObject({ state: "requested" });
    expect(await scene.refundsOf(order.orderId)).toHaveLength(1);
    expect(await scene.decline(id)).toMatchObject({ ok: true });
  });

  it("whose process dies between the approval and the sending is sent by a worker, once", async () => {
    const order = await scene.paid();
    const id = await scene.request(order, "30.00");
    process.dies = true;
    await expect(scene.approve(id)).rejects.toThrow("killed");
    expect(await scene.requestOf(id)).toMatchObject({ state: "approved" });
    expect(await scene.refundsOf(order.orderId)).toMatchObject([{ state: "reserved" }]);
    expect(scene.sent()).toHaveLength(0);
    process.dies = false;
    // While its sender may still be at it, no worker takes it from it; then one does.
    await scene.world.work();
    expect(await scene.refundsOf(order.orderId)).toMatchObject([{ state: "reserved" }]);
    await scene.world.database.execute(sql`update refunds set next_try_at = now() - interval '1 second' where next_try_at is not null`);
    await scene.world.work();
    await scene.world.work();
    expect(await scene.refundsOf(order.orderId)).toMatchObject([{ state: "succeeded" }]);
    expect(scene.sent()).toHaveLength(1);
    expect(await scene.approve(id)).toMatchObject({ ok: false, problem: { code: "request_ended" } });
  });

  it("approved while another refund of the order is made, never exceeds what was paid", async () => {
    const order = await scene.paid();
    const id = await scene.request(order, "60.00");
    const done = await Promise.all([scene.approve(id), scene.refund(order, "60.00")]);
    expect(done.filter((one) => one.ok)).toHaveLength(1);
    expect(await scene.world.order(order.orderId)).toMatchObject({ refundedAmount: 6_000n });
  });
});

describe("the audit", () => {
  it("has every step once, with order, amount and who asked, and none that was refused", async () => {
    const order = await scene.paid();
    const [one, two, three] = [await scene.request(order, "1.00"), await scene.request(order, "2.00"), await scene.request(order, "3.00")];
    await scene.approve(one, scene.people.maker);
    await Promise.all([scene.approve(one), scene.approve(one)]);
    await scene.decline(two);
    await scene.withdraw(three, scene.people.another);
    await scene.withdraw(three);
    const made = await scene.refund(order, "4.00");
    const ids = [one, two, three, made.ok ? made.value.refundId : ""];
    const { rows } = await scene.world.database.$client.query<{ action: string; target_id: string; detail: string }>(
      "select action, target_id, detail from audit where target_id = any($1) order by sequence",
      [ids],
    );
    expect(rows.map((row) => `${row.action} ${ids.indexOf(row.target_id)}`)).toEqual([
      ...["refunds.request 0", "refunds.request 1", "refunds.request 2"],
      ...["refunds.approve 0", "refunds.decline 1", "refunds.withdraw 2", "refunds.send 3"],
    ]);
    expect(JSON.parse(rows[3]?.detail ?? "")).toEqual({
      ...{ order: order.orderId, amount: "1.00 HKD", reason: "returned" },
      ...{ requestedBy: scene.people.maker, decision: "seen" },
    });
  });
});

describe("a request", () => {
  it("made by a double click is one; the same key for another amount is refused", async () => {
    const order = await scene.paid();
    const more = { idempotencyKey: `double ${order.orderId}` };
    const ids = await Promise.all([scene.request(order, "30.00", more), scene.request(order, "30.00", more)]);
    expect(new Set(ids).size).toBe(1);
    expect((await typesOf(order.orderId)).filter((type) => type === "refund.requested")).toHaveLength(1);
    await expect(scene.request(order, "31.00", more)).rejects.toThrow("form_changed");
  });

  it("asks for no more than is left beside what waits, and stops no refund", async () => {
    const order = await scene.paid();
    await scene.request(order, "60.00");
    expect(await scene.tryRequest(order, "28.01")).toMatchObject({
      ok: false,
      problem: { code: "refund_waiting", values: { amount: "60.00" } },
    });
    expect(await scene.tryRequest(order, "28.00")).toMatchObject({ ok: true });
    expect(await scene.refund(order, "88.00")).toMatchObject({ ok: true });
  });

  it("is taken back by who asked alone, and then decided by nobody", async () => {
    const order = await scene.paid();
    const id = await scene.request(order, "30.00");
    expect(await scene.withdraw(id, scene.people.another)).toMatchObject({ ok: false, problem: { code: "forbidden" } });
    expect(await scene.withdraw(id)).toMatchObject({ ok: true });
    expect(await scene.approve(id)).toMatchObject({ ok: false, problem: { code: "request_ended" } });
    expect((await typesOf(order.orderId)).at(-1)).toBe("refund.withdrawn");
  });

  it("that nobody decides in seven days ends by itself, once, and cannot be approved the moment its time is up", async () => {
    const order = await scene.paid();
    const id = await scene.request(order, "30.00");
    const made = await scene.requestOf(id);
    expect(made.expiresAt.getTime() - made.createdAt.getTime()).toBe(7 * 86_400_000);
    expect(await lapseRequests(scene.world.database)).toBe(0);
    await scene.world.database.execute(sql`update refund_requests set expires_at = now() - interval '1 second' where id = ${id}`);
    expect(await scene.approve(id)).toMatchObject({ ok: false, problem: { code: "request_ended" } });
    const swept = await Promise.all([lapseRequests(scene.world.database), lapseRequests(scene.world.database)]);
    expect(swept[0] + swept[1]).toBe(1);
    expect(await scene.requestOf(id)).toMatchObject({ state: "expired", decidedBy: null });
    expect((await typesOf(order.orderId)).filter((type) => type === "refund.lapsed")).toHaveLength(1);
  });

  it("never changes what it asks for, and its end is final", async () => {
    const order = await scene.paid();
    const id = await scene.request(order, "30.00");
    const tamper = (set: string) => scene.world.database.execute(sql.raw(`update refund_requests set ${set} where id = '${id}'`));
    await expect(tamper("amount = 8800")).rejects.toMatchObject({ cause: { message: expect.stringContaining("never changes") } });
    await scene.decline(id);
    await expect(tamper("state = 'requested', decided_by = null, ended_at = null")).rejects.toMatchObject({
      cause: { message: expect.stringContaining("cannot go from declined") },
    });
  });

  it("of another merchant's is not there", async () => {
    const order = await scene.paid();
    const id = await scene.request(order, "30.00");
    const { approveRequest } = await import("#lib/payments/decide-request.ts");
    const input = {
      merchantId: "mer_other",
      requestId: id,
      person: { id: scene.people.checker, approves: true },
      reason: "",
      auditor: ownActor("script", "a test"),
    };
    expect(await approveRequest(input, scene.world.database)).toMatchObject({ ok: false, problem: { code: "request_not_found" } });
  });
});
