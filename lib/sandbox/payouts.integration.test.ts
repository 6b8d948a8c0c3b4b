import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sandboxNotices } from "#db/schema/sandbox/notices.ts";
import { sandboxPayouts } from "#db/schema/sandbox/payouts.ts";
import type { Backend, Caller, NewPayout, Payout } from "#lib/dialects/backend.ts";
import { xxpayDialect } from "#lib/dialects/xxpay/index.ts";
import { endPayout, movePayouts } from "#lib/sandbox/move-payouts.ts";
import { noticesOf } from "#lib/sandbox/notice-listing.ts";
import { drainNotices, redeliverNotice } from "#lib/sandbox/notifier.ts";
import { oweNotice } from "#lib/sandbox/owe-notice.ts";
import { payPayment } from "#lib/sandbox/pay.ts";
import { newPayment, sandboxWorld, type World, worldAt } from "#lib/sandbox/testing.ts";

let world: World;
let backend: Backend;
let caller: Caller;
beforeAll(async () => {
  world = await sandboxWorld();
  ({ backend, caller } = await worldAt(world, "xxpay"));
});
afterAll(() => world.close());
beforeEach(async () => {
  await movePayouts(world.database, { ahead: true });
  await world.database.update(sandboxNotices).set({ state: "given_up" });
  world.receiver.received.length = 0;
  world.receiver.answer = () => ({ status: 200, body: "success" });
});

let numbers = 0;
const fresh = (): string => `T${++numbers}`;

/** Somebody pays the caller, so that it has something to pay out. */
async function fund(amount: string): Promise<string> {
  const merchantNo = caller.merchantNos[0] ?? "";
  const made = await backend.create(caller, newPayment(world, { merchantNo, currency: "CNY", amount, notifyUrl: null }));
  if (!made.ok) throw new Error(made.problem);
  await payPayment(world.database, made.value.no, { shopper: "anna", channel: "CN" });
  return made.value.no;
}

function newPayout(fields: Partial<NewPayout> = {}): NewPayout {
  return {
    channel: "trans",
    merchantNo: caller.merchantNos[0] ?? "",
    clientNo: fresh(),
    currency: "CNY",
    amount: "10.00",
    accountNo: "6222020000000000",
    accountName: "张三",
    notifyUrl: world.receiver.url,
    extra: { bankCode: "HPT00002", param1: "kept" },
    ...fields,
  };
}

async function paidOut(fields: Partial<NewPayout> = {}): Promise<Payout> {
  await fund("10.00");
  const answer = await backend.createPayout(caller, newPayout(fields));
  if (!answer.ok) throw new Error(answer.problem);
  return answer.value;
}

const find = (no: string) => backend.findPayout(caller, { channel: "trans", no });

describe("a payout", () => {
  it("is created, taken up and paid, each in its own time, and told once", async () => {
    const { no, clientNo } = await paidOut();
    expect(await find(no)).toMatchObject({ state: "CREATED", endedAt: null, channelNo: null });
    for (const state of ["PROCESSING", "PAID"]) {
      await world.database.update(sandboxPayouts).set({ nextAt: sql`now() - interval '1 second'` }).where(eq(sandboxPayouts.no, no));
      expect(await movePayouts(world.database)).toBe(1);
      expect(await backend.findPayout(caller, { channel: "trans", clientNo })).toMatchObject({ state });
    }
    expect(await movePayouts(world.database)).toBe(0);
    expect(await noticesOf(world.database, no, "payout")).toHaveLength(1);
  });

  it.each([
    ["6222020000000001", "PROCESSING"],
    ["6222020000000002", "FAIL"],
    ["6222020000000003", "PAID"],
  ])("to the account %s ends as %s", async (accountNo, state) => {
    const { no } = await paidOut({ accountNo });
    await movePayouts(world.database, { ahead: true });
    expect(await find(no)).toMatchObject({ state });
  });

  it("that waits ends as the console says, and only once", async () => {
    const { no } = await paidOut({ accountNo: "6222020000000001" });
    await movePayouts(world.database, { ahead: true });
    expect(await endPayout(world.database, no, "FAIL")).toMatchObject({ state: "FAIL" });
    expect(await endPayout(world.database, no, "PAID")).toBeNull();
    expect(await find(no)).toMatchObject({ state: "FAIL" });
    expect(await noticesOf(world.database, no, "payout")).toHaveLength(1);
  });

  it("asked for again is the same payout, and with anything different refused", async () => {
    await fund("100.00");
    const asked = newPayout();
    const answers = await Promise.all([1, 2, 3, 4].map(() => backend.createPayout(caller, asked)));
    expect(new Set(answers.map((answer) => answer.ok && answer.value.no)).size).toBe(1);
    const again = await backend.createPayout(caller, { ...asked, amount: "10", extra: { param1: "kept", bankCode: "HPT00002" } });
    expect(again).toEqual(answers[0]);
    const others: Partial<NewPayout>[] = [
      { amount: "10.01" },
      { accountNo: "6222020000000009" },
      { accountName: "李四" },
      { notifyUrl: null },
      { extra: { bankCode: "HPT00002" } },
    ];
    for (const other of others)
      expect(await backend.createPayout(caller, { ...asked, ...other }), JSON.stringify(other)).toEqual({
        ok: false,
        problem: "duplicate_number",
      });
  });

  it.each([
    [{ merchantNo: "nobody" }, "unknown_merchant"],
    [{ currency: "HKD" }, "currency_not_supported"],
    [{ amount: "0.00" }, "amount_invalid"],
    [{ amount: "1.001" }, "amount_invalid"],
    [{ amount: "99999999" }, "balance_insufficient"],
  ])("with %o is refused as %s", async (fields, problem) => {
    expect(await backend.createPayout(caller, newPayout(fields))).toEqual({ ok: false, problem });
  });

  it("keeps nobody's account number or name readable in the database", async () => {
    const { no } = await paidOut({ accountNo: "6222029876543210" });
    const [row] = await world.database.select().from(sandboxPayouts).where(eq(sandboxPayouts.no, no));
    expect(JSON.stringify({ ...row, amountMinor: "" })).not.toMatch(/6222029876543210|张三/);
    expect(row?.accountTail).toBe("3210");
    expect(await find(no)).toMatchObject({ accountNo: "6222029876543210", accountName: "张三" });
  });

  it("is another caller's business: not found from elsewhere, nor on another channel", async () => {
    const { no } = await paidOut();
    const other = await worldAt(world, "fengniao");
    expect(await other.backend.findPayout(other.caller, { channel: "trans", no })).toBeNull();
    expect(await backend.findPayout(caller, { channel: "withdraw", no })).toBeNull();
  });
});

