import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { readLimits, writeLimits } from "#db/queries/refund-limits.ts";
import { expireOrder } from "#lib/payments/close-order.ts";
import { fakeGateway, refusal } from "#lib/payments/fake-gateway-testing.ts";
import { SHOPPER } from "#lib/payments/fake-world-testing.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";
import { refundScene } from "#lib/payments/refund-scene-testing.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

const fake = fakeGateway("shop", { methods: ["alipay.qr"], has: ["query", "refund", "queryRefund"] });
let scene: Awaited<ReturnType<typeof refundScene>>;
beforeAll(async () => {
  scene = await refundScene(fake, { latePolicy: "refund", timeZone: "Asia/Hong_Kong" });
});
afterAll(() => scene.world.close());
beforeEach(async () => {
  fake.onRefund = () => null;
  // A day nobody refunded on: the cap's sums begin at nothing.
  await scene.world.database.execute(sql`update refunds set created_at = created_at - interval '3 days'`);
  await scene.limit({});
});
const code = (value: string) => ({ ok: false, problem: { code: value, field: "amount" } });

describe("the approval limit", () => {
  it("lets within go out and sends above to somebody else; the same person's earlier refunds of the order count", async () => {
    await scene.limit({ approvalAbove: 4_000n });
    const order = await scene.paid();
    expect(await scene.refund(order, "40.01")).toMatchObject({ ...code("refund_needs_approval"), problem: { values: { limit: "40.00" } } });
    expect(await scene.refund(order, "30.00")).toMatchObject({ ok: true });
    expect(await scene.refund(order, "10.01")).toMatchObject(code("refund_needs_approval"));
    // Another person has a limit of their own, and another order is another sum.
    expect(await scene.refund(order, "10.01", { actor: scene.people.another })).toMatchObject({ ok: true });
    expect(await scene.refund(await scene.paid(), "40.00")).toMatchObject({ ok: true });
    const id = await scene.request(order, "10.01", { asker: "refunder" });
    expect(await scene.requestOf(id)).toMatchObject({ cause: "limit" });
    expect(await scene.approve(id)).toMatchObject({ ok: true });
  });

  it("two halves at once do not slip past it together", async () => {
    await scene.limit({ approvalAbove: 4_000n });
    const order = await scene.paid();
    const done = await Promise.all([scene.refund(order, "30.00"), scene.refund(order, "30.00")]);
    expect(done.filter((one) => one.ok)).toHaveLength(1);
    expect(done.find((one) => !one.ok)).toMatchObject(code("refund_needs_approval"));
  });

  it("of zero sends every refund to somebody else; a program is refused", async () => {
    await scene.limit({ approvalAbove: 0n });
    const order = await scene.paid();
    expect(await scene.refund(order, "0.01")).toMatchObject(code("refund_needs_approval"));
    expect(await scene.refund(order, "0.01", { asker: "program", actor: "shop" })).toMatchObject(code("refund_needs_approval"));
    await writeLimits(scene.world.database, scene.world.merchantId, [{ currency: "CNY", approvalAbove: 0n, dailyCap: null }]);
    await scene.limit({});
    expect(await scene.refund(order, "88.00")).toMatchObject({ ok: true });
  });

  it("a failed refund did not go back and is not counted", async () => {
    await scene.limit({ approvalAbove: 4_000n });
    const order = await scene.paid();
    fake.onRefund = () => refusal("invalid_request");
    await scene.refund(order, "40.00");
    fake.onRefund = () => null;
    expect(await scene.refund(order, "40.00")).toMatchObject({ ok: true });
  });
});

