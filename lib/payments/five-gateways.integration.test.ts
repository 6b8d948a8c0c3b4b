import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { orderById } from "#db/queries/orders.ts";
import { attempts } from "#db/schema/attempts.ts";
import { notifications } from "#db/schema/notifications.ts";
import { refunds } from "#db/schema/refunds.ts";
import { ownActor } from "#lib/domain/audit.ts";
import type { Method } from "#lib/domain/methods.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { closeAttempt } from "#lib/payments/close-attempt.ts";
import { readScan } from "#lib/payments/read-scan.ts";
import { refundOrder } from "#lib/payments/refund-order.ts";
import { scanPay } from "#lib/payments/scan-pay.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { payPayment } from "#lib/sandbox/pay.ts";

/** The use cases at all five gateways of the sandbox, over real HTTP: what differs is the documents', and said here. */
const GATEWAYS = [
  { id: "hipopay-agent", qr: "wechat.native", scans: true, settles: "credited", refunds: "succeeded", closes: false },
  { id: "hipopay-merchant", qr: "wechat.native", scans: true, settles: "credited", refunds: "succeeded", closes: false },
  { id: "mpgateway", qr: "wechat.native", scans: true, settles: "queried", refunds: "manual", closes: true },
  { id: "xxpay", qr: "wechat.native", scans: false, settles: "queried", refunds: "manual", closes: false },
  { id: "fengniao", qr: "wechat.native", scans: true, settles: "queried", refunds: "succeeded", closes: true },
] as const;

let world: World;
const accounts: Record<string, string> = {};
beforeAll(async () => {
  world = await testWorld();
  accounts["hipopay-agent"] = world.accountId;
  for (const { id } of GATEWAYS.slice(1)) accounts[id] = await world.addAccount(id);
});
afterAll(() => world.close());
beforeEach(() => world.drainJobs());

const CNY = { minor: 1234n, currency: "CNY" as const };
const openAt = (gateway: string) => world.openOrder(1234n, { amount: CNY, accountId: accounts[gateway] });
const attemptsOf = (orderId: string) =>
  world.database.select().from(attempts).where(eq(attempts.orderId, orderId)).orderBy(attempts.createdAt);
const start = async (gateway: string, method: Method) => {
  const order = await openAt(gateway);
  const started = await startAttempt({ token: order.token, method, shopper: SHOPPER }, world.database);
  if (!started.ok) throw new Error(JSON.stringify(started.problem));
  return { order, started: started.value };
};
const payAtGateway = async (orderId: string) => {
  const [attempt] = await attemptsOf(orderId);
  const payment = await paymentByAny(world.database, attempt?.gatewayOrderNo ?? "");
  if (!payment) throw new Error("the gateway does not know it");
  const paid = await payPayment(world.database, payment.no, { channel: "CN", shopper: "someone" }, []);
  if (!paid.ok) throw new Error(paid.reason);
  return attempt?.id ?? "";
};
const settle = async () => {
  const told = await world.drainNotices();
  await world.drainJobs();
  return told;
};
let codes = 0;
const code = (ending: string) => {
  codes += 1;
  return `13${String(codes).padStart(14, "0")}${ending}`;
};
const scan = async (gateway: string, authCode: string) => {
  const order = await openAt(gateway);
  const input = { merchantId: world.merchantId, authCode, for: { orderId: order.id }, actor: "usr_till", clientIp: "203.0.113.9" };
  return { order, done: await scanPay(input, world.database) };
};
const view = (orderId: string) => readScan({ merchantId: world.merchantId, orderId }, world.database);

