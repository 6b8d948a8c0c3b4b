import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountById } from "#db/queries/accounts.ts";
import { insertPayout, type Payout, payoutById, payoutHistory } from "#db/queries/payouts.ts";
import { alerts } from "#db/schema/alerts.ts";
import { audit } from "#db/schema/audit.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { notificationMatches, notifications, refusedNotifications } from "#db/schema/notifications.ts";
import { payouts } from "#db/schema/payouts.ts";
import { sandboxNotices } from "#db/schema/sandbox/notices.ts";
import { sandboxPayouts } from "#db/schema/sandbox/payouts.ts";
import { newId } from "#lib/domain/ids.ts";
import { setAside } from "#lib/payments/decide-notification.ts";
import { matchOrphan } from "#lib/payments/match-orphan.ts";
import { openAccount } from "#lib/payments/open-account.ts";
import { type PayOut, payOut } from "#lib/payments/pay-out.ts";
import { recheckPayout } from "#lib/payments/recheck-payout.ts";
import { replayNotification } from "#lib/payments/replay-notification.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";
import { armFault } from "#lib/sandbox/armed.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { endPayout } from "#lib/sandbox/move-payouts.ts";
import { payPayment } from "#lib/sandbox/pay.ts";

let world: World;
let xxpay: string;
let fengniao: string;
let key = 0;

beforeAll(async () => {
  world = await testWorld();
  xxpay = await world.addAccount("xxpay");
  fengniao = await world.addAccount("fengniao");
  for (const accountId of [xxpay, fengniao]) await earn(accountId);
});
afterAll(() => world.close());

/** A shopper pays 5,000 yuan, so that there is something to pay out. */
async function earn(accountId: string): Promise<void> {
  const { id, token } = await world.openOrder(500_000n, { amount: { minor: 500_000n, currency: "CNY" }, accountId });
  const started = await startAttempt({ token, method: "wechat.native", shopper: SHOPPER }, world.database);
  expect(started.ok).toBe(true);
  const rows = await world.database.execute<{ no: string }>(sql`select gateway_order_no as no from attempts where order_id = ${id}`);
  const payment = await paymentByAny(world.database, rows.rows[0]?.no ?? "");
  if (!payment) throw new Error("not at the gateway");
  expect(await payPayment(world.database, payment.no, { shopper: "s", channel: "CN" })).toMatchObject({ ok: true });
}

function order(over: Partial<PayOut> = {}): PayOut {
  key += 1;
  const recipient = { kind: "personal", number: "6222020000000000188", name: "张三", mobile: "13800138000", bankName: "工商银行" } as const;
  const place = { bankCode: "HPT00002", province: "广东", city: "深圳" };
  return {
    merchantId: world.merchantId,
    accountId: xxpay,
    channel: "trans",
    amountText: "12.34",
    recipient: { ...recipient, ...place },
    remark: "wages",
    actor: "usr_1",
    idempotencyKey: `key-${key.toString().padStart(4, "0")}`,
    ...over,
  };
}

/** Ends in 01: the sandbox's bank waits until the console says how it ends. */
const WAITS = "6222020000000000101";

async function made(input: PayOut): Promise<Payout> {
  const sent = await payOut(input, world.database);
  if (!sent.ok) throw new Error(JSON.stringify(sent.problem));
  return rowOf(sent.value.payoutId);
}

async function rowOf(id: string): Promise<Payout> {
  const row = await payoutById(world.database, id);
  if (!row) throw new Error("no row");
  return row;
}

const typesOf = async (id: string) => (await payoutHistory(world.database, id)).map(({ type }) => type);

