import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { merchants } from "#db/schema/merchants.ts";
import { refunds } from "#db/schema/refunds.ts";
import { ownActor } from "#lib/domain/audit.ts";
import type { Method } from "#lib/domain/methods.ts";
import { fakeGateway, refusal } from "#lib/payments/fake-gateway-testing.ts";
import { type FakeWorld, fakeWorld, SHOPPER } from "#lib/payments/fake-world-testing.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";
import { type RefundOrder, refundOrder } from "#lib/payments/refund-order.ts";
import { sendRefund } from "#lib/payments/send-refund.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

const without = fakeGateway("without", { methods: ["wechat.native"], has: ["query"] });
// seeds/004: no refund query; UnionPay's refunds are of the whole payment.
const unasked = fakeGateway("unasked", { methods: ["alipay.qr", "unionpay.qr"], has: ["query", "refund"], fullRefundOnly: ["unionpay"] });
const asked = fakeGateway("asked", { methods: ["jd.native"], has: ["query", "refund", "queryRefund"] });
let world: FakeWorld;
beforeAll(async () => {
  world = await fakeWorld();
  await world.addAccount("without");
  await world.addAccount("unasked");
  await world.addAccount("asked");
});
afterAll(() => world.close());
beforeEach(() => {
  unasked.onRefund = () => null;
  unasked.calls.length = 0;
});

const payFor = async (order: { id: string; token: string }, method: Method) => {
  await startAttempt({ token: order.token, method, shopper: SHOPPER }, world.database);
  const attempt = (await world.attempts(order.id)).find((one) => one.method === method);
  const payment = [without, unasked, asked].flatMap((one) => one.payments.get(attempt?.gatewayOrderNo ?? "") ?? [])[0];
  if (!attempt || !payment) throw new Error("no attempt");
  payment.standing = { kind: "paid", gatewayRef: "G1", amount: { minor: 8800n, currency: "HKD" }, paidAt: null };
  await recheckAttempt(attempt.id, world.database);
  return { orderId: order.id, attemptId: attempt.id, payment };
};
const paid = async (method: Method) => payFor(await world.openOrder(), method);
let keys = 0;
const refund = ({ orderId, attemptId }: { orderId: string; attemptId: string }, more: Partial<RefundOrder> = {}) => {
  keys += 1;
  const input = {
    merchantId: world.merchantId,
    orderId,
    attemptId,
    amountText: "88.00",
    reason: "returned",
    actor: "usr",
    asker: "refunder" as const,
    auditor: ownActor("script", "a test"),
    idempotencyKey: `k${keys}`,
  };
  return refundOrder({ ...input, ...more }, world.database);
};
const refundsOf = (orderId: string) => world.database.select().from(refunds).where(eq(refunds.orderId, orderId));
const again = async (orderId: string) => {
  await world.database.execute(
    sql`update refunds set next_try_at = now() - interval '1 second', lease_until = null where order_id = ${orderId}`,
  );
  await sendRefund((await refundsOf(orderId))[0]?.id ?? "", world.database);
};
const sent = () => unasked.calls.filter((one) => one.startsWith("refund"));

describe("a gateway without a refund operation", () => {
  it("records a manual refund with its note: the amount is held, the event says so, no gateway is called", async () => {
    const one = await paid("wechat.native");
    const calls = without.calls.length;
    const done = await refund(one, { amountText: "30.00", note: "bank slip 4711" });
    expect(done).toMatchObject({ ok: true, value: { manual: true } });
    expect(without.calls).toHaveLength(calls);
    expect(await refundsOf(one.orderId)).toMatchObject([{ state: "manual", amount: 3000n, note: "bank slip 4711", nextTryAt: null }]);
    expect(await world.order(one.orderId)).toMatchObject({ refundedAmount: 3000n });
    expect((await world.events(one.orderId)).at(-1)).toMatchObject({
      type: "refund.created",
      data: { manual: true, note: "bank slip 4711" },
    });
    expect(await refund(one, { amountText: "58.01" })).toMatchObject({ ok: false, problem: { code: "refund_exceeds" } });
  });

  it("a policy of sending surplus back cannot do so: nothing is promised, a person is told", async () => {
    await world.database.update(merchants).set({ surplusPolicy: "refund" }).where(eq(merchants.id, world.merchantId));
    const other = await world.openOrder();
    for (const method of ["wechat.native", "alipay.qr"] as const)
      await startAttempt({ token: other.token, method, shopper: SHOPPER }, world.database);
    for (const attempt of (await world.attempts(other.id)).reverse()) {
      const payment = (attempt.method === "wechat.native" ? without : unasked).payments.get(attempt.gatewayOrderNo);
      if (payment) payment.standing = { kind: "paid", gatewayRef: "G", amount: { minor: 8800n, currency: "HKD" }, paidAt: null };
      await recheckAttempt(attempt.id, world.database);
    }
    expect(await refundsOf(other.id)).toEqual([]);
    expect(await world.order(other.id)).toMatchObject({ paidAmount: 17_600n, refundedAmount: 0n, needsReview: true });
  });
});