describe("holdings", () => {
  const yuan = (text: string): number => Number(text.replace(".", ""));
  const now = async () => {
    const { available, frozen, unsettled } = await backend.holdings(caller);
    return { available: yuan(available), frozen: yuan(frozen), unsettled: yuan(unsettled) };
  };

  it("are payments less refunds and payouts; a payout under way is frozen, one that failed comes back", async () => {
    await movePayouts(world.database, { ahead: true });
    const before = await now();
    const paid = await fund("30.00");
    const payment = await backend.find(caller, { no: paid });
    if (!payment) throw new Error("not found");
    await backend.refund(caller, payment, { clientRefundNo: null, amount: "5.00" });
    expect(await now()).toEqual({ ...before, available: before.available + 2500 });
    const answer = await backend.createPayout(caller, newPayout({ amount: "20.00", accountNo: "6222020000000002" }));
    expect(answer.ok).toBe(true);
    expect(await now()).toEqual({ ...before, available: before.available + 500, frozen: before.frozen + 2000 });
    await movePayouts(world.database, { ahead: true });
    expect(await now()).toEqual({ ...before, available: before.available + 2500 });
  });

  it("are never spent twice by payouts at once", async () => {
    await movePayouts(world.database, { ahead: true });
    const spare = (await now()).available;
    await fund("10.00");
    const amount = `${Math.floor((spare + 1000) / 100)}.00`;
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => backend.createPayout(caller, newPayout({ amount }))));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.problem === "balance_insufficient")).toHaveLength(4);
  });
});

describe("the notice of a payout", () => {
  it("goes out as its dialect writes it, and its first acknowledgement is remembered", async () => {
    const { no, clientNo } = await paidOut();
    expect(await drainNotices(world.database)).toMatchObject({ sent: 1, acknowledged: 1 });
    const ended = await find(no);
    const told = ended && xxpayDialect.payoutNotification?.(caller, ended, new Date());
    expect(world.receiver.received.map(({ method }) => method)).toEqual([told?.method]);
    const [got] = world.receiver.received;
    const fields = got?.method === "GET" ? got.query : got?.body;
    expect(fields?.get("mchTransOrderNo")).toBe(clientNo);
    expect(ended?.acknowledgedAt).toBeInstanceOf(Date);
    const [notice] = await noticesOf(world.database, no, "payout");
    await redeliverNotice(world.database, notice?.id ?? 0);
    expect((await find(no))?.acknowledgedAt).toEqual(ended?.acknowledgedAt);
  });

  it("is tried again on the gateway's schedule until acknowledged", async () => {
    world.receiver.answer = () => ({ status: 200, body: "later" });
    const { no } = await paidOut();
    expect(await drainNotices(world.database)).toMatchObject({ sent: 1, acknowledged: 0 });
    expect(await find(no)).toMatchObject({ state: "PAID", acknowledgedAt: null });
    const [notice] = await noticesOf(world.database, no, "payout");
    expect(notice).toMatchObject({ state: "waiting", tries: 1 });
    expect(Math.round(((notice?.nextAt.getTime() ?? 0) - Date.now()) / 10_000)).toBe(6); // the first wait is 60 s (seeds/003 §3.3.3)
  });

  it("asked for anew is sent at once, on top of the schedule; without an address nothing is owed", async () => {
    const { no } = await paidOut();
    await drainNotices(world.database);
    const ended = await find(no);
    if (!ended) throw new Error("not found");
    await backend.renotify(caller, { payout: ended });
    expect(await drainNotices(world.database)).toMatchObject({ sent: 1, acknowledged: 1 });
    const silent = await paidOut({ notifyUrl: null });
    await backend.renotify(caller, { payout: silent });
    expect(await drainNotices(world.database)).toMatchObject({ sent: 0 });
  });

  it("forged claims money that never moved, under a signature that is not the gateway's", async () => {
    const { no } = await paidOut({ accountNo: "6222020000000001" });
    await drainNotices(world.database);
    await oweNotice(world.database, { payoutNo: no }, "forged");
    expect(await drainNotices(world.database)).toMatchObject({ sent: 1 });
    const [forged] = world.receiver.received;
    const fields = forged?.method === "GET" ? forged.query : forged?.body;
    expect(fields?.get("status")).toBe("2");
    const row = await find(no);
    const genuine = row && xxpayDialect.payoutNotification?.(caller, { ...row, state: "PAID", endedAt: new Date() }, new Date());
    const text = genuine?.method === "GET" ? new URL(genuine.url).search : genuine?.body;
    expect(new URLSearchParams(text ?? "").get("sign")).not.toBe(fields?.get("sign"));
    expect(row).toMatchObject({ state: "PROCESSING", acknowledgedAt: null });
  });
});
