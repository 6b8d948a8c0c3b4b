import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { audit } from "#db/schema/audit.ts";
import { notificationMatches, notifications } from "#db/schema/notifications.ts";
import type { AuditActor } from "#lib/domain/audit.ts";
import { newGatewayNumber } from "#lib/domain/ids.ts";
import { replayOrder } from "#lib/domain/order-history.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import { setAside } from "#lib/payments/decide-notification.ts";
import { fakeGateway, noticeBody } from "#lib/payments/fake-gateway-testing.ts";
import { type FakeWorld, fakeWorld, SHOPPER } from "#lib/payments/fake-world-testing.ts";
import { matchOrphan } from "#lib/payments/match-orphan.ts";
import { receiveNotification } from "#lib/payments/receive-notification.ts";
import { replayNotification } from "#lib/payments/replay-notification.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

const gate = fakeGateway("gate", { methods: ["wechat.native", "wechat.h5", "alipay.qr"] });
fakeGateway("mute", { methods: ["wechat.native"], has: [] });
let world: FakeWorld;
let accountId: string;
beforeAll(async () => {
  world = await fakeWorld();
  accountId = await world.addAccount("gate");
});
afterAll(() => world.close());
beforeEach(() => {
  gate.calls.length = 0;
  gate.before = () => undefined;
});

const actor: AuditActor = { kind: "user", id: "usr_li", name: "Li", ip: "203.0.113.9", userAgent: "test" };
const paid = (minor = 8800n, currency: "HKD" | "CNY" = "HKD"): Standing => ({
  ...{ kind: "paid", gatewayRef: "G1", paidAt: null },
  amount: { minor, currency },
});
const freshNumber = () => newGatewayNumber(new Date());
const tell = (gatewayOrderNo: string, notice: Record<string, unknown> = {}) =>
  receiveNotification(world.database, accountId, "gate", {
    ...{ method: "POST", query: "", headers: {} },
    body: noticeBody({ gatewayOrderNo, standing: paid(), ...notice }),
  });
const notificationOf = async (number: string) => {
  const [row] = await world.database.select().from(notifications).where(eq(notifications.gatewayOrderNo, number));
  if (!row) throw new Error("no notification");
  return row;
};
/** A payment the gateway knows and we do not, and its message. */
async function orphan(atGateway: Standing | null = paid(), notice: Record<string, unknown> = {}) {
  const number = freshNumber();
  if (atGateway) know(number, atGateway);
  expect((await tell(number, notice)).answer).toBe("orphan");
  return { number, row: await notificationOf(number) };
}
function know(number: string, standing: Standing) {
  const request = { gatewayOrderNo: number, amount: { minor: 8800n, currency: "HKD" as const } } as never;
  gate.payments.set(number, { request, method: "wechat.native", accountName: "gate", standing, refunds: new Map() });
}
const decision = (notificationId: string, more: Record<string, unknown> = {}) => ({
  ...{ merchantId: world.merchantId, notificationId, reason: "paid by the shop's old till", actor },
  ...more,
});
const match = (notificationId: string, orderId: string, more: Record<string, unknown> = {}) =>
  matchOrphan({ ...decision(notificationId, more), orderId }, world.database);
const matchesFor = (id: string) =>
  world.database.select().from(notificationMatches).where(eq(notificationMatches.notificationId, id)).orderBy(notificationMatches.at);
const auditsOf = (id: string) => world.database.select().from(audit).where(eq(audit.targetId, id));
async function started() {
  const order = await world.openOrder();
  const begun = await startAttempt({ token: order.token, method: "wechat.native", shopper: SHOPPER }, world.database);
  if (!begun.ok) throw new Error(JSON.stringify(begun.problem));
  const [attempt] = await world.attempts(order.id);
  if (!attempt) throw new Error("no attempt");
  return { order, attempt };
}
const untouched = async (orderId: string) => {
  expect(await world.order(orderId)).toMatchObject({ state: "open", paidAmount: 0n, needsReview: false });
  expect((await world.events(orderId)).map((event) => event.type)).toEqual(["order.created"]);
};

