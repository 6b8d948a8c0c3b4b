import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { SCAN_DEADLINE_SECONDS } from "#lib/domain/schedules.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import type { CreateRequest } from "#lib/gateways/gateway.ts";
import { type FakeGateway, fakeGateway, pendingScan, refusal } from "#lib/payments/fake-gateway-testing.ts";
import { type FakeWorld, fakeWorld } from "#lib/payments/fake-world-testing.ts";
import { readScan } from "#lib/payments/read-scan.ts";
import { type ScanFor, scanPay } from "#lib/payments/scan-pay.ts";
import { writeIntent } from "#lib/payments/write-intent.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

const closable = fakeGateway("closable", {
  methods: ["wechat.barcode"],
  has: ["query", "close"],
  asks: { "wechat.barcode": ["auth_code"] },
});
const plain = fakeGateway("plain", { methods: ["alipay.barcode"], has: ["query"], asks: { "alipay.barcode": ["auth_code"] } });
const GATEWAY = { wechat: closable, alipay: plain };
let world: FakeWorld;
beforeAll(async () => {
  world = await fakeWorld();
  await world.addAccount("closable");
  await world.addAccount("closable", { settings: { name: "second" }, position: 1 });
  await world.addAccount("plain");
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.quiet();
  for (const fake of [closable, plain]) {
    Object.assign(fake, { onCreate: pendingScan, before: () => undefined, onClose: () => null } satisfies Partial<FakeGateway>);
    fake.calls.length = 0;
  }
});

let made = 0;
const freshCode = (wallet: "wechat" | "alipay" = "wechat") => {
  made += 1;
  return (wallet === "wechat" ? "13" : "28") + String(made).padStart(16, "0");
};
const freshOrder = (): ScanFor => {
  made += 1;
  return { amountText: "88.00", currency: "HKD", title: "Tea", live: false, idempotencyKey: `counter-key-${made}` };
};
const scan = (authCode = freshCode(), what: ScanFor = freshOrder()) =>
  scanPay({ merchantId: world.merchantId, authCode, for: what, actor: "usr_till", clientIp: "203.0.113.9" }, world.database);
const scanned = async (authCode = freshCode(), what = freshOrder()) => {
  const done = await scan(authCode, what);
  if (!done.ok) throw new Error(JSON.stringify(done.problem));
  return done.value;
};
const view = (orderId: string) => readScan({ merchantId: world.merchantId, orderId }, world.database);
const numberOf = async (orderId: string) => (await world.attempts(orderId))[0]?.gatewayOrderNo ?? "";
const atGateway = async (orderId: string, standing: Standing, wallet: "wechat" | "alipay" = "wechat") => {
  const payment = GATEWAY[wallet].payments.get(await numberOf(orderId));
  if (!payment) throw new Error("the gateway does not know it");
  payment.standing = standing;
};
const PAID: Standing = { kind: "paid", gatewayRef: "G1", amount: { minor: 8800n, currency: "HKD" }, paidAt: null };
const charges = () => [...closable.calls, ...plain.calls].filter((one) => one.startsWith("create"));
/** The next two seconds of the clock, and what the jobs do in them. */
const later = async (orderId: string, seconds = 2) => {
  await world.age(orderId, seconds);
  await world.work();
};