describe("a payout", () => {
  it("is pending after the gateway took it, and paid when its query says so; every step is in its history", async () => {
    const payout = await made(order({ recipient: { ...order().recipient, number: WAITS } }));
    expect(payout).toMatchObject({ state: "pending", amount: 1234n, recipientEnding: "0101", problem: null });
    expect(payout.nextTryAt).not.toBeNull();
    await endPayout(world.database, payout.gatewayRef ?? "", "PAID");
    expect(await recheckPayout(payout.id, world.database)).toMatchObject({ state: "paid", nextTryAt: null });
    expect(await typesOf(payout.id)).toEqual(["payout.sent", "payout.pending", "payout.paid"]);
  });

  it("is paid by its notice, which only asks: the notice is a hint here, the query settles", async () => {
    const payout = await made(order());
    await world.drainNotices();
    expect(await typesOf(payout.id)).toEqual(["payout.sent", "payout.pending", "payout.noticed"]);
    await world.drainJobs();
    expect(await rowOf(payout.id)).toMatchObject({ state: "paid" });
    const [theirs] = await world.database
      .select()
      .from(sandboxPayouts)
      .where(eq(sandboxPayouts.no, payout.gatewayRef ?? ""));
    expect(theirs?.acknowledgedAt).not.toBeNull();
  });

  it("whose account cannot be opened any more is flagged for a person and asked about on its schedule; a new one is refused in words", async () => {
    const payout = await made(order({ recipient: { ...order().recipient, number: WAITS } }));
    const row = await accountById(world.database, xxpay);
    const keep = (credentials: string) => world.database.update(gatewayAccounts).set({ credentials }).where(eq(gatewayAccounts.id, xxpay));
    await keep("sealed with keys that are gone");
    expect(await recheckPayout(payout.id, world.database)).toBeNull();
    expect(await rowOf(payout.id)).toMatchObject({ state: "pending", needsReview: true, tries: 1 });
    await recheckPayout(payout.id, world.database);
    expect(await typesOf(payout.id)).toEqual(["payout.sent", "payout.pending", "payout.flagged"]);
    expect((await rowOf(payout.id)).nextTryAt?.getTime()).toBeGreaterThan(Date.now() + 50_000);
    expect(await payOut(order(), world.database)).toMatchObject({ ok: false, problem: { code: "account_shut", field: "account" } });
    await keep(row?.credentials ?? "");
    await endPayout(world.database, payout.gatewayRef ?? "", "PAID");
    expect(await recheckPayout(payout.id, world.database)).toMatchObject({ state: "paid" });
  });

  it("that the bank refuses is failed, and stays so", async () => {
    const payout = await made(order({ recipient: { ...order().recipient, number: "6222020000000000102" } }));
    await world.drainNotices();
    await world.drainJobs();
    expect(await rowOf(payout.id)).toMatchObject({ state: "failed", nextTryAt: null });
  });

  it("pressed twice, or twice at once, is one payout at the gateway", async () => {
    const input = order();
    const all = await Promise.all([1, 2, 3].map(() => payOut(input, world.database)));
    const ids = new Set(all.map((one) => (one.ok ? one.value.payoutId : "")));
    expect(ids.size).toBe(1);
    const { payoutNo } = await rowOf([...ids][0] ?? "");
    expect(await world.database.select().from(sandboxPayouts).where(eq(sandboxPayouts.clientNo, payoutNo))).toHaveLength(1);
    expect(await payOut({ ...input, amountText: "99.00" }, world.database)).toMatchObject({ ok: false, problem: { code: "form_changed" } });
  });

  it("whose answer was lost is never sent again, only asked about", async () => {
    await armFault(world.database, {
      fault: "reply_lost",
      target: "request",
      gateway: "xxpay",
      merchantNo: null,
      path: "/api/trans/create_order",
      seconds: null,
    });
    const payout = await made(order());
    expect(payout.state).toBe("unknown");
    world.gatewayCalls.length = 0;
    await world.drainNotices();
    await world.drainJobs();
    expect(await rowOf(payout.id)).toMatchObject({ state: "paid" });
    expect(world.gatewayCalls.filter((call) => call.includes("create_order"))).toEqual([]);
    expect(await world.database.select().from(sandboxPayouts).where(eq(sandboxPayouts.clientNo, payout.payoutNo))).toHaveLength(1);
  });

  it("whose process died before it sent is asked about by the clockwork, and fails once it surely never arrived", async () => {
    const [lost] = await world.database
      .insert(payouts)
      .values({
        ...(await made(order())),
        ...{ id: "pyt_lost", payoutNo: "20261120NEVERSENT00000000001", idempotencyKey: "lost-1", state: "sent", gatewayRef: null },
        ...{ tries: 0, nextTryAt: sql`now() - interval '1 second'`, createdAt: sql`now() - interval '10 minutes'`, settledAt: null },
      })
      .returning();
    if (!lost) throw new Error("not written");
    await recheckPayout(lost.id, world.database);
    expect(await rowOf(lost.id)).toMatchObject({ state: "unknown", tries: 1 });
    await world.database.execute(sql`update payouts set created_at = now() - interval '20 minutes' where id = 'pyt_lost'`);
    await recheckPayout(lost.id, world.database);
    expect(await rowOf(lost.id)).toMatchObject({ state: "failed", problem: "gateway_unreachable" });
  });

  it("that is due is asked about by a job of the clockwork", async () => {
    const payout = await made(order({ recipient: { ...order().recipient, number: WAITS } }));
    await endPayout(world.database, payout.gatewayRef ?? "", "PAID");
    await world.database.execute(sql`update payouts set next_try_at = now() - interval '1 second' where id = ${payout.id}`);
    await world.makeDue();
    await world.drainJobs();
    expect(await rowOf(payout.id)).toMatchObject({ state: "paid" });
  });

  it("is refused by the gateway in so many words: failed, nothing is asked again", async () => {
    const payout = await made(order({ amountText: "9000000.00" }));
    expect(payout).toMatchObject({ state: "failed", problem: "gateway_refused", nextTryAt: null });
  });
});

