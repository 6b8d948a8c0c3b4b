import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { inTransaction } from "#db/client.ts";
import { lockOrder } from "#db/queries/locks.ts";
import { alerts } from "#db/schema/alerts.ts";
import { attempts } from "#db/schema/attempts.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import { refunds } from "#db/schema/refunds.ts";
import { runJob } from "#lib/jobs/handlers.ts";
import { fakeGateway } from "#lib/payments/fake-gateway-testing.ts";
import { SHOPPER } from "#lib/payments/fake-world-testing.ts";
import { iHavePaid, recheckAttempt } from "#lib/payments/recheck-attempt.ts";
import { type Paid, refundScene } from "#lib/payments/refund-scene-testing.ts";
import { reserveRefund } from "#lib/payments/reserve-refund.ts";
import { sendRefund } from "#lib/payments/send-refund.ts";
import { settleAttempt } from "#lib/payments/settle-attempt.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

const gate = fakeGateway("gate", { methods: ["wechat.native"], has: ["query", "close", "refund", "queryRefund"] });
let scene: Awaited<ReturnType<typeof refundScene>>;
let right: string;
beforeAll(async () => {
  scene = await refundScene(gate);
  const [account] = await scene.world.database.select().from(gatewayAccounts);
  right = account?.credentials ?? "";
});
afterAll(() => scene.world.close());
beforeEach(async () => {
  gate.calls.length = 0;
  gate.onRefund = () => null;
  await credentials(right);
});

const credentials = (sealed: string) => scene.world.database.update(gatewayAccounts).set({ credentials: sealed });
/** As after a restore with another keys.json: what was sealed does not open any more. */
const shut = () => credentials("sealed with keys that are gone");
const lost = { ok: false, kind: "unknown", message: "no answer" } as const;
const theRefund = async (orderId: string) => {
  const [row] = await scene.refundsOf(orderId);
  if (!row) throw new Error("no refund");
  return row;
};
const due = (orderId: string) =>
  scene.world.database
    .update(refunds)
    .set({ nextTryAt: sql`now() - interval '1 second'`, leaseUntil: null })
    .where(eq(refunds.orderId, orderId));
const tryAgain = async (orderId: string) => {
  await due(orderId);
  await scene.world.work();
};
const flags = async (orderId: string) => (await scene.world.events(orderId)).filter(({ type }) => type === "order.flagged");
const alertsOf = (subject: string) => scene.world.database.select().from(alerts).where(eq(alerts.subject, subject));
/** A refund whose process died between the commit and the call. */
async function reserved(paid: Paid) {
  const made = await inTransaction(scene.world.database, async (tx) => {
    const locked = await lockOrder(tx, paid.orderId);
    if (!locked) throw new Error("no order");
    const wanted = {
      attemptId: paid.attemptId,
      amount: 8800n,
      reason: "r",
      note: "",
      requestedBy: "u",
      actor: "u",
      idempotencyKey: paid.orderId,
    };
    return reserveRefund(tx, locked, wanted);
  });
  if (!made.ok) throw new Error(made.problem.code);
  return made.value.refundId;
}

describe("a refund whose account cannot be opened any more", () => {
  it("fails and releases its amount when nothing was ever sent; a person sees it, and it can be made anew", async () => {
    const paid = await scene.paid();
    await reserved(paid);
    await shut();
    await tryAgain(paid.orderId);
    expect(await theRefund(paid.orderId)).toMatchObject({ state: "failed", problem: "account_shut", nextTryAt: null });
    expect(await scene.world.order(paid.orderId)).toMatchObject({ refundedAmount: 0n });
    expect(await alertsOf(paid.orderId)).toMatchObject([{ kind: "refund_failed", resolvedAt: null }]);
    expect(scene.sent()).toEqual([]);
    await credentials(right);
    expect(await scene.refund(paid, "88.00")).toMatchObject({ ok: true });
    expect(await scene.world.order(paid.orderId)).toMatchObject({ refundedAmount: 8800n });
  });

  it("is kept, flagged once and asked about ever less often when it may have been sent; mended, it ends by the gateway's word", async () => {
    const paid = await scene.paid();
    gate.onRefund = () => lost;
    await scene.refund(paid, "88.00");
    expect(await theRefund(paid.orderId)).toMatchObject({ state: "unknown", tries: 1 });
    await shut();
    await tryAgain(paid.orderId);
    expect(await theRefund(paid.orderId)).toMatchObject({ state: "unknown", problem: "account_shut", tries: 2 });
    expect(await scene.world.order(paid.orderId)).toMatchObject({ refundedAmount: 8800n, needsReview: true });
    expect(await flags(paid.orderId)).toMatchObject([{ actor: "sweep", data: { why: "refund_account_shut" } }]);
    expect(await alertsOf(paid.orderId)).toMatchObject([{ kind: "flagged", count: 1, resolvedAt: null }]);
    for (let round = 0; round < 4; round += 1) await tryAgain(paid.orderId);
    const { nextTryAt, updatedAt, tries } = await theRefund(paid.orderId);
    expect(tries).toBe(6);
    expect((nextTryAt?.getTime() ?? 0) - updatedAt.getTime()).toBeGreaterThan(3_500_000);
    expect(await flags(paid.orderId)).toHaveLength(1);
    expect(scene.sent()).toHaveLength(1);
    await credentials(right);
    gate.onRefund = () => null;
    await tryAgain(paid.orderId);
    expect(await theRefund(paid.orderId)).toMatchObject({ state: "succeeded", problem: null });
    expect(await scene.world.order(paid.orderId)).toMatchObject({ refundedAmount: 8800n });
  });

  it("is kept too when its process died while it was being sent", async () => {
    const paid = await scene.paid();
    const id = await reserved(paid);
    await scene.world.database.update(refunds).set({ state: "sent", tries: 1 }).where(eq(refunds.id, id));
    await shut();
    await tryAgain(paid.orderId);
    expect(await theRefund(paid.orderId)).toMatchObject({ state: "unknown", problem: "account_shut" });
    expect(await scene.world.order(paid.orderId)).toMatchObject({ refundedAmount: 8800n, needsReview: true });
    expect(await flags(paid.orderId)).toHaveLength(1);
  });

  it("is not looked at again before its time: no job runs after job", async () => {
    const paid = await scene.paid();
    gate.onRefund = () => lost;
    await scene.refund(paid, "88.00");
    await shut();
    await tryAgain(paid.orderId);
    const { tries } = await theRefund(paid.orderId);
    for (let round = 0; round < 3; round += 1) await sendRefund((await theRefund(paid.orderId)).id, scene.world.database);
    await scene.world.work();
    expect(await theRefund(paid.orderId)).toMatchObject({ tries });
  });
});

