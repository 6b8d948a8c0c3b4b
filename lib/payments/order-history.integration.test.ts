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
import { sendRefund } from "#lib/payments/send-refund.ts";
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

/** An order as its rows stand, in the words of a replay. */
async function standing(orderId: string) {
  const [row, tries, back] = await Promise.all([
    world.order(orderId),
    world.attempts(orderId),
    world.database.select().from(refunds).where(eq(refunds.orderId, orderId)),
  ]);
  return {
    ...{ sequence: row.eventSequence, state: row.state, paidAmount: row.paidAmount, refundedAmount: row.refundedAmount },
    ...{ paidLate: row.paidLate, needsReview: row.needsReview, paidAttemptId: row.paidAttemptId, strange: [] },
    attempts: byId(tries.map(({ id, state, amount, refundedAmount, surplus }) => ({ id, state, amount, refundedAmount, surplus }))),
    refunds: byId(back.map(({ id, attemptId, amount, state }) => ({ id, attemptId, amount, state }))),
  };
}

function byId<T extends { id: string }>(rows: T[]): T[] {
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function replayed(orderId: string, until: Date) {
  const then = replayOrder(await world.order(orderId), await world.events(orderId), until);
  return then && { ...then, attempts: byId(then.attempts), refunds: byId(then.refunds) };
}

it("whatever the use cases did to an order, its history told over ends exactly where its rows stand", async () => {
  const step = fc.record({ do: fc.constantFrom(...STEPS), pick: fc.nat({ max: 7 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const order = await world.openOrder();
      await carryOut({ do: "start", pick: 0 }, order);
      for (const one of steps) await carryOut(one, order);
      await world.drainJobs();
      expect(await replayed(order.id, new Date(Date.now() + 60_000))).toEqual(await standing(order.id));
    }),
    { numRuns: 8 },
  );
}, 60_000);

it("an order paid twice and wholly refunded is told at every instant of it as its rows stood then", async () => {
  const order = await world.openOrder();
  const moments: { at: Date; rows: Awaited<ReturnType<typeof standing>> }[] = [];
  /** The database's clock, a moment after what has just been written and before what comes. */
  const note = async () => {
    await world.drainJobs();
    const { rows } = await world.database.execute<{
      at: Date;
    }>(sql`select date_trunc('milliseconds', clock_timestamp()) + interval '2 ms' as at
      from pg_sleep(0.004)`);
    moments.push({ at: new Date(rows[0]?.at ?? 0), rows: await standing(order.id) });
    await world.database.execute(sql`select pg_sleep(0.006)`);
  };
  const before = new Date(Date.now() - 60_000);
  await note();
  const unclear = () => ({ ok: false as const, kind: "unknown" as const, message: "timeout" });
  const steps: readonly (Step | "lost" | "found")[] = [
    { do: "start", pick: 0 },
    { do: "start", pick: 1 },
    { do: "wrong", pick: 0 },
    { do: "pay", pick: 0 },
    { do: "refund", pick: 0 },
    { do: "deny", pick: 0 },
    "lost",
    "found",
    { do: "pay", pick: 1 },
    { do: "review", pick: 0 },
  ];
  for (const step of steps) {
    if (step === "lost") {
      gate.onRefund = unclear;
      const asked = { attemptId: (await world.attempts(order.id))[0]?.id ?? "", amountText: "78.00", reason: "r", idempotencyKey: "rest" };
      const own = { merchantId: world.merchantId, orderId: order.id, actor: "usr_x" };
      await refundOrder({ ...own, asker: "refunder", auditor: ownActor("system", "test"), ...asked }, world.database);
    } else if (step === "found") {
      gate.onRefund = () => null;
      const open = await world.database.select().from(refunds).where(eq(refunds.state, "unknown"));
      await world.database.execute(
        sql`update refunds set next_try_at = now() - interval '1 second', lease_until = null where state = 'unknown'`,
      );
      for (const { id } of open) await sendRefund(id, world.database);
    } else await carryOut(step, order);
    await note();
  }
  for (const { at, rows } of moments) expect(await replayed(order.id, at)).toEqual(rows);
  expect(await replayed(order.id, before)).toBeNull();
  // It was what it says on its lid, and no instant was like the one before it.
  expect(moments.at(-1)?.rows).toMatchObject({ state: "paid", paidAmount: 17_600n, refundedAmount: 17_600n, needsReview: false });
  expect(moments.flatMap(({ rows }) => rows.refunds.map(({ state }) => state))).toEqual(expect.arrayContaining(["unknown", "failed"]));
  expect(new Set(moments.map(({ rows }) => rows.sequence)).size).toBe(moments.length);
}, 30_000);
