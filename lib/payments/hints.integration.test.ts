import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { notifications } from "#db/schema/notifications.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import { fakeGateway, noticeBody } from "#lib/payments/fake-gateway-testing.ts";
import { type FakeWorld, fakeWorld, SHOPPER } from "#lib/payments/fake-world-testing.ts";
import { receiveNotification } from "#lib/payments/receive-notification.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

const md5 = fakeGateway("md5", { methods: ["wechat.native"] });
let world: FakeWorld;
let accountId: string;
beforeAll(async () => {
  world = await fakeWorld();
  accountId = await world.addAccount("md5");
});
afterAll(() => world.close());
beforeEach(() => {
  md5.calls.length = 0;
});

const PAID = (minor = 8800n, currency: "HKD" | "CNY" = "HKD"): Standing => ({
  kind: "paid",
  gatewayRef: "G1",
  amount: { minor, currency },
  paidAt: null,
});
const started = async () => {
  const order = await world.openOrder();
  const begun = await startAttempt({ token: order.token, method: "wechat.native", shopper: SHOPPER }, world.database);
  if (!begun.ok) throw new Error(JSON.stringify(begun.problem));
  const [attempt] = await world.attempts(order.id);
  if (!attempt) throw new Error("no attempt");
  return { order, attempt };
};
const tell = (gatewayOrderNo: string, notice: Record<string, unknown>) =>
  receiveNotification(world.database, accountId, "md5", {
    method: "POST",
    query: "",
    headers: {},
    body: noticeBody({ gatewayOrderNo, settles: "query", ...notice }),
  });
const verdictOf = async (orderId: string) =>
  (await world.database.select().from(notifications).where(eq(notifications.orderId, orderId))).map((one) => one.verdict);
const atGateway = (gatewayOrderNo: string, standing: Standing) => {
  const payment = md5.payments.get(gatewayOrderNo);
  if (payment) payment.standing = standing;
};

describe("a notification that only hints", () => {
  it("moves nothing by itself: kept and acknowledged with its question in one commit; the query's answer credits", async () => {
    const { order, attempt } = await started();
    expect(await tell(attempt.gatewayOrderNo, { standing: PAID() })).toMatchObject({ answer: "acknowledge", verdict: "queried" });
    expect(await world.order(order.id)).toMatchObject({ state: "open", needsReview: false });
    expect(md5.calls).toEqual(["create md5 wechat.native"]);
    atGateway(attempt.gatewayOrderNo, PAID());
    await world.drainJobs();
    expect(md5.calls.slice(1)).toEqual(["query md5 wechat.native"]);
    expect(await world.order(order.id)).toMatchObject({ state: "paid", paidAmount: 8800n });
  });

  it("that lies moves nothing: the query says it is not paid", async () => {
    const { order, attempt } = await started();
    await tell(attempt.gatewayOrderNo, { standing: PAID() });
    await world.drainJobs();
    expect(await world.order(order.id)).toMatchObject({ state: "open", paidAmount: 0n });
  });

  it("when its transaction cannot be written, it is not acknowledged and no question is asked", async () => {
    const { attempt } = await started();
    await world.database.execute(sql`alter table notifications add constraint refuse check (fields <> '{"refuse":"me"}'::jsonb)`);
    await expect(tell(attempt.gatewayOrderNo, { standing: PAID(), fields: { refuse: "me" } })).rejects.toThrow();
    await world.database.execute(sql`alter table notifications drop constraint refuse`);
    expect(await world.drainJobs()).toBe(0);
  });

  it("of another amount or currency: kept as a mismatch, shown to a person, acknowledged, and asked about all the same", async () => {
    for (const claim of [PAID(1n), PAID(8800n, "CNY")]) {
      const { order, attempt } = await started();
      expect(await tell(attempt.gatewayOrderNo, { standing: claim })).toMatchObject({ answer: "acknowledge", verdict: "mismatch" });
      expect(await verdictOf(order.id)).toEqual(["mismatch"]);
      expect(await world.order(order.id)).toMatchObject({ state: "open", needsReview: true, paidAmount: 0n });
      atGateway(attempt.gatewayOrderNo, PAID());
      await world.drainJobs();
      expect(await world.order(order.id)).toMatchObject({ state: "paid", paidAmount: 8800n });
    }
  });

  it("of a dispute is asked about and shown to a person once, and never paid by that word", async () => {
    const { order, attempt } = await started();
    const disputed: Standing = { kind: "unknown", reason: "1004", dispute: true };
    expect(await tell(attempt.gatewayOrderNo, { standing: disputed })).toMatchObject({ answer: "acknowledge", verdict: "queried" });
    atGateway(attempt.gatewayOrderNo, disputed);
    await world.drainJobs();
    await recheckAttempt(attempt.id, world.database);
    expect(await world.order(order.id)).toMatchObject({ state: "open", needsReview: true });
    expect((await world.events(order.id)).filter((one) => one.type === "order.flagged")).toHaveLength(1);
  });

  it("without a word about the payment is just a question: nobody is bothered", async () => {
    const { order, attempt } = await started();
    await tell(attempt.gatewayOrderNo, { standing: { kind: "unknown", reason: "no status in it" } });
    await world.drainJobs();
    expect(await world.order(order.id)).toMatchObject({ needsReview: false });
  });
});

describe("a notification about another merchant's payment", () => {
  it("is kept as a mismatch, shown to a person and acknowledged; nothing moves, whoever signs how", async () => {
    for (const settles of ["query", "inline"] as const) {
      const { order, attempt } = await started();
      const answer = await tell(attempt.gatewayOrderNo, { settles, standing: PAID(), conflict: "the app id is another" });
      expect(answer).toMatchObject({ answer: "acknowledge", verdict: "mismatch" });
      expect(await world.order(order.id)).toMatchObject({ state: "open", needsReview: true, paidAmount: 0n });
      expect((await world.events(order.id)).at(-1)).toMatchObject({
        type: "order.flagged",
        data: { why: "conflict", detail: "the app id is another" },
      });
      expect(await world.drainJobs()).toBe(settles === "query" ? 1 : 0);
      expect(await tell(attempt.gatewayOrderNo, { settles, standing: PAID(), conflict: "the app id is another" })).toMatchObject({
        verdict: "repeated",
      });
    }
  });
});

it("a pending answer's gateway number is kept: a reversal needs both", async () => {
  const { order, attempt } = await started();
  atGateway(attempt.gatewayOrderNo, { kind: "pending", gatewayRef: "G77" });
  await recheckAttempt(attempt.id, world.database);
  expect((await world.attempts(order.id))[0]).toMatchObject({ gatewayRef: "G77", state: "presented" });
});
