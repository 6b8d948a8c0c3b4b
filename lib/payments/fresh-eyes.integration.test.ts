import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { payoutById } from "#db/queries/payouts.ts";
import { channelHealth } from "#db/schema/channel-health.ts";
import { payouts } from "#db/schema/payouts.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import type { Outcome } from "#lib/gateways/gateway.ts";
import type { PayoutStanding } from "#lib/gateways/payout.ts";
import { closeAttempt } from "#lib/payments/close-attempt.ts";
import { cancelOrder } from "#lib/payments/close-order.ts";
import { readDesk } from "#lib/payments/desk.ts";
import { fakeGateway, noticeBody, qr, refusal } from "#lib/payments/fake-gateway-testing.ts";
import { type FakeWorld, fakeWorld, SHOPPER } from "#lib/payments/fake-world-testing.ts";
import { payOut } from "#lib/payments/pay-out.ts";
import { gatewayPort } from "#lib/payments/port.ts";
import { receiveNotification } from "#lib/payments/receive-notification.ts";
import { answerPayoutNotice } from "#lib/payments/receive-payout-notice.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";
import { recheckPayout } from "#lib/payments/recheck-payout.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

const PAID: Standing = { kind: "paid", gatewayRef: "G1", amount: { minor: 8800n, currency: "HKD" }, paidAt: null };
const fake = fakeGateway("reversing", { methods: ["wechat.native"], has: ["query", "close"] });
const plain = fake.gateway.open;
let world: FakeWorld;
let account: string;
/** What happens at the gateway and here between our question and its closing. */
let meanwhile: () => Promise<void> = async () => {};
const HINT: PayoutStanding = { kind: "paid", gatewayRef: "T1", amount: { minor: 500n, currency: "CNY" } };
/** What the gateway answers to a payout. */
let answered: Outcome<PayoutStanding> = refusal("invalid_request");
/** What the gateway answers about a payout. */
let asked: Outcome<PayoutStanding> = { ok: false, kind: "unknown", message: "timeout" };
beforeAll(async () => {
  Object.assign(fake.gateway, {
    open: (...args: Parameters<typeof plain>) => {
      const opened = plain(...args);
      const close: typeof opened.close = async (key) => {
        await meanwhile();
        return opened.close ? opened.close(key) : refusal("unsupported");
      };
      const queryPayout: typeof opened.queryPayout = async () => asked;
      const openPayoutNotification: typeof opened.openPayoutNotification = () => ({
        ...{
          ok: true,
          notification: { payoutNo: "P1", gatewayRef: "T1", standing: HINT, settles: "query", fingerprint: "f1", fields: {} },
        },
      });
      const payout: typeof opened.payout = async () => answered;
      return { ...opened, close, payout, queryPayout, openPayoutNotification };
    },
    payoutChannels: { trans: { banks: [] } },
  });
  world = await fakeWorld();
  account = await world.addAccount("reversing");
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.delete(channelHealth);
  await world.quiet();
  meanwhile = async () => {};
  Object.assign(fake, { onCreate: qr, onClose: () => null });
});

async function begin() {
  const order = await world.openOrder();
  await startAttempt({ token: order.token, method: "wechat.native", shopper: SHOPPER }, world.database);
  const [attempt] = await world.attempts(order.id);
  if (!attempt) throw new Error("no attempt");
  // A reversal (seeds/004 §2.22): what was paid in between goes back, and the gateway says closed.
  meanwhile = async () => {
    const payment = fake.payments.get(attempt.gatewayOrderNo);
    if (!payment) throw new Error("no payment");
    payment.standing = PAID;
    await recheckAttempt(attempt.id, world.database);
    payment.standing = { kind: "pending" };
  };
  return { order, attempt };
}

it("what was paid between the question and a reversal at its deadline is shown to a person", async () => {
  const { order, attempt } = await begin();
  await world.database.execute(sql`update attempts set close_due_at = now() where id = ${attempt.id}`);
  await closeAttempt(attempt.id, world.database);
  expect(await world.order(order.id)).toMatchObject({ state: "paid", needsReview: true });
});

it("and so it is when the order is cancelled", async () => {
  const { order } = await begin();
  await cancelOrder({ token: order.token, actor: "shopper" }, world.database);
  expect(await world.order(order.id)).toMatchObject({ state: "paid", needsReview: true });
});

it("a cancelled order's attempt that could not be closed at the gateway stays due", async () => {
  const { order, attempt } = await begin();
  meanwhile = async () => {};
  fake.onClose = () => ({ ok: false, kind: "unknown", message: "timeout" });
  expect((await cancelOrder({ token: order.token, actor: "shopper" }, world.database)).ok).toBe(true);
  expect((await world.attempts(order.id)).find((one) => one.id === attempt.id)?.closeDueAt).not.toBeNull();
});

it("a hint about an attempt that nothing is due for makes it due, whatever becomes of the job", async () => {
  fake.onCreate = () => refusal("invalid_request");
  const order = await world.openOrder();
  await startAttempt({ token: order.token, method: "wechat.native", shopper: SHOPPER }, world.database);
  const [attempt] = await world.attempts(order.id);
  expect(attempt).toMatchObject({ state: "refused", nextSweepAt: null });
  const body = noticeBody({ gatewayOrderNo: attempt?.gatewayOrderNo ?? "", standing: PAID, settles: "query" });
  const told = await receiveNotification(world.database, account, "reversing", { method: "POST", query: "", headers: {}, body });
  expect(told).toMatchObject({ answer: "acknowledge", verdict: "queried" });
  await world.database.execute(sql`delete from pgboss.job`);
  expect((await world.attempts(order.id))[0]?.nextSweepAt).not.toBeNull();
});

