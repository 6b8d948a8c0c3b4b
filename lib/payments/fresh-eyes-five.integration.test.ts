import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { channelHealth } from "#db/schema/channel-health.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import { cancelOrder, expireOrder } from "#lib/payments/close-order.ts";
import { fakeGateway, noticeBody, qr, refusal } from "#lib/payments/fake-gateway-testing.ts";
import { type FakeWorld, fakeWorld, SHOPPER } from "#lib/payments/fake-world-testing.ts";
import { openAndStart } from "#lib/payments/open-and-start.ts";
import { receiveNotification } from "#lib/payments/receive-notification.ts";

/** What may come between an order's single statement and its gateway's answer. */
vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

const paid = (gatewayRef: string): Standing => ({ kind: "paid", gatewayRef, amount: { minor: 8800n, currency: "HKD" }, paidAt: null });
const fake = fakeGateway("racing", { methods: ["wechat.native"], has: ["query", "close"] });
let world: FakeWorld;
let account: string;
/** While the gateway's first create is on its way. */
let meanwhile: (gatewayOrderNo: string) => Promise<void>;
beforeAll(async () => {
  world = await fakeWorld();
  account = await world.addAccount("racing");
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.delete(channelHealth);
  await world.quiet();
  let first = true;
  fake.onCreate = async (_method, { gatewayOrderNo }) => {
    const before = first ? meanwhile : async () => {};
    first = false;
    await before(gatewayOrderNo);
    return qr();
  };
});

const open = (reference: string, minor = 8800n) =>
  openAndStart(
    {
      ...{ merchantId: world.merchantId, amount: { minor, currency: "HKD" }, title: "Tea", live: false, actor: "shop", reference },
      start: { method: "wechat.native", clientIp: SHOPPER.ip, answers: {}, openidFor: () => undefined },
    },
    world.database,
  );

async function tell(gatewayOrderNo: string, gatewayRef: string): Promise<void> {
  const body = noticeBody({ gatewayOrderNo, gatewayRef, standing: paid(gatewayRef), fingerprint: gatewayRef });
  const told = await receiveNotification(world.database, account, "racing", { method: "POST", query: "", headers: {}, body });
  expect(told).toMatchObject({ answer: "acknowledge" });
}

async function idOf(reference: string): Promise<string> {
  const { rows } = await world.database.execute<{ id: string }>(sql`select id from orders where reference = ${reference}`);
  return rows[0]?.id ?? "";
}

async function historyOf(orderId: string): Promise<string[]> {
  const events = await world.events(orderId);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  expect((await world.order(orderId)).eventSequence).toBe(events.length);
  return events.map(({ type }) => type);
}

describe("before the gateway has answered the create of an order opened with it", () => {
  it("its notification pays the order, once, and the answer changes nothing of that", async () => {
    meanwhile = async (no) => {
      await tell(no, "R1");
      await tell(no, "R1");
    };
    const started = await open("race-paid");
    const id = await idOf("race-paid");
    expect(started).toMatchObject({ ok: true, value: { orderId: id, created: true } });
    expect(await world.order(id)).toMatchObject({ state: "paid", paidAmount: 8800n, needsReview: false });
    expect(await world.attempts(id)).toMatchObject([{ state: "paid", gatewayRef: "R1" }]);
    expect((await historyOf(id)).filter((type) => type.startsWith("order."))).toEqual(["order.created", "order.paid"]);
  });

  it("a cancel ends the order; the answer opens nothing again, and money that comes all the same is late, not lost", async () => {
    let number = "";
    meanwhile = async (no) => {
      number = no;
      const orderId = await idOf("race-cancel");
      expect((await cancelOrder({ merchantId: world.merchantId, orderId, actor: "shop" }, world.database)).ok).toBe(true);
    };
    await open("race-cancel");
    const id = await idOf("race-cancel");
    expect(await world.order(id)).toMatchObject({ state: "cancelled" });
    expect(await world.attempts(id)).toMatchObject([{ state: "closed" }]);
    await tell(number, "R2");
    expect(await world.order(id)).toMatchObject({ state: "paid", paidLate: true, needsReview: true, paidAmount: 8800n });
    await historyOf(id);
  });

  it("its time runs out: the same", async () => {
    let number = "";
    meanwhile = async (no) => {
      number = no;
      const id = await idOf("race-expire");
      await world.database.execute(sql`update orders set expires_at = now() where id = ${id}`);
      expect(await expireOrder(id, world.database)).toBe(true);
    };
    await open("race-expire");
    const id = await idOf("race-expire");
    expect(await world.order(id)).toMatchObject({ state: "expired" });
    await tell(number, "R3");
    expect(await world.order(id)).toMatchObject({ state: "paid", paidLate: true });
    await historyOf(id);
  });

  it("the shop asks again under the same reference: one try, and of another amount none", async () => {
    const again: unknown[] = [];
    meanwhile = async () => {
      again.push(await open("race-again"), await open("race-again", 100n));
    };
    const first = await open("race-again");
    const id = await idOf("race-again");
    expect(first).toMatchObject({ ok: true, value: { created: true, presentation: { kind: "qr" } } });
    expect(again).toMatchObject([
      { ok: true, value: { orderId: id, created: false, presentation: null } },
      { ok: false, problem: { code: "reference_taken" } },
    ]);
    expect(await world.attempts(id)).toHaveLength(1);
    expect(await historyOf(id)).toEqual(["order.created", "attempt.sent", "attempt.presented"]);
  });

  it("a try that hangs is given up for a new one, both are paid: one credit, one surplus, neither lost", async () => {
    const numbers: string[] = [];
    meanwhile = async (no) => {
      numbers.push(no);
      const id = await idOf("race-surplus");
      await world.age(id, 30);
      const again = await open("race-surplus");
      expect(again).toMatchObject({ ok: true, value: { orderId: id, created: false, presentation: { kind: "qr" } } });
    };
    await open("race-surplus");
    const id = await idOf("race-surplus");
    const tries = await world.attempts(id);
    expect(tries.map(({ state }) => state)).toEqual(["closed", "presented"]);
    await tell(tries[1]?.gatewayOrderNo ?? "", "R5");
    await tell(numbers[0] ?? "", "R4");
    expect(await world.order(id)).toMatchObject({ state: "paid", paidAmount: 17600n, needsReview: true });
    expect((await world.attempts(id)).map(({ state, surplus }) => [state, surplus])).toEqual([
      ["paid", true],
      ["paid", false],
    ]);
    expect((await historyOf(id)).filter((type) => type === "order.paid" || type === "order.surplus")).toEqual([
      "order.paid",
      "order.surplus",
    ]);
  });

  it("and then refuses it after somebody has paid: paid stays paid", async () => {
    fake.onCreate = async (_method, { gatewayOrderNo }) => {
      await tell(gatewayOrderNo, "R6");
      return refusal("invalid_request");
    };
    await open("race-refused");
    const id = await idOf("race-refused");
    expect(await world.order(id)).toMatchObject({ state: "paid", paidAmount: 8800n });
    expect(await world.attempts(id)).toMatchObject([{ state: "paid", problem: null }]);
  });
});