describe("fengniao's two channels", () => {
  it.each(["unionpay", "merchant"])("%s is paid after its query", async (channel) => {
    const { bankCode: _none, ...recipient } = order().recipient;
    const payout = await made(order({ accountId: fengniao, channel, recipient }));
    expect(payout.state).toBe("pending");
    await world.drainNotices();
    expect(await recheckPayout(payout.id, world.database)).toMatchObject({ state: "paid", fee: expect.stringMatching(/^\d+(\.\d+)?$/) });
  });
});

describe("a payout is refused before anything is written", () => {
  it.each([
    [{ amountText: "1.001" }, "amount_places", "amount"],
    [{ amountText: "0" }, "amount_zero", "amount"],
    [{ channel: "none" }, "payout_unsupported", "channel"],
    [{ accountId: "acc_none" }, "account_not_found", "account"],
    [{ merchantId: "mer_other" }, "account_not_found", "account"],
  ])("%j: %s", async (over, code, field) => {
    expect(await payOut(order(over), world.database)).toMatchObject({ ok: false, problem: { code, field } });
  });

  it.each([
    [{ number: "12" }, "recipient_number_invalid", "number"],
    [{ name: " " }, "recipient_name_missing", "name"],
    [{ bankCode: "HPT99999" }, "bank_unknown", "bankCode"],
  ])("recipient %j: %s", async (over, code, field) => {
    const input = order();
    const wrong = { ...input, recipient: { ...input.recipient, ...over } };
    expect(await payOut(wrong, world.database)).toMatchObject({ ok: false, problem: { code, field } });
  });
});

const address = (account: string) => `${world.origin}/api/notify/xxpay/${account}/payout`;