it("an order has an end of tries also while its gateway answers nothing", async () => {
  fake.onCreate = () => ({ ok: false, kind: "unknown", message: "timeout" });
  const order = await world.openOrder();
  const start = async () => {
    // Not even where the gateway is not marked down meanwhile (channel-health.ts).
    await world.database.delete(channelHealth);
    return startAttempt({ token: order.token, method: "wechat.native", shopper: SHOPPER }, world.database);
  };
  let last = await start();
  for (let tries = 1; tries < 55 && last.ok; tries += 1) last = await start();
  expect(last).toMatchObject({ ok: false, problem: { code: "too_many_requests" } });
});

it("an address in an account's settings does not lead into our own network by its digits", async () => {
  let reached = 0;
  const server = createServer((_request, response) => {
    reached += 1;
    response.end("secret");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const { fetch } = gatewayPort(() => {}, "https://gateway.example");
  const ask = (host: string) =>
    fetch({ method: "GET", url: `http://${host}:${port}/latest/meta-data/#`, headers: {}, body: null, timeoutMs: 2000, maxBytes: 1024 });
  for (const host of ["127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
    expect(await ask(host), host).toEqual({ kind: "none", reached: "no", message: "EFORBIDDEN" });
  server.close();
  expect(reached).toBe(0);
});

it("a cashier entry address with a NUL is refused, not broken by", async () => {
  const read = await readDesk("merchant_no=a%00&amount=1", "desktop", world.database);
  expect(read).toEqual({ ok: false, problem: { code: "desk_query_invalid", field: null } });
});

it("a payout that failed by our reckoning and is paid by a notice is asked about until the gateway answers", async () => {
  await world.database.insert(payouts).values({
    ...{ id: "pyt_1", merchantId: world.merchantId, accountId: account, channel: "trans", payoutNo: "P1", currency: "CNY", amount: 500n },
    ...{ state: "failed", recipient: "sealed", recipientEnding: "0001", remark: "", requestedBy: "usr_1", idempotencyKey: "key-00001" },
  });
  const row = async () => payoutById(world.database, "pyt_1");
  const message = { method: "GET", query: "", headers: {}, body: new Uint8Array() };
  expect(await answerPayoutNotice(message, "reversing", account, world.database)).toMatchObject({ status: 200 });
  await world.drainJobs();
  expect(await row()).toMatchObject({ state: "failed", nextTryAt: expect.any(Date) });
  asked = { ok: true, value: HINT };
  await world.database.execute(sql`update payouts set next_try_at = now()`);
  await world.work();
  expect(await row()).toMatchObject({ state: "paid", nextTryAt: null });
});

it("a payout put right after it failed is not taken for the failed one, though its number and amount are the same", async () => {
  const recipient = { kind: "personal", number: "6222020000000000188", name: "Zhang San" } as const;
  const form = {
    merchantId: world.merchantId,
    accountId: account,
    channel: "trans",
    amountText: "5.00",
    recipient,
    remark: "",
    actor: "usr_1",
  };
  const send = (name: string) => payOut({ ...form, recipient: { ...recipient, name }, idempotencyKey: "one-form-key" }, world.database);
  const first = await send("Zhang San");
  expect(first.ok).toBe(true);
  expect(await send("Zhang San")).toMatchObject({ ok: true, value: { payoutId: first.ok ? first.value.payoutId : "" } });
  expect(await send("Zhang Sanfeng")).toMatchObject({ ok: false, problem: { code: "form_changed" } });
});

it("a payout whose number the gateway calls taken is never given up by itself, and is shown to a person", async () => {
  answered = refusal("duplicate_number");
  const recipient = { kind: "personal", number: "6222020000000000188", name: "Zhang San" } as const;
  const form = { merchantId: world.merchantId, accountId: account, channel: "trans", amountText: "5.00", remark: "wages", actor: "usr_1" };
  const sent = await payOut({ ...form, recipient, idempotencyKey: "taken-number" }, world.database);
  const id = sent.ok ? sent.value.payoutId : "";
  expect(await payoutById(world.database, id)).toMatchObject({ state: "unknown", needsReview: true });
  await world.database.execute(sql`update payouts set created_at = now() - interval '1 hour' where id = ${id}`);
  asked = refusal("not_found");
  await recheckPayout(id, world.database);
  expect(await payoutById(world.database, id)).toMatchObject({ state: "unknown", nextTryAt: expect.any(Date) });
});

// Our own reversal at the deadline sent the money back (seeds/004 §2.22), and the query then says "refunded".
it("what our own reversal sent back does not turn the order paid", async () => {
  const { order, attempt } = await begin();
  const payment = fake.payments.get(attempt.gatewayOrderNo);
  meanwhile = async () => {};
  fake.onClose = () => {
    if (payment) payment.standing = { ...PAID, kind: "refunded" };
    return { ok: true, value: { kind: "closed" } };
  };
  await world.database.execute(sql`update attempts set close_due_at = now() where id = ${attempt.id}`);
  await closeAttempt(attempt.id, world.database);
  expect(await world.order(order.id)).toMatchObject({ state: "open", needsReview: true });
});