describe("asking for a refund through an account that cannot be opened", () => {
  it("is refused in words: nothing is reserved, a request goes on waiting", async () => {
    const paid = await scene.paid();
    const waiting = await scene.request(paid, "10.00");
    await shut();
    const refused = { ok: false, problem: { code: "account_shut" } };
    expect(await scene.refund(paid, "88.00")).toMatchObject(refused);
    expect(await scene.tryRequest(paid, "20.00")).toMatchObject(refused);
    expect(await scene.approve(waiting)).toMatchObject(refused);
    expect(await scene.requestOf(waiting)).toMatchObject({ state: "requested" });
    expect(await scene.refundsOf(paid.orderId)).toEqual([]);
    expect(await scene.world.order(paid.orderId)).toMatchObject({ refundedAmount: 0n });
    await credentials(right);
    expect(await scene.approve(waiting)).toMatchObject({ ok: true });
  });

  it("leaves late money to a person where the policy would have sent it back: the payment is settled all the same", async () => {
    await scene.world.database.update(merchants).set({ latePolicy: "refund" });
    const order = await scene.world.openOrder();
    await startAttempt({ token: order.token, method: "wechat.native", shopper: SHOPPER }, scene.world.database);
    await scene.world.database.execute(sql`update orders set expires_at = now() - interval '1 second' where id = ${order.id}`);
    await runJob("expire", { orderId: order.id }, scene.world.database);
    const [attempt] = await scene.world.attempts(order.id);
    await shut();
    const paid = { kind: "paid", gatewayRef: "G1", amount: { minor: 8800n, currency: "HKD" }, paidAt: null } as const;
    await inTransaction(scene.world.database, async (tx) => {
      const locked = await lockOrder(tx, order.id);
      if (locked) await settleAttempt(tx, locked, attempt?.id ?? "", paid, "query");
    });
    expect(await scene.world.order(order.id)).toMatchObject({ state: "paid", paidLate: true, needsReview: true, refundedAmount: 0n });
    expect(await scene.refundsOf(order.id)).toEqual([]);
  });
});

describe("a payment whose account cannot be opened any more", () => {
  it("is asked about on its schedule, not minute after minute, and nobody who asks meets a crash", async () => {
    const order = await scene.world.openOrder();
    await startAttempt({ token: order.token, method: "wechat.native", shopper: SHOPPER }, scene.world.database);
    const [attempt] = await scene.world.attempts(order.id);
    if (!attempt) throw new Error("no attempt");
    await shut();
    await scene.world.age(order.id, 400);
    await scene.world.work();
    const [after] = await scene.world.attempts(order.id);
    expect(after).toMatchObject({ state: attempt.state, sweeps: 1 });
    expect((after?.nextSweepAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(120_000);
    expect(await recheckAttempt(attempt.id, scene.world.database)).toMatchObject({ kind: "unknown" });
    expect(await iHavePaid(order.token, scene.world.database)).toMatchObject({ ok: true });
  });

  it("is not closed by guess: the closing stays due for later", async () => {
    const order = await scene.world.openOrder();
    await startAttempt({ token: order.token, method: "wechat.native", shopper: SHOPPER }, scene.world.database);
    await shut();
    await scene.world.database.update(attempts).set({ closeDueAt: sql`now() - interval '1 second'` }).where(eq(attempts.orderId, order.id));
    await scene.world.work();
    const [after] = await scene.world.attempts(order.id);
    expect(after?.gatewayClosedAt).toBeNull();
    expect(after?.closeDueAt?.getTime()).toBeGreaterThan(Date.now());
  });
});