describe("a scanned code", () => {
  it("charged at once: paid, in one attempt", async () => {
    closable.onCreate = () => ({ ok: true, value: { presentation: { kind: "none" }, gatewayRef: "G1", standing: PAID } });
    const { orderId } = await scanned();
    expect(await view(orderId)).toMatchObject({ state: "paid", attempt: { method: "wechat.barcode", gatewayRef: "G1" } });
    expect(charges()).toEqual(["create closable wechat.barcode"]);
  });

  it("that is no wallet's is a problem of its field; one of a wallet no account has is said to be unavailable", async () => {
    expect(await scan("6200000000000000000")).toMatchObject({ ok: false, problem: { code: "auth_code_invalid", field: "auth_code" } });
    expect(await scan("910000000000000001")).toMatchObject({ ok: false, problem: { code: "method_unavailable" } });
    expect(charges()).toEqual([]);
  });

  it("is used once: another order with the same code charges nothing; the double press of a form is one charge", async () => {
    const code = freshCode();
    const what = freshOrder();
    const both = await Promise.all([scan(code, what), scan(code, what)]);
    expect(both.filter((one) => one.ok)).toHaveLength(2);
    expect(await scan(code)).toMatchObject({ ok: false, problem: { code: "auth_code_used", field: "auth_code" } });
    expect(charges()).toHaveLength(1);
  });

  it("of two tills at once charges one of them", async () => {
    const code = freshCode();
    const both = await Promise.all([scan(code), scan(code)]);
    expect(both.map((one) => one.ok).sort()).toEqual([false, true]);
    expect(charges()).toHaveLength(1);
  });

  it("is kept nowhere in the database", async () => {
    const code = freshCode();
    await scanned(code);
    for (const name of ["attempts", "orders", "order_events", "exchanges", "scanned_codes", "pgboss.job"]) {
      const [found] = (await world.database.execute(sql.raw(`select count(*)::int as n from ${name} t where t::text like '%${code}%'`)))
        .rows;
      expect(found).toEqual({ n: 0 });
    }
  });

  it("while one is undecided, no other of the same order is charged, of whichever wallet", async () => {
    const { orderId, attemptId } = await scanned();
    expect(await scan(freshCode("alipay"), { orderId })).toMatchObject({ ok: false, problem: { code: "scan_under_way" } });
    expect(await scan(freshCode(), { orderId })).toEqual({ ok: true, value: { orderId, attemptId } });
    expect(charges()).toHaveLength(1);
  });

  it("refused: the order waits for another code, and may be scanned again", async () => {
    closable.onCreate = () => refusal("code_expired");
    const code = freshCode();
    const first = await scan(code);
    const orderId = first.ok ? "" : (first.problem.values?.order ?? "");
    expect(first).toMatchObject({ ok: false, problem: { code: "auth_code_used" } });
    expect(await view(orderId)).toMatchObject({ state: "failed", problem: "auth_code_used" });
    closable.onCreate = pendingScan;
    expect((await scan(freshCode(), { orderId })).ok).toBe(true);
    expect(await view(orderId)).toMatchObject({ state: "waiting" });
  });

  it("goes to the next account only after a no that is said before a wallet is asked", async () => {
    closable.onCreate = (_method, _request, name) => (name === "second" ? pendingScan() : refusal("forbidden"));
    await scanned();
    expect(charges()).toEqual(["create closable wechat.barcode", "create second wechat.barcode"]);
    for (const code of ["busy", "wallet_error"] as const) {
      closable.calls.length = 0;
      closable.onCreate = () => refusal(code);
      expect((await scan()).ok).toBe(false);
      expect(charges()).toHaveLength(1);
    }
  });

  it("while one account refuses and the next is tried, another till's code for the same order is not charged", async () => {
    const order = await world.openOrder();
    let other: unknown;
    closable.onCreate = async (_method, _request, name) => {
      if (name === "second") return pendingScan();
      other = await scan(freshCode("alipay"), { orderId: order.id });
      return refusal("forbidden");
    };
    expect((await scan(freshCode(), { orderId: order.id })).ok).toBe(true);
    expect(other).toMatchObject({ ok: false, problem: { code: "scan_under_way" } });
    expect(plain.calls).toEqual([]);
  });

  it("of another merchant's order charges nothing", async () => {
    const { orderId } = await scanned();
    const foreign = scanPay(
      { merchantId: "mer_other", authCode: freshCode(), for: { orderId }, actor: "x", clientIp: "::1" },
      world.database,
    );
    expect(await foreign).toMatchObject({ ok: false, problem: { code: "order_not_found" } });
    expect(await readScan({ merchantId: "mer_other", orderId }, world.database)).toBeNull();
  });
});