describe("a notice", () => {
  it("that does not verify changes nothing, lands in the refused ring and is not acknowledged", async () => {
    const payout = await made(order({ recipient: { ...order().recipient, number: WAITS } }));
    const forged = new URLSearchParams({
      transOrderId: "T1",
      mchTransOrderNo: payout.payoutNo,
      status: "2",
      amount: "1234",
      sign: "0".repeat(32),
    });
    const answer = await fetch(`${address(xxpay)}?${forged}`);
    expect([answer.status, await answer.text()]).toEqual([400, "refused"]);
    expect(await rowOf(payout.id)).toMatchObject({ state: "pending" });
    const refused = await world.database.select().from(refusedNotifications).where(eq(refusedNotifications.accountId, xxpay));
    expect(refused.map(({ reason }) => reason)).toContain("bad_signature");
  });

  it("for an account whose gateway has no such notices is not found", async () => {
    const answer = await fetch(`${world.origin}/api/notify/fengniao/${fengniao}/payout`, { method: "POST", body: "a=1" });
    expect(answer.status).toBe(404);
  });

  it("about a number that is not ours is kept as an orphan and not acknowledged", async () => {
    expect((await stray("20261120STRAY000000000000001")).verdict).toBe("orphan");
  });
});

/** A payout of another till with this account, and its notice, which finds no row of ours. */
async function stray(payoutNo: string) {
  const row = await accountById(world.database, xxpay);
  if (!row) throw new Error("no account");
  await world.drainNotices();
  const sent = await openAccount(row).account.payout?.("trans", {
    ...{ payoutNo, amount: { minor: 100n, currency: "CNY" as const }, account: order().recipient },
    ...{ remark: "stray", notifyUrl: address(xxpay), clientIp: "127.0.0.1" },
  });
  expect(sent).toMatchObject({ ok: true });
  expect((await world.drainNotices()).failed).toBeGreaterThan(0);
  const [kept] = await world.database.select().from(notifications).where(eq(notifications.gatewayOrderNo, payoutNo));
  if (!kept) throw new Error("the notice was not kept");
  return kept;
}

