import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Method } from "#lib/domain/methods.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import { closeAttempt } from "#lib/payments/close-attempt.ts";
import { cancelOrder } from "#lib/payments/close-order.ts";
import { fakeGateway, qr } from "#lib/payments/fake-gateway-testing.ts";
import { type FakeWorld, fakeWorld, SHOPPER } from "#lib/payments/fake-world-testing.ts";
import { readCheckout } from "#lib/payments/read-checkout.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

const fake = fakeGateway("closing", { methods: ["wechat.native", "alipay.qr"], has: ["query", "close"] });
const never = fakeGateway("never", { methods: ["qq.native"], has: ["query"] });
let world: FakeWorld;
beforeAll(async () => {
  world = await fakeWorld();
  await world.addAccount("closing");
  await world.addAccount("never");
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.quiet();
  Object.assign(fake, { onCreate: qr, onClose: () => null, before: () => undefined });
  fake.calls.length = 0;
  never.calls.length = 0;
});

const PAID: Standing = { kind: "paid", gatewayRef: "G1", amount: { minor: 8800n, currency: "HKD" }, paidAt: null };
const begin = async (...methods: Method[]) => {
  const order = await world.openOrder();
  for (const method of methods) await startAttempt({ token: order.token, method, shopper: SHOPPER }, world.database);
  const [paid, sibling] = await world.attempts(order.id);
  if (!paid || !sibling) throw new Error("no attempts");
  return { order, paid, sibling };
};
const pay = async ({ paid }: Awaited<ReturnType<typeof begin>>) => {
  const payment = fake.payments.get(paid.gatewayOrderNo);
  if (payment) payment.standing = PAID;
  fake.calls.length = 0;
  await recheckAttempt(paid.id, world.database);
};
const closings = () => fake.calls.filter((one) => one.startsWith("close"));

it("when one attempt is paid, its sibling is closed at the gateway by a job of the same commit, after asking", async () => {
  const one = await begin("wechat.native", "alipay.qr");
  await pay(one);
  expect((await world.attempts(one.order.id)).map((attempt) => attempt.state)).toEqual(["paid", "closed"]);
  expect(closings()).toEqual([]);
  await world.drainJobs();
  expect(fake.calls.slice(1)).toEqual(["query closing alipay.qr", "close closing alipay.qr", "query closing alipay.qr"]);
  expect((await world.attempts(one.order.id))[1]).toMatchObject({ state: "closed", problem: "superseded", closeDueAt: null });
  expect((await world.attempts(one.order.id))[1]?.nextSweepAt).not.toBeNull();
});

it("a sibling that was paid meanwhile is never closed: surplus", async () => {
  const one = await begin("wechat.native", "alipay.qr");
  await pay(one);
  const payment = fake.payments.get(one.sibling.gatewayOrderNo);
  if (payment) payment.standing = PAID;
  await world.drainJobs();
  expect(closings()).toEqual([]);
  expect(await world.order(one.order.id)).toMatchObject({ paidAmount: 17_600n, needsReview: true });
});

it("a lost job is made again; an unclear answer stays due; it ends", async () => {
  const one = await begin("wechat.native", "alipay.qr");
  await pay(one);
  await world.database.execute(sql`delete from pgboss.job`);
  const payment = fake.payments.get(one.sibling.gatewayOrderNo);
  if (payment) payment.standing = { kind: "unknown", reason: "busy" };
  await world.age(one.order.id, 20);
  await world.work();
  expect(closings()).toEqual([]);
  expect((await world.attempts(one.order.id))[1]?.closeDueAt).not.toBeNull();
  if (payment) payment.standing = { kind: "pending" };
  await world.age(one.order.id, 70);
  await world.work();
  expect(closings()).toHaveLength(1);
  expect((await world.attempts(one.order.id))[1]?.closeDueAt).toBeNull();
});

it("where the document has no close, the sibling is left to the sweep", async () => {
  const one = await begin("wechat.native", "qq.native");
  await pay(one);
  await world.drainJobs();
  expect(never.calls).toEqual(["create never qq.native", "query never qq.native"]);
  const [, sibling] = await world.attempts(one.order.id);
  expect(sibling).toMatchObject({ state: "closed", closeDueAt: null });
  expect(sibling?.nextSweepAt).not.toBeNull();
});

it("a try put aside for a new one is closed at the gateway too", async () => {
  fake.onCreate = () => ({ ok: false, kind: "unknown", message: "timeout" });
  const order = await world.openOrder();
  const start = () => startAttempt({ token: order.token, method: "wechat.native", shopper: SHOPPER }, world.database);
  await start();
  fake.onCreate = qr;
  await start();
  fake.calls.length = 0;
  await world.drainJobs();
  expect(closings()).toHaveLength(1);
  expect((await world.attempts(order.id)).map((one) => one.state)).toEqual(["closed", "presented"]);
});

it("a cancelled order's attempt whose standing was unclear is closed at the gateway once it is clear", async () => {
  const order = await world.openOrder();
  await startAttempt({ token: order.token, method: "wechat.native", shopper: SHOPPER }, world.database);
  const [attempt] = await world.attempts(order.id);
  const payment = fake.payments.get(attempt?.gatewayOrderNo ?? "");
  if (payment) payment.standing = { kind: "unknown", reason: "busy" };
  expect((await cancelOrder({ token: order.token, actor: "shopper" }, world.database)).ok).toBe(true);
  if (payment) payment.standing = { kind: "pending" };
  await world.age(order.id, 20);
  await world.work();
  expect(closings()).toHaveLength(1);
});

it("an attempt that is not to be closed is left alone, whatever job still comes for it", async () => {
  const order = await world.openOrder();
  await startAttempt({ token: order.token, method: "wechat.native", shopper: SHOPPER }, world.database);
  const [attempt] = await world.attempts(order.id);
  fake.calls.length = 0;
  await closeAttempt(attempt?.id ?? "", world.database);
  expect(fake.calls).toEqual([]);
  expect((await world.attempts(order.id))[0]).toMatchObject({ state: "presented" });
});

it("a code the gateway lets run out by itself gave way to nothing: the shopper is offered a new one", async () => {
  const order = await world.openOrder();
  await startAttempt({ token: order.token, method: "wechat.native", shopper: SHOPPER }, world.database);
  const [attempt] = await world.attempts(order.id);
  const payment = fake.payments.get(attempt?.gatewayOrderNo ?? "");
  if (payment) payment.standing = { kind: "closed" };
  await recheckAttempt(attempt?.id ?? "", world.database);
  expect((await world.attempts(order.id))[0]).toMatchObject({ state: "closed", problem: null });
  expect(await readCheckout(order.token, SHOPPER, world.database)).toMatchObject({ view: "failed", detail: "qr_expired" });
});
