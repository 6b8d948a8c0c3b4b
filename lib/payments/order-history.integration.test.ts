import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { refunds } from "#db/schema/refunds.ts";
import { ownActor } from "#lib/domain/audit.ts";
import type { Method } from "#lib/domain/methods.ts";
import { replayOrder } from "#lib/domain/order-history.ts";
import { cancelOrder, expireOrder } from "#lib/payments/close-order.ts";
import { fakeGateway, noticeBody, refusal } from "#lib/payments/fake-gateway-testing.ts";
import { type FakeWorld, fakeWorld, SHOPPER } from "#lib/payments/fake-world-testing.ts";
import { markReviewed } from "#lib/payments/mark-reviewed.ts";
import { receiveNotification } from "#lib/payments/receive-notification.ts";
import { recheckOrder } from "#lib/payments/recheck-order.ts";
import { refundOrder } from "#lib/payments/refund-order.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

const METHODS = ["wechat.native", "alipay.qr"] as const satisfies readonly Method[];
const gate = fakeGateway("gate", { methods: METHODS, has: ["query", "close", "refund", "queryRefund"] });
let world: FakeWorld;
let accountId: string;
beforeAll(async () => {
  world = await fakeWorld({ surplusPolicy: "refund" });
  accountId = await world.addAccount("gate");
});
afterAll(() => world.close());

/** Something that may happen to an order; most of it is refused most of the time, which changes nothing. */
const STEPS = ["start", "start", "pay", "pay", "wrong", "decline", "recheck", "cancel", "expire", "refund", "deny", "review"] as const;
type Step = { do: (typeof STEPS)[number]; pick: number };

async function carryOut({ do: what, pick }: Step, order: { id: string; token: string }): Promise<void> {
  const { database, merchantId } = world;
  const own = { merchantId, orderId: order.id, actor: "usr_x" };
  const all = await world.attempts(order.id);
  const attempt = all[pick % Math.max(1, all.length)];
  const tell = (standing: Record<string, unknown>) => {
    const body = noticeBody({
      gatewayOrderNo: attempt?.gatewayOrderNo ?? "none",
      standing: standing as never,
      fingerprint: `${Math.random()}`,
    });
    return attempt && receiveNotification(database, accountId, "gate", { method: "POST", query: "", headers: {}, body });
  };
  const paid = (minor: bigint) => ({ kind: "paid", gatewayRef: "G", paidAt: null, amount: { minor, currency: "HKD" } });
  gate.onRefund = () => (what === "deny" ? refusal("refund_exceeds") : null);
  switch (what) {
    case "start":
      return void (await startAttempt({ token: order.token, method: METHODS[pick % 2] ?? "alipay.qr", shopper: SHOPPER }, database));
    case "pay":
    case "wrong":
    case "decline": {
      const standing = what === "decline" ? { kind: "failed" } : paid(what === "pay" ? 8800n : 1n);
      const payment = attempt && gate.payments.get(attempt.gatewayOrderNo);
      if (payment && attempt.state !== "paid") payment.standing = standing as never;
      return void (await tell(standing));
    }
    case "recheck":
      return void (await recheckOrder(own, database));
    case "cancel":
      return void (await cancelOrder(own, database));
    case "expire":
      await database.execute(sql`update orders set expires_at = now() - interval '1 second' where id = ${order.id} and state = 'open'`);
      return void (await expireOrder(order.id, database));
    case "refund":
    case "deny": {
      const asked = { attemptId: attempt?.id ?? "", amountText: "10.00", reason: "r", idempotencyKey: `${order.id}${Math.random()}` };
      return void (await refundOrder({ ...own, asker: "refunder", auditor: ownActor("system", "test"), ...asked }, database));
    }
    case "review":
      return void (await markReviewed({ ...own, reason: "seen" }, database));
  }
}

it("whatever the use cases did to an order, its history told over ends exactly where its rows stand", async () => {
  const step = fc.record({ do: fc.constantFrom(...STEPS), pick: fc.nat({ max: 7 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const order = await world.openOrder();
      await carryOut({ do: "start", pick: 0 }, order);
      for (const one of steps) await carryOut(one, order);
      await world.drainJobs();
      const [row, tries, back, events] = await Promise.all([
        world.order(order.id),
        world.attempts(order.id),
        world.database.select().from(refunds).where(eq(refunds.orderId, order.id)),
        world.events(order.id),
      ]);
      const then = replayOrder(row, events, new Date(Date.now() + 60_000));
      const byId = <T extends { id: string }>(rows: T[]) => rows.sort((a, b) => (a.id < b.id ? -1 : 1));
      expect({ ...then, attempts: byId(then?.attempts ?? []), refunds: byId(then?.refunds ?? []) }).toEqual({
        ...{ sequence: row.eventSequence, state: row.state, paidAmount: row.paidAmount, refundedAmount: row.refundedAmount },
        ...{ paidLate: row.paidLate, needsReview: row.needsReview, paidAttemptId: row.paidAttemptId, strange: [] },
        attempts: byId(tries.map(({ id, state, amount, refundedAmount, surplus }) => ({ id, state, amount, refundedAmount, surplus }))),
        refunds: byId(back.map(({ id, attemptId, amount, state }) => ({ id, attemptId, amount, state }))),
      });
    }),
    { numRuns: 8 },
  );
}, 60_000);