describe("a notice that overtook its payout, or found none, looked at in the inbox", () => {
  const actor = { kind: "user", id: "usr_li", name: "Li", ip: "203.0.113.9", userAgent: "test" } as const;
  const decision = (notificationId: string, more: object = {}) => ({
    ...{ merchantId: world.merchantId, notificationId, reason: "it came too early", actor },
    ...more,
  });
  /** The payout's row comes after its notice: its process was slow to commit, or the database was put back. */
  async function rowFor(payoutNo: string, amount = 100n): Promise<string> {
    const id = newId("payout");
    await insertPayout(world.database, {
      ...{ id, merchantId: world.merchantId, accountId: xxpay, channel: "trans", payoutNo, currency: "CNY", amount, state: "unknown" },
      ...{ recipient: "sealed", recipientEnding: "0188", remark: "", requestedBy: "usr_1", idempotencyKey: payoutNo },
    });
    return id;
  }
  const matches = (id: string) => world.database.select().from(notificationMatches).where(eq(notificationMatches.notificationId, id));

  it("is put into its payout's history and the gateway asked, whose answer settles; again changes nothing, and nothing is sent anew", async () => {
    const kept = await stray("20261120EARLY000000000000001");
    const id = await rowFor(kept.gatewayOrderNo);
    world.gatewayCalls.length = 0;
    const replay = () => replayNotification(decision(kept.id), world.database);
    expect(await replay()).toEqual({ ok: true, verdict: "queried", orderId: null, payoutId: id });
    expect(world.gatewayCalls).toEqual(["POST /api/trans/query_order"]);
    expect(await rowOf(id)).toMatchObject({ state: "paid", needsReview: false });
    expect(await typesOf(id)).toEqual(["payout.noticed", "payout.paid"]);
    expect((await payoutHistory(world.database, id))[0]).toMatchObject({ actor: "usr_li" });
    expect(await matches(kept.id)).toMatchObject([{ by: "usr_li", reason: "it came too early", verdict: "queried", orderId: null }]);
    expect(await replay()).toMatchObject({ ok: true });
    expect(await typesOf(id)).toEqual(["payout.noticed", "payout.paid"]);
    expect(await matches(kept.id)).toHaveLength(1);
    expect(world.gatewayCalls.filter((call) => call.includes("create"))).toEqual([]);
    const audited = await world.database.select().from(audit).where(eq(audit.targetId, kept.id));
    expect(audited).toMatchObject([{ action: "notifications.replay", actorId: "usr_li" }]);
  });

  it("is believed in nothing but that it is about another amount: that is flagged, and no state moves by it", async () => {
    const kept = await stray("20261120OTHER000000000000001");
    const id = await rowFor(kept.gatewayOrderNo, 101n);
    expect(await replayNotification(decision(kept.id), world.database)).toMatchObject({ ok: true });
    expect(await rowOf(id)).toMatchObject({ state: "unknown", needsReview: true });
  });

  it("has nothing to do while there is no such payout, and can then be set aside: the alert ends", async () => {
    const kept = await stray("20261120NOBOD000000000000001");
    const refused = { ok: false, problem: "payout_unknown" };
    expect(await replayNotification(decision(kept.id), world.database)).toEqual(refused);
    expect(await replayNotification(decision(kept.id, { reason: " " }), world.database)).toEqual({ ok: false, problem: "reason_missing" });
    const alertOf = () =>
      world.database
        .select()
        .from(alerts)
        .where(eq(alerts.subject, `${xxpay}:${kept.gatewayOrderNo}`));
    expect(await alertOf()).toMatchObject([{ kind: "orphan", resolvedAt: null }]);
    expect(await setAside(decision(kept.id), world.database)).toMatchObject({ ok: true });
    expect((await alertOf())[0]?.resolvedAt).not.toBeNull();
  });

  it("moves nothing when its bytes no longer pass, when it is another merchant's, or when it is given to an order", async () => {
    const kept = await stray("20261120FORGE000000000000001");
    const id = await rowFor(kept.gatewayOrderNo);
    await world.database.execute(sql`alter table notifications disable trigger notifications_immutable`);
    await world.database.update(notifications).set({ fingerprint: "another" }).where(eq(notifications.id, kept.id));
    expect(await replayNotification(decision(kept.id), world.database)).toEqual({ ok: false, problem: "unverified" });
    await world.database.update(notifications).set({ fingerprint: kept.fingerprint }).where(eq(notifications.id, kept.id));
    await world.database.execute(sql`alter table notifications enable trigger notifications_immutable`);
    const foreign = decision(kept.id, { merchantId: "mer_other" });
    expect(await replayNotification(foreign, world.database)).toEqual({ ok: false, problem: "not_found" });
    const opened = await world.openOrder();
    expect(await matchOrphan({ ...decision(kept.id), orderId: opened.id }, world.database)).toEqual({ ok: false, problem: "payout" });
    expect(await typesOf(id)).toEqual([]);
  });

  it("that the gateway repeats once the row is there is an orphan no more by itself", async () => {
    const kept = await stray("20261120AGAIN000000000000001");
    const id = await rowFor(kept.gatewayOrderNo);
    await world.database.update(sandboxNotices).set({ nextAt: sql`now()` });
    await world.drainNotices();
    expect(await typesOf(id)).toContain("payout.noticed");
    expect(await matches(kept.id)).toMatchObject([{ by: "gateway", verdict: "queried", orderId: null, reason: null }]);
  });
});

describe("the rows", () => {
  it("refuse to change what they ask for, to go back from paid, or to forget", async () => {
    const payout = await made(order());
    await world.drainNotices();
    await world.drainJobs();
    const change = (set: string) => world.database.execute(sql.raw(`update payouts set ${set} where id = '${payout.id}'`));
    await expect(change("amount = 1")).rejects.toThrow();
    await expect(change("state = 'pending'")).rejects.toThrow();
    await expect(world.database.execute(sql`delete from payouts where id = ${payout.id}`)).rejects.toThrow();
    await expect(world.database.execute(sql`delete from payout_events where payout_id = ${payout.id}`)).rejects.toThrow();
  });

  it("hold no readable account number or name", async () => {
    const payout = await made(order());
    expect(JSON.stringify({ ...payout, amount: "" })).not.toMatch(/6222020000000000188|张三/);
    const kept = await world.database.execute(sql`select request_body, response_body from exchanges where operation like 'payout%'`);
    expect(kept.rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(kept.rows)).not.toMatch(/6222020000000000188|张三/);
  });
});