describe("giving an orphan to its order", () => {
  it("credits the order once, when the gateway says that this number is paid; who and why is kept", async () => {
    const order = await world.openOrder();
    const { row, number } = await orphan();
    expect(await match(row.id, order.id)).toEqual({ ok: true, verdict: "credited", orderId: order.id });
    expect(await match(row.id, order.id)).toEqual({ ok: true, verdict: "credited", orderId: order.id });
    expect(await world.order(order.id)).toMatchObject({ state: "paid", paidAmount: 8800n, needsReview: false });
    expect(await world.attempts(order.id)).toMatchObject([{ gatewayOrderNo: number, accountId, state: "paid", method: "wechat.native" }]);
    expect(gate.calls).toEqual(["query gate wechat.native"]);
    expect(await matchesFor(row.id)).toMatchObject([
      { orderId: order.id, verdict: "credited", by: "usr_li", reason: "paid by the shop's old till" },
    ]);
    expect(await auditsOf(row.id)).toMatchObject([{ action: "notifications.match", actorId: "usr_li" }]);
  });

  it("gives one number to one order, were its messages sent to two accounts and matched at the same moment", async () => {
    const twin = await world.addAccount("gate");
    await world.database.execute(sql`update gateway_accounts set active = false where id = ${twin}`);
    for (let round = 0; round < 5; round += 1) {
      const [one, other] = [await world.openOrder(), await world.openOrder()];
      const { row, number } = await orphan();
      await receiveNotification(world.database, twin, "gate", {
        ...{ method: "POST", query: "", headers: {} },
        body: noticeBody({ gatewayOrderNo: number, standing: paid() }),
      });
      const rows = await world.database.select().from(notifications).where(eq(notifications.gatewayOrderNo, number));
      const second = rows.find(({ id }) => id !== row.id);
      const done = await Promise.all([match(row.id, one.id), match(second?.id ?? "", other.id)]);
      expect(done.map((said) => (said.ok ? said.verdict : said.problem)).sort()).toEqual(["credited", "number_elsewhere"]);
      const states = [await world.order(one.id), await world.order(other.id)].map(({ state }) => state);
      expect(states.sort()).toEqual(["open", "paid"]);
    }
  });

  it("is a lawful history: replayed, it ends where the rows stand", async () => {
    const order = await world.openOrder();
    const { row } = await orphan();
    await match(row.id, order.id);
    const then = replayOrder({ amount: 8800n, currency: "HKD" }, await world.events(order.id), new Date(Date.now() + 60_000));
    expect(then).toMatchObject({ strange: [], state: "paid", paidAmount: 8800n, attempts: [{ state: "paid" }] });
  });

  it("finds the wallet by asking under each", async () => {
    const order = await world.openOrder();
    const { row, number } = await orphan();
    gate.before = (_operation, key) => void (key.method === "wechat.native" ? gate.payments.delete(number) : know(number, paid()));
    expect(await match(row.id, order.id)).toMatchObject({ ok: true, verdict: "credited" });
    expect(gate.calls).toEqual(["query gate wechat.native", "query gate alipay.qr"]);
    expect(await world.attempts(order.id)).toMatchObject([{ method: "alipay.qr" }]);
  });

  it.each([
    ["never heard of it", null, "gateway_unpaid"],
    ["says pending", { kind: "pending" }, "gateway_unpaid"],
    ["says failed", { kind: "failed" }, "gateway_unpaid"],
    ["is unclear", { kind: "unknown", reason: "?" }, "gateway_unclear"],
  ] as const)("changes nothing when the gateway %s, whatever the message said", async (_what, standing, problem) => {
    const order = await world.openOrder();
    const { row } = await orphan(standing);
    expect(await match(row.id, order.id)).toEqual({ ok: false, problem });
    await untouched(order.id);
    expect(await matchesFor(row.id)).toEqual([]);
  });

  it.each([
    ["another amount", paid(8700n)],
    ["another currency", paid(8800n, "CNY")],
    [
      "another amount, which has gone back since",
      { kind: "refunded", gatewayRef: "G1", paidAt: null, amount: { minor: 1n, currency: "HKD" } },
    ],
  ] as const)(
    "binds the number to no order when the gateway names %s: both are said, and its own order can still have it",
    async (_what, standing) => {
      const order = await world.openOrder();
      const { row, number } = await orphan(standing);
      const { amount } = standing as Extract<Standing, { kind: "paid" }>;
      const refused = { ok: false, problem: "other_amount", amounts: { expected: { minor: 8800n, currency: "HKD" }, got: amount } };
      expect(await match(row.id, order.id)).toEqual(refused);
      await untouched(order.id);
      expect(await world.attempts(order.id)).toEqual([]);
      expect(await matchesFor(row.id)).toEqual([]);
      expect(await auditsOf(row.id)).toEqual([]);
      const right = await world.openOrder({ amount });
      expect(await match(row.id, right.id)).toMatchObject({ ok: true, verdict: "credited", orderId: right.id });
      expect(await world.attempts(right.id)).toMatchObject([{ gatewayOrderNo: number, state: "paid", amount: amount.minor }]);
    },
  );

  it("compares before it adopts for an order that is paid already too: no surplus of another amount", async () => {
    const { order, attempt } = await started();
    know(attempt.gatewayOrderNo, paid());
    await tell(attempt.gatewayOrderNo);
    const { row } = await orphan(paid(8700n));
    expect(await match(row.id, order.id)).toMatchObject({ ok: false, problem: "other_amount" });
    expect(await world.order(order.id)).toMatchObject({ state: "paid", paidAmount: 8800n, needsReview: false });
    expect(await world.attempts(order.id)).toHaveLength(1);
  });

  it("is surplus when the order is paid already", async () => {
    const { order, attempt } = await started();
    know(attempt.gatewayOrderNo, paid());
    await tell(attempt.gatewayOrderNo);
    const { row } = await orphan();
    expect(await match(row.id, order.id)).toMatchObject({ ok: true, verdict: "surplus" });
    expect(await world.order(order.id)).toMatchObject({ state: "paid", paidAmount: 17_600n, needsReview: true });
  });

  it("never gives one payment to two orders, not even at once", async () => {
    const [one, two] = [await world.openOrder(), await world.openOrder()];
    const { row } = await orphan();
    const answers = await Promise.all([match(row.id, one.id), match(row.id, two.id)]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const states = [await world.order(one.id), await world.order(two.id)].map((order) => order.state);
    expect(states.sort()).toEqual(["open", "paid"]);
    expect((await matchesFor(row.id)).length).toBe(1);
  });

  it("keeps a number we know with its own order, also when the message came to another account", async () => {
    const { order, attempt } = await started();
    const other = await world.openOrder();
    const second = await world.addAccount("gate", { active: false });
    know(attempt.gatewayOrderNo, paid());
    const message = {
      method: "POST",
      query: "",
      headers: {},
      body: noticeBody({ gatewayOrderNo: attempt.gatewayOrderNo, standing: paid() }),
    };
    expect((await receiveNotification(world.database, second, "gate", message)).answer).toBe("orphan");
    const row = await notificationOf(attempt.gatewayOrderNo);
    expect(await match(row.id, other.id)).toEqual({ ok: false, problem: "number_elsewhere" });
    await untouched(other.id);
    expect(await match(row.id, order.id)).toMatchObject({ ok: true, verdict: "credited" });
    expect(await world.attempts(order.id)).toHaveLength(1);
    expect(await world.order(order.id)).toMatchObject({ state: "paid", paidAmount: 8800n });
  });

  it("takes a settling message's own word where the document has no query, and compares that too; a hint's is never taken", async () => {
    const mute = await world.addAccount("mute", { active: false });
    const told = async (settles: "inline" | "query") => {
      const number = freshNumber();
      const body = noticeBody({ gatewayOrderNo: number, standing: paid(8700n), settles });
      await receiveNotification(world.database, mute, "mute", { method: "POST", query: "", headers: {}, body });
      return notificationOf(number);
    };
    const order = await world.openOrder();
    const [settling, hint] = [await told("inline"), await told("query")];
    expect(await match(settling.id, order.id)).toMatchObject({ ok: false, problem: "other_amount" });
    expect(await match(hint.id, order.id)).toEqual({ ok: false, problem: "gateway_unasked" });
    await untouched(order.id);
    const right = await world.openOrder({ amount: { minor: 8700n, currency: "HKD" } });
    expect(await match(hint.id, right.id)).toEqual({ ok: false, problem: "gateway_unasked" });
    expect(await match(settling.id, right.id)).toMatchObject({ ok: true, verdict: "credited" });
  });

  it("refuses a message whose bytes do not pass the check any more, whatever the gateway would say", async () => {
    const order = await world.openOrder();
    const { row } = await orphan();
    const number = freshNumber();
    know(number, paid());
    // As if the bytes on disk had been exchanged: they no longer are what was verified.
    const forged = { ...row, id: row.id, fingerprint: "another", gatewayOrderNo: number };
    await world.database.execute(sql`alter table notifications disable trigger notifications_immutable`);
    await world.database.update(notifications).set(forged).where(eq(notifications.id, row.id));
    await world.database.execute(sql`alter table notifications enable trigger notifications_immutable`);
    expect(await match(row.id, order.id)).toEqual({ ok: false, problem: "unverified" });
    expect(gate.calls).toEqual([]);
    await untouched(order.id);
  });

  it.each([
    ["without a reason", { reason: "  " }, "reason_missing"],
    ["of another merchant", { merchantId: "mer_other" }, "not_found"],
  ])("is refused %s", async (_what, more, problem) => {
    const order = await world.openOrder();
    const { row } = await orphan();
    expect(await match(row.id, order.id, more)).toEqual({ ok: false, problem });
    await untouched(order.id);
  });

  it("refuses real money for a test account, an order of another account, and a message about another merchant", async () => {
    const live = await world.openOrder({ live: true });
    const bound = await world.openOrder({ accountId: await world.addAccount("gate", { active: false }) });
    const order = await world.openOrder();
    const { row } = await orphan();
    const conflicting = await orphan(paid(), { conflict: "it is about another merchant" });
    expect(await match(row.id, live.id)).toEqual({ ok: false, problem: "other_mode" });
    expect(await match(row.id, bound.id)).toEqual({ ok: false, problem: "other_account" });
    expect(await match(row.id, "ord_unknown")).toEqual({ ok: false, problem: "order_not_found" });
    expect(await match(conflicting.row.id, order.id)).toEqual({ ok: false, problem: "conflict" });
    expect(gate.calls).toEqual([]);
  });
});

describe("working a notification through again", () => {
  const replay = (id: string, more: Record<string, unknown> = {}) => replayNotification(decision(id, more), world.database);

  it("believes the gateway's answer, not the message; again changes nothing", async () => {
    const { order, attempt } = await started();
    await tell(attempt.gatewayOrderNo, { settles: "query" });
    const row = await notificationOf(attempt.gatewayOrderNo);
    expect(row).toMatchObject({ verdict: "queried", why: "hint" });
    expect(await replay(row.id)).toMatchObject({ ok: true, verdict: "nothing" });
    expect(await world.order(order.id)).toMatchObject({ state: "open" });
    know(attempt.gatewayOrderNo, paid());
    expect(await replay(row.id)).toMatchObject({ ok: true, verdict: "credited", orderId: order.id });
    const events = await world.events(order.id);
    expect(await replay(row.id)).toMatchObject({ ok: true, verdict: "nothing" });
    expect(await world.events(order.id)).toEqual(events);
    expect(await world.order(order.id)).toMatchObject({ state: "paid", paidAmount: 8800n });
  });

  it("has nothing to do for an orphan whose number is still nobody's", async () => {
    const { row } = await orphan();
    expect(await replay(row.id)).toEqual({ ok: false, problem: "still_orphan" });
    expect(gate.calls).toEqual([]);
  });
});

describe("setting a notification aside", () => {
  const aside = (id: string, more: Record<string, unknown> = {}) => setAside(decision(id, more), world.database);

  it("keeps who and why, once, moves nothing, and an orphan can still be matched later", async () => {
    const order = await world.openOrder();
    const { row } = await orphan();
    expect(await aside(row.id)).toEqual({ ok: true, verdict: "orphan", orderId: null });
    expect(await aside(row.id)).toMatchObject({ ok: true });
    expect(await matchesFor(row.id)).toMatchObject([{ orderId: null, verdict: "orphan", by: "usr_li" }]);
    expect(await match(row.id, order.id)).toMatchObject({ ok: true, verdict: "credited" });
    expect(await aside(row.id)).toEqual({ ok: false, problem: "already_matched" });
  });

  it("is for what waits: a mismatch, never a credited one", async () => {
    const { order, attempt } = await started();
    await tell(attempt.gatewayOrderNo, { standing: paid(1n) });
    const row = await notificationOf(attempt.gatewayOrderNo);
    expect(row).toMatchObject({ verdict: "mismatch", why: "amount" });
    expect(await aside(row.id)).toEqual({ ok: true, verdict: "mismatch", orderId: order.id });
    expect(await world.order(order.id)).toMatchObject({ needsReview: true });
    const credited = await started();
    await tell(credited.attempt.gatewayOrderNo);
    const good = await notificationOf(credited.attempt.gatewayOrderNo);
    expect(good).toMatchObject({ verdict: "credited", why: "on_time" });
    expect(await aside(good.id)).toEqual({ ok: false, problem: "not_waiting" });
  });
});