describe.each(GATEWAYS)("$id", ({ id, qr, scans, settles, refunds: refundsAs, closes }) => {
  it("a payment by QR is started, paid, told of, acknowledged with the gateway's own word, and credited once", async () => {
    const { order, started } = await start(id, qr);
    expect(started.presentation).not.toBeNull();
    await payAtGateway(order.id);
    expect(await settle()).toMatchObject({ acknowledged: 1, failed: 0 });
    expect(await orderById(world.database, order.id)).toMatchObject({ state: "paid", paidAmount: 1234n, needsReview: false });
    const told = await world.database.select().from(notifications).where(eq(notifications.orderId, order.id));
    expect(told.map((one) => one.verdict)).toEqual([settles]);
  });

  it(`a refund of it is ${refundsAs}`, async () => {
    const { order } = await start(id, qr);
    const attemptId = await payAtGateway(order.id);
    await settle();
    const input = { merchantId: world.merchantId, orderId: order.id, attemptId, amountText: "12.34", reason: "returned", actor: "usr" };
    expect(
      await refundOrder(
        { ...input, asker: "refunder", auditor: ownActor("script", "a test"), idempotencyKey: `refund ${id}` },
        world.database,
      ),
    ).toMatchObject({ ok: true });
    for (let round = 0; round < 3; round += 1) {
      await world.makeDue();
      await world.drainJobs();
    }
    expect(await world.database.select().from(refunds).where(eq(refunds.orderId, order.id))).toMatchObject([
      { state: refundsAs, amount: 1234n },
    ]);
    expect(await orderById(world.database, order.id)).toMatchObject({ refundedAmount: 1234n });
  });

  it(`an unpaid QR that is to be closed ${closes ? "is closed at the gateway" : "is left to the sweep: the document has no close"}`, async () => {
    const { order, started } = await start(id, qr);
    await world.database.update(attempts).set({ closeDueAt: new Date() }).where(eq(attempts.id, started.attemptId));
    await closeAttempt(started.attemptId, world.database);
    expect((await attemptsOf(order.id))[0]).toMatchObject({ state: closes ? "closed" : "presented", closeDueAt: null });
    const payment = await paymentByAny(world.database, (await attemptsOf(order.id))[0]?.gatewayOrderNo ?? "");
    const paid = await payPayment(world.database, payment?.no ?? "", { channel: "CN", shopper: "late" }, []);
    expect(paid.ok).toBe(!closes);
    await settle();
  });

  if (scans)
    it("a scanned code that pays is paid, without a second question of the shopper", async () => {
      const { order, done } = await scan(id, code("00"));
      expect(done).toMatchObject({ ok: true });
      await world.makeDue();
      await settle();
      expect(await view(order.id)).toMatchObject({ state: "paid", attempt: { method: "wechat.barcode" } });
    });

  if (scans)
    it("a shopper who has to confirm is waited for, and paid when it is done", async () => {
      const { order, done } = await scan(id, code("01"));
      expect(done).toMatchObject({ ok: true });
      expect(await view(order.id)).toMatchObject({ state: "waiting" });
      await payAtGateway(order.id);
      await world.makeDue();
      await settle();
      expect(await view(order.id)).toMatchObject({ state: "paid" });
    });

  if (scans)
    it(`one who does not confirm in time: ${closes ? "closed at the gateway" : "unconfirmed, and still swept"}`, async () => {
      const { order } = await scan(id, code("01"));
      const [attempt] = await attemptsOf(order.id);
      await closeAttempt(attempt?.id ?? "", world.database);
      expect(await view(order.id)).toMatchObject(
        closes ? { state: "failed", problem: "scan_timed_out" } : { state: "unconfirmed", problem: "scan_unconfirmed" },
      );
    });

  if (scans)
    it("a code without money, or that has expired, charges nothing", async () => {
      for (const ending of ["02", "03"]) {
        const { order, done } = await scan(id, code(ending));
        for (let round = 0; round < 2; round += 1) {
          await world.makeDue();
          await settle();
        }
        expect([ending, done.ok, (await view(order.id))?.state]).not.toEqual([ending, true, "paid"]);
        expect(await orderById(world.database, order.id)).toMatchObject({ state: "open", paidAmount: 0n });
      }
    });

  it(`its document has ${scans ? "" : "no "}scan pay`, () => {
    expect(gatewayById(id)?.methods.some((method) => method.endsWith(".barcode"))).toBe(scans);
  });
});
