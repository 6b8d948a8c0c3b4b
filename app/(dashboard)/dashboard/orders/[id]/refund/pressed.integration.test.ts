import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { keyOf } from "#app/(dashboard)/dashboard/orders/[id]/refund/check.ts";
import { pressedBefore } from "#app/(dashboard)/dashboard/orders/[id]/refund/pressed.ts";
import { readAttempts } from "#db/queries/dashboard-order.ts";
import { fakeGateway } from "#lib/payments/fake-gateway-testing.ts";
import { refundScene } from "#lib/payments/refund-scene-testing.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

const fake = fakeGateway("shop", { methods: ["alipay.qr"], has: ["query", "refund", "queryRefund"] });
let scene: Awaited<ReturnType<typeof refundScene>>;
beforeAll(async () => {
  scene = await refundScene(fake);
});
afterAll(() => scene.world.close());

const values = (attemptId: string, more = {}) => ({ attemptId, amountText: "88.00", reason: "returned", note: "", key: "form-1", ...more });
async function paid() {
  const order = await scene.paid();
  const [attempt] = await readAttempts(scene.world.database, scene.world.merchantId, order.orderId);
  if (!attempt) throw new Error("no attempt");
  const before = (more = {}, userId = scene.people.maker) =>
    pressedBefore(scene.world.database, scene.world.merchantId, userId, values(attempt.id, more), attempt);
  return { order, before, idempotencyKey: keyOf(values(attempt.id), attempt) ?? "" };
}

it("the second press of a refund of everything finds the first one's refund, though nothing is left to refund", async () => {
  const { order, before, idempotencyKey } = await paid();
  expect(await before()).toBeNull();
  const done = await scene.refund(order, "88.00", { idempotencyKey });
  if (!done.ok) throw new Error(JSON.stringify(done.problem));
  expect(await before()).toEqual({ kind: "refund", id: done.value.refundId });
  expect(await before({ amountText: "88" })).toEqual({ kind: "refund", id: done.value.refundId });
  for (const other of [{ amountText: "8" }, { amountText: "" }, { amountText: "x" }, { key: "form-2" }])
    expect(await before(other)).toBeNull();
  expect(await before({}, scene.people.another)).toBeNull();
});

it("and that of a request finds the request", async () => {
  const { order, before, idempotencyKey } = await paid();
  const id = await scene.request(order, "88.00", { idempotencyKey });
  expect(await before()).toEqual({ kind: "request", id });
  expect(await before({}, scene.people.another)).toBeNull();
});
