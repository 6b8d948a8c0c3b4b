import { eq } from "drizzle-orm";
import { type RefundLimits, writeLimits } from "#db/queries/refund-limits.ts";
import { refundRequests } from "#db/schema/refund-requests.ts";
import { refunds } from "#db/schema/refunds.ts";
import { users } from "#db/schema/users.ts";
import { ownActor } from "#lib/domain/audit.ts";
import { newId } from "#lib/domain/ids.ts";
import { approveRequest, declineRequest } from "#lib/payments/decide-request.ts";
import { withdrawRequest } from "#lib/payments/end-request.ts";
import type { FakeGateway } from "#lib/payments/fake-gateway-testing.ts";
import { type FakeWorld, fakeWorld, SHOPPER } from "#lib/payments/fake-world-testing.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";
import { type RefundOrder, refundOrder } from "#lib/payments/refund-order.ts";
import { type RequestRefund, requestRefund } from "#lib/payments/request-refund.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";

const TESTER = ownActor("script", "a test");

/** A paid try of an order of 88.00 HKD. */
export interface Paid {
  orderId: string;
  attemptId: string;
}

/** A merchant with people who ask and decide, for tests of refunds that need two. `fake` is its only gateway. */
export async function refundScene(fake: FakeGateway, more: Parameters<typeof fakeWorld>[0] = {}) {
  const world = await fakeWorld(more);
  await world.addAccount(fake.gateway.id);
  const [maker, checker, another] = [newId("user"), newId("user"), newId("user")];
  for (const id of [maker, checker, another])
    await world.database.insert(users).values({ id, email: `${id}@example.com`, name: id, passwordHash: "none" });
  let keys = 0;
  const wanted = (paid: Paid, amountText: string) => {
    keys += 1;
    return { merchantId: world.merchantId, ...paid, amountText, reason: "returned", idempotencyKey: `k${keys}`, auditor: TESTER };
  };
  return {
    world,
    people: { maker, checker, another },
    ...actions(world, maker, checker, wanted),
    paid: (values: Record<string, unknown> = {}) => paid(world, fake, values),
    limit: (limits: Partial<RefundLimits>) =>
      writeLimits(world.database, world.merchantId, [{ currency: "HKD", approvalAbove: null, dailyCap: null, ...limits }]),
    refundsOf: (orderId: string) => world.database.select().from(refunds).where(eq(refunds.orderId, orderId)),
    requestOf: async (id: string) => {
      const [row] = await world.database.select().from(refundRequests).where(eq(refundRequests.id, id));
      if (!row) throw new Error(`no request ${id}`);
      return row;
    },
    sent: () => fake.calls.filter((one) => one.startsWith("refund ")),
  };
}

type Wanted = (paid: Paid, amountText: string) => Omit<RefundOrder, "actor" | "asker">;

function actions(world: FakeWorld, maker: string, checker: string, wanted: Wanted) {
  const { database, merchantId } = world;
  const by = (id: string, requestId: string) => ({
    merchantId,
    requestId,
    person: { id, approves: true },
    reason: "seen",
    auditor: TESTER,
  });
  return {
    refund: (paid: Paid, amountText: string, more: Partial<RefundOrder> = {}) =>
      refundOrder({ ...wanted(paid, amountText), actor: maker, asker: "refunder", ...more }, database),
    request: async (paid: Paid, amountText: string, more: Partial<RequestRefund> = {}) => {
      const done = await requestRefund({ ...wanted(paid, amountText), actor: maker, asker: "requester", ...more }, database);
      if (!done.ok) throw new Error(JSON.stringify(done.problem));
      return done.value.requestId;
    },
    tryRequest: (paid: Paid, amountText: string) =>
      requestRefund({ ...wanted(paid, amountText), actor: maker, asker: "requester" }, database),
    approve: (requestId: string, id = checker) => approveRequest(by(id, requestId), database),
    decline: (requestId: string, id = checker) => declineRequest(by(id, requestId), database),
    withdraw: (requestId: string, actor = maker) => withdrawRequest({ merchantId, requestId, actor, auditor: TESTER }, database),
  };
}

async function paid(world: FakeWorld, fake: FakeGateway, values: Record<string, unknown>): Promise<Paid> {
  const order = await world.openOrder(values);
  const method = fake.gateway.methods[0] ?? "wechat.native";
  await startAttempt({ token: order.token, method, shopper: SHOPPER }, world.database);
  const [attempt] = await world.attempts(order.id);
  const payment = fake.payments.get(attempt?.gatewayOrderNo ?? "");
  if (!attempt || !payment) throw new Error("no attempt");
  payment.standing = { kind: "paid", gatewayRef: "G1", amount: { minor: 8_800n, currency: "HKD" }, paidAt: null };
  await recheckAttempt(attempt.id, world.database);
  return { orderId: order.id, attemptId: attempt.id };
}