describe("a shopper who has to confirm", () => {
  it("is asked about every two seconds until it is known", async () => {
    const { orderId } = await scanned();
    expect(await view(orderId)).toMatchObject({ state: "waiting" });
    for (let asked = 1; asked <= 3; asked += 1) {
      await later(orderId);
      expect((await world.attempts(orderId))[0]).toMatchObject({ sweeps: asked });
    }
    await atGateway(orderId, PAID);
    await later(orderId);
    expect(await view(orderId)).toMatchObject({ state: "paid" });
    closable.calls.length = 0;
    await later(orderId, 120);
    expect(closable.calls).toEqual([]);
  });

  it("and declines: failed, and nothing is closed", async () => {
    const { orderId } = await scanned();
    await atGateway(orderId, { kind: "failed" });
    await later(orderId);
    expect(await view(orderId)).toMatchObject({ state: "failed", problem: "declined" });
    await later(orderId, SCAN_DEADLINE_SECONDS);
    expect(closable.calls.filter((one) => one.startsWith("close"))).toEqual([]);
  });

  it("and the gateway gives it up by itself: said so", async () => {
    const { orderId } = await scanned();
    await atGateway(orderId, { kind: "closed" });
    await later(orderId);
    expect(await view(orderId)).toMatchObject({ state: "failed", problem: "scan_timed_out" });
  });

  it("not in time: asked once more, closed at the gateway by both numbers, asked again, and said so", async () => {
    const { orderId } = await scanned();
    await atGateway(orderId, { kind: "pending", gatewayRef: "G55" });
    await world.database.execute(sql`update attempts set next_sweep_at = now() + interval '1 day' where order_id = ${orderId}`);
    closable.calls.length = 0;
    await later(orderId, SCAN_DEADLINE_SECONDS);
    expect(closable.calls).toEqual(["query closable wechat.barcode", "close closable wechat.barcode G55", "query closable wechat.barcode"]);
    expect(await view(orderId)).toMatchObject({ state: "failed", problem: "scan_timed_out" });
    expect((await world.attempts(orderId))[0]).toMatchObject({ state: "closed", closeDueAt: null });
  });

  it("paid at the last moment: the query at the deadline says so, and nothing is closed", async () => {
    const { orderId } = await scanned();
    await atGateway(orderId, PAID);
    await later(orderId, SCAN_DEADLINE_SECONDS);
    expect(closable.calls.filter((one) => one.startsWith("close"))).toEqual([]);
    expect(await view(orderId)).toMatchObject({ state: "paid" });
  });

  it("paid between the question and the closing, where closing sends it back: nothing is credited, a person is shown it, and the till sees that it failed", async () => {
    const { orderId } = await scanned();
    closable.onClose = ({ gatewayOrderNo }) => {
      const payment = closable.payments.get(gatewayOrderNo);
      if (payment) payment.standing = { ...PAID, kind: "refunded" };
      return { ok: true, value: { kind: "closed" } };
    };
    await later(orderId, SCAN_DEADLINE_SECONDS);
    expect(await world.order(orderId)).toMatchObject({ state: "open", paidAmount: 0n, needsReview: true });
    expect(await view(orderId)).toMatchObject({ state: "failed", problem: "closed_paid" });
  });

  it("an answer that is not clear at the deadline closes nothing; it stays due and is closed when it is clear", async () => {
    const { orderId } = await scanned();
    await atGateway(orderId, { kind: "unknown", reason: "system error" });
    await later(orderId, SCAN_DEADLINE_SECONDS);
    expect(closable.calls.filter((one) => one.startsWith("close"))).toEqual([]);
    expect(await view(orderId)).toMatchObject({ state: "unconfirmed", problem: "scan_unconfirmed" });
    await atGateway(orderId, { kind: "pending" });
    await later(orderId, 15);
    expect(await view(orderId)).toMatchObject({ state: "failed", problem: "scan_timed_out" });
  });

  it("where the document has no close: says so, charges no other, and is still swept", async () => {
    const { orderId } = await scanned(freshCode("alipay"));
    await later(orderId, SCAN_DEADLINE_SECONDS);
    expect(await view(orderId)).toMatchObject({ state: "unconfirmed", problem: "scan_unconfirmed" });
    expect((await world.attempts(orderId))[0]).toMatchObject({ state: "presented", closeDueAt: null });
    expect(await scan(freshCode(), { orderId })).toMatchObject({ ok: false, problem: { code: "scan_under_way" } });
    await atGateway(orderId, PAID, "alipay");
    await later(orderId, 600);
    expect(await view(orderId)).toMatchObject({ state: "paid" });
  });
});

describe("a process killed in the middle", () => {
  it("after the create was sent, whether or not it arrived: the attempt is asked about, and never charged again", async () => {
    for (const arrived of [true, false]) {
      const order = await world.openOrder();
      const [account] = await world.database.select().from(gatewayAccounts).where(eq(gatewayAccounts.gateway, "closable"));
      if (!account) throw new Error("no account");
      // The intent is committed, and the process is no more.
      await writeIntent(world.database, { orderId: order.id, account, method: "wechat.barcode", actor: "usr_till" });
      const number = await numberOf(order.id);
      const request = { gatewayOrderNo: number } as CreateRequest;
      const payment = { request, method: "wechat.barcode" as const, accountName: "closable", standing: PAID, refunds: new Map() };
      if (arrived) closable.payments.set(number, payment);
      await later(order.id, 6);
      await later(order.id, SCAN_DEADLINE_SECONDS);
      expect(await view(order.id)).toMatchObject({ state: arrived ? "paid" : "failed" });
    }
    expect(charges()).toEqual([]);
  });

  it("while it was asking or closing: the rows are due again, and their jobs made again", async () => {
    const { orderId } = await scanned();
    await world.database.execute(sql`delete from pgboss.job`);
    const [attempt] = await world.attempts(orderId);
    expect(attempt?.nextSweepAt && attempt.closeDueAt).toBeTruthy();
    // Claimed by a worker that is no more: its leases run out.
    await world.database.execute(
      sql`update attempts set next_sweep_at = now() + interval '10 seconds', close_due_at = now() + interval '60 seconds' where order_id = ${orderId}`,
    );
    await later(orderId, 61);
    expect(await view(orderId)).toMatchObject({ state: "failed", problem: "scan_timed_out" });
  });
});