describe("the daily cap", () => {
  it("holds over orders, people and programs, and says what is left and from when there is more", async () => {
    await scene.limit({ dailyCap: 10_000n });
    expect(await scene.refund(await scene.paid(), "60.00")).toMatchObject({ ok: true });
    const order = await scene.paid();
    const refused = await scene.refund(order, "40.01", { actor: "shop", asker: "program" });
    expect(refused).toMatchObject({ ...code("refund_daily_cap"), problem: { values: { cap: "100.00", left: "40.00", currency: "HKD" } } });
    // Midnight in Hong Kong is 16:00 UTC.
    const at = refused.ok ? "" : (refused.problem.values?.at ?? "");
    expect(at).toMatch(/T16:00:00\.000Z$/);
    expect(new Date(at).getTime() - Date.now()).toBeGreaterThan(0);
    expect(new Date(at).getTime() - Date.now()).toBeLessThanOrEqual(86_400_000);
    expect(await scene.refund(order, "40.00", { actor: scene.people.another })).toMatchObject({ ok: true });
    expect(await scene.refund(order, "0.01")).toMatchObject(code("refund_daily_cap"));
  });

  it("is not passed by many at once", async () => {
    await scene.limit({ dailyCap: 10_000n });
    const orders = [await scene.paid(), await scene.paid(), await scene.paid(), await scene.paid(), await scene.paid()];
    const done = await Promise.all(orders.map((order) => scene.refund(order, "40.00")));
    expect(done.filter((one) => one.ok)).toHaveLength(2);
    expect(done.filter((one) => !one.ok)).toMatchObject([1, 2, 3].map(() => code("refund_daily_cap")));
  });

  it("holds for what was approved, which goes on waiting for another day", async () => {
    await scene.limit({ dailyCap: 5_000n });
    const order = await scene.paid();
    const id = await scene.request(order, "60.00");
    expect(await scene.approve(id)).toMatchObject(code("refund_daily_cap"));
    expect(await scene.requestOf(id)).toMatchObject({ state: "requested" });
    await scene.limit({ dailyCap: 6_000n });
    expect(await scene.approve(id)).toMatchObject({ ok: true });
  });

  it("begins anew with the merchant's day: what went the evening before does not count", async () => {
    await scene.limit({ dailyCap: 6_000n });
    const order = await scene.paid();
    expect(await scene.refund(order, "60.00")).toMatchObject({ ok: true });
    const start = sql`date_trunc('day', now() at time zone 'Asia/Hong_Kong') at time zone 'Asia/Hong_Kong'`;
    await scene.world.database.execute(sql`update refunds set created_at = ${start} where order_id = ${order.orderId}`);
    expect(await scene.refund(order, "20.00")).toMatchObject(code("refund_daily_cap"));
    await scene.world.database.execute(
      sql`update refunds set created_at = ${start} - interval '1 millisecond' where order_id = ${order.orderId}`,
    );
    expect(await scene.refund(order, "20.00")).toMatchObject({ ok: true });
  });

  it("gets back what failed, and counts test money and real money apart", async () => {
    await scene.limit({ dailyCap: 5_000n });
    fake.onRefund = () => refusal("invalid_request");
    await scene.refund(await scene.paid(), "50.00");
    fake.onRefund = () => null;
    const order = await scene.paid();
    expect(await scene.refund(order, "50.00")).toMatchObject({ ok: true });
    expect(await scene.refund(order, "10.00")).toMatchObject(code("refund_daily_cap"));
    await scene.world.database.execute(sql`update gateway_accounts set live = true`);
    const live = await scene.paid({ live: true });
    await scene.world.database.execute(sql`update gateway_accounts set live = false`);
    expect(await scene.refund(live, "50.00")).toMatchObject({ ok: true });
  });

  it("neither stops nor counts what goes back by policy: late money was never the merchant's", async () => {
    await scene.limit({ dailyCap: 1_000n, approvalAbove: 0n });
    const order = await scene.world.openOrder();
    await startAttempt({ token: order.token, method: "alipay.qr", shopper: SHOPPER }, scene.world.database);
    const [attempt] = await scene.world.attempts(order.id);
    const payment = fake.payments.get(attempt?.gatewayOrderNo ?? "");
    if (!attempt || !payment) throw new Error("no attempt");
    await scene.world.database.execute(sql`update orders set expires_at = now() - interval '1 second' where id = ${order.id}`);
    await expireOrder(order.id, scene.world.database);
    payment.standing = { kind: "paid", gatewayRef: "G2", amount: { minor: 8_800n, currency: "HKD" }, paidAt: null };
    await recheckAttempt(attempt.id, scene.world.database);
    await scene.world.work();
    expect(await scene.refundsOf(order.id)).toMatchObject([{ requestedBy: "policy", state: "succeeded", amount: 8_800n }]);
    await scene.limit({ dailyCap: 1_000n });
    expect(await scene.refund(await scene.paid(), "10.00")).toMatchObject({ ok: true });
  });
});

describe("the limits", () => {
  it("are kept by currency, in minor units; none is none and zero is zero", async () => {
    const { database, merchantId } = scene.world;
    await writeLimits(database, merchantId, [
      { currency: "JPY", approvalAbove: 0n, dailyCap: null },
      { currency: "HKD", approvalAbove: 5_000n, dailyCap: 10n ** 15n },
    ]);
    expect(await readLimits(database, merchantId)).toEqual(
      expect.arrayContaining([
        { currency: "HKD", approvalAbove: 5_000n, dailyCap: 10n ** 15n },
        { currency: "JPY", approvalAbove: 0n, dailyCap: null },
      ]),
    );
    expect(await readLimits(database, "mer_other")).toEqual([]);
    await expect(writeLimits(database, merchantId, [{ currency: "HKD", approvalAbove: -1n, dailyCap: null }])).rejects.toThrow();
  });
});