describe("a gateway that refunds whole payments only", () => {
  it("a part is refused by name, before anything is held; the whole goes through", async () => {
    const one = await paid("unionpay.qr");
    expect(await refund(one, { amountText: "30.00" })).toMatchObject({ ok: false, problem: { code: "refund_full_only", field: "amount" } });
    expect(await world.order(one.orderId)).toMatchObject({ refundedAmount: 0n });
    expect((await refund(one)).ok).toBe(true);
    expect(await refundsOf(one.orderId)).toMatchObject([{ state: "succeeded" }]);
  });

  it("another wallet of the same gateway refunds parts", async () => {
    expect((await refund(await paid("alipay.qr"), { amountText: "30.00" })).ok).toBe(true);
  });
});

describe("a refund whose answer was lost, where no refund can be asked about", () => {
  /** The gateway acts or not, and its first answer is lost. */
  const loseFirst = (arrives: boolean) => {
    let lost = false;
    unasked.onRefund = (request) => {
      if (lost) return null;
      lost = true;
      const payment = unasked.payments.get(request.gatewayOrderNo);
      if (arrives && payment?.standing.kind === "paid") {
        payment.refunds.set(request.refundNo, request.refundAmount.minor);
        payment.standing = { ...payment.standing, kind: "refunded" };
      }
      return { ok: false, kind: "unknown", message: "timeout" };
    };
  };

  it.each([true, false])("is sent again under the same number, and money goes back once (it had arrived: %s)", async (arrives) => {
    const one = await paid("alipay.qr");
    loseFirst(arrives);
    await refund(one, { amountText: "30.00" });
    expect(await refundsOf(one.orderId)).toMatchObject([{ state: "unknown" }]);
    await again(one.orderId);
    expect(await refundsOf(one.orderId)).toMatchObject([{ state: "succeeded" }]);
    expect([...one.payment.refunds.values()]).toEqual([3000n]);
    expect(new Set(sent()).size).toBe(1);
    expect(sent()).toHaveLength(2);
  });

  it("a number that is taken while the payment does not read refunded stays open, and is asked again", async () => {
    const one = await paid("alipay.qr");
    unasked.onRefund = () => refusal("duplicate_number");
    await refund(one, { amountText: "30.00" });
    expect(await refundsOf(one.orderId)).toMatchObject([{ state: "unknown", problem: "refund_pending" }]);
    expect(await world.order(one.orderId)).toMatchObject({ refundedAmount: 3000n });
  });

  it("a no after a lost answer is believed only when the payment surely reads paid: released, once", async () => {
    const one = await paid("alipay.qr");
    unasked.onRefund = () => ({ ok: false, kind: "unknown", message: "timeout" });
    await refund(one, { amountText: "30.00" });
    unasked.onRefund = () => refusal("insufficient_balance");
    one.payment.standing = { kind: "unknown", reason: "busy" };
    await again(one.orderId);
    expect(await world.order(one.orderId)).toMatchObject({ refundedAmount: 3000n });
    one.payment.standing = { kind: "paid", gatewayRef: "G1", amount: { minor: 8800n, currency: "HKD" }, paidAt: null };
    await again(one.orderId);
    expect(await refundsOf(one.orderId)).toMatchObject([{ state: "failed", problem: "refund_refused" }]);
    expect(await world.order(one.orderId)).toMatchObject({ refundedAmount: 0n });
  });

  it("a second part's no is not taken for success because an earlier part reads refunded", async () => {
    const one = await paid("alipay.qr");
    await refund(one, { amountText: "30.00" });
    unasked.onRefund = () => ({ ok: false, kind: "unknown", message: "timeout" });
    await refund(one, { amountText: "20.00" });
    unasked.onRefund = () => refusal("insufficient_balance");
    const [, second] = (await refundsOf(one.orderId)).sort((a, b) => Number(b.amount - a.amount));
    await world.database.execute(sql`update refunds set next_try_at = now() - interval '1 second' where id = ${second?.id}`);
    await sendRefund(second?.id ?? "", world.database);
    expect((await refundsOf(one.orderId)).find((row) => row.id === second?.id)).toMatchObject({ state: "unknown" });
  });
});

describe("a gateway that can be asked about refunds", () => {
  it.each([
    ["it failed", { ok: true, value: { kind: "failed", gatewayRefundRef: null, refundNo: null, amount: null, code: "0006" } }],
    ["no", refusal("refund_exceeds")],
  ] as const)(
    "said '%s' to the second send because the first had arrived: that is found out before the money is released",
    async (_said, no) => {
      const one = await paid("jd.native");
      asked.onRefund = () => ({ ok: false, kind: "unknown", message: "timeout" });
      await refund(one);
      asked.onRefund = (request) => {
        // The lost request arrives between our question and this answer.
        one.payment.refunds.set(request.refundNo, request.refundAmount.minor);
        return no;
      };
      await again(one.orderId);
      expect(await refundsOf(one.orderId)).toMatchObject([{ state: "succeeded" }]);
      expect(await world.order(one.orderId)).toMatchObject({ refundedAmount: 8800n });
    },
  );
});
