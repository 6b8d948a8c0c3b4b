import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountById } from "#db/queries/accounts.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { CURRENCIES, type Currency } from "#lib/domain/currency.ts";
import { newGatewayNumber } from "#lib/domain/ids.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { CreateRequest, OpenAccount, Outcome, PaymentKey } from "#lib/gateways/gateway.ts";
import { openAccount } from "#lib/payments/open-account.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";
import { issueWalletCode } from "#lib/sandbox/codes.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { issueLoginCode } from "#lib/sandbox/login-codes.ts";
import { payPayment } from "#lib/sandbox/pay.ts";

/**
 * The two sides of seeds/000, written by people who never saw each other's code, meet over HTTP: every operation.
 * A difference is settled from the document, never by making one side copy the other.
 */
let world: World;
let account: OpenAccount;
let version2: OpenAccount;

beforeAll(async () => {
  world = await testWorld();
  account = await openAs();
  version2 = await openAs({ agentQueryVersion: "2.0" });
});
afterAll(() => world.close());

async function openAs(settings: Record<string, unknown> = {}): Promise<OpenAccount> {
  const row = await accountById(world.database, world.accountId);
  if (!row) throw new Error("no account");
  return openAccount({ ...row, settings: { ...row.settings, miniProgramAppId: "wxmini1", appAppId: "wxapp1", ...settings } }).account;
}

function had<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

const request = (more: Partial<CreateRequest> = {}): CreateRequest => ({
  gatewayOrderNo: newGatewayNumber(new Date()),
  amount: { minor: 10_050n, currency: "HKD" },
  subject: '茶叶 <b>&="tea" ~!*\'()',
  notifyUrl: `${world.origin}/api/notify/hipopay-agent/${world.accountId}`,
  returnUrl: `${world.origin}/pay/x/return`,
  clientIp: "203.0.113.9",
  expiresAt: new Date(Date.now() + 1_800_000),
  ...more,
});

async function created(method: Method, more: Partial<CreateRequest> = {}) {
  const sent = request(more);
  const value = had(await account.create(method, sent));
  const key: PaymentKey = { method, gatewayOrderNo: sent.gatewayOrderNo, gatewayRef: value.gatewayRef, amount: sent.amount };
  return { sent, value, key };
}

async function paid(method: Method = "wechat.native", more: Partial<CreateRequest> = {}) {
  const made = await created(method, more);
  const payment = await paymentByAny(world.database, made.key.gatewayOrderNo);
  if (!payment) throw new Error("the gateway has no such payment");
  await payPayment(world.database, payment.no, { channel: "CN", shopper: "someone" }, []);
  return { ...made, no: payment.no, key: { ...made.key, gatewayRef: payment.no } };
}

describe("creating, by each method of the document", () => {
  it.each([
    ["wechat.jsapi", "jsapi", { openid: "oSandbox123456" }],
    ["wechat.native", "qr", {}],
    ["wechat.mini_program", "app", { openid: "oSandbox123456" }],
    ["wechat.app", "app", {}],
    ["alipay.web", "iframe", {}],
    ["alipay.wap", "redirect", {}],
    ["alipay.app", "app", {}],
    ["alipay.qr", "qr", {}],
  ] as const)("%s gives a %s, and the payment is pending under our number", async (method, kind, more) => {
    const { value, key } = await created(method, more);
    expect(value.presentation.kind).toBe(kind);
    expect(await account.query?.(key)).toEqual({ ok: true, value: { kind: "pending" } });
  });

  it.each(["wechat.desk", "wechat.mp_desk", "alipay.desk"] as const)(
    "%s hands the browser over, and the gateway makes the payment when it arrives",
    async (method) => {
      const { value, key } = await created(method);
      if (value.presentation.kind !== "redirect") throw new Error("no redirect");
      expect(await account.query?.(key)).toMatchObject({ ok: false, code: "not_found" });
      const arrival = await fetch(value.presentation.url, { redirect: "manual" });
      expect(arrival.status).toBe(302);
      expect(await account.query?.(key)).toEqual({ ok: true, value: { kind: "pending" } });
    },
  );

  it.each(["wechat", "alipay"] as const)("%s scan pay charges at once and says so", async (wallet) => {
    const { code } = await issueWalletCode(world.database, wallet, "pays");
    const { value, key } = await created(`${wallet}.barcode`, { authCode: code });
    expect(value.standing ?? had((await account.query?.(key)) ?? never())).toMatchObject({
      kind: "paid",
      amount: { minor: 10_050n, currency: "HKD" },
    });
  });

  it("scan pay from a Hong Kong wallet (§5.1)", async () => {
    const { code } = await issueWalletCode(world.database, "wechat", "hong_kong");
    const { key } = await created("wechat.barcode", { authCode: code });
    expect(had((await account.query?.(key)) ?? never())).toMatchObject({ kind: "paid", detail: { payCurrency: "HKD" } });
  });

  it("scan pay while the shopper types a password is not final", async () => {
    const { code } = await issueWalletCode(world.database, "wechat", "asks");
    const sent = request({ authCode: code });
    const outcome = await account.create("wechat.barcode", sent);
    const kind = outcome.ok ? outcome.value.standing?.kind : outcome.kind;
    expect(["pending", "unknown", undefined]).toContain(kind);
  });

  it.each([
    ["insufficient", "insufficient_balance"],
    ["expired", "code_expired"],
  ] as const)("scan pay that is %s is refused in our words, by its 555 and wx_code", async (behaviour, code) => {
    const authCode =
      behaviour === "expired" ? "130000000000000003" : (await issueWalletCode(world.database, "wechat", "insufficient")).code;
    expect(await account.create("wechat.barcode", request({ authCode }))).toMatchObject({ ok: false, kind: "refused", code });
  });

  it.each(CURRENCIES)("takes %s, to its last place", async (currency) => {
    const amount = { minor: 12_345n, currency };
    const made = await paid("wechat.native", { amount });
    expect(had((await account.query?.(made.key)) ?? never())).toMatchObject({ kind: "paid", amount });
  });

  it("a number used before is refused, not paid twice", async () => {
    const { sent } = await created("wechat.native");
    expect(await account.create("wechat.native", sent)).toMatchObject({ ok: false, kind: "refused" });
  });
});

describe("asking", () => {
  it.each(["wechat.native", "alipay.qr"] as const)("a paid %s, by our number and by theirs", async (method) => {
    const { key } = await paid(method);
    for (const one of [key, { ...key, gatewayRef: null }]) {
      expect(had((await account.query?.(one)) ?? never())).toMatchObject({
        kind: "paid",
        gatewayRef: key.gatewayRef,
        amount: key.amount,
        detail: { payCurrency: "CNY" },
      });
    }
  });

  it("Version 2.0 answers in numbers and means the same", async () => {
    const { key } = await paid();
    expect(had((await version2.query?.(key)) ?? never())).toMatchObject({ kind: "paid", amount: key.amount });
  });

  it("a number nobody knows is not found", async () => {
    const key = {
      method: "wechat.native",
      gatewayOrderNo: "20260101NOSUCHNUMBER00000000",
      gatewayRef: null,
      amount: { minor: 1n, currency: "HKD" },
    } as const;
    expect(await account.query?.(key)).toMatchObject({ ok: false, kind: "refused", code: "not_found" });
  });

  it.each(["wechat", "alipay"] as const)("%s has a rate for every foreign currency, CNY per unit", async (wallet) => {
    for (const currency of CURRENCIES.filter((one): one is Currency => one !== "CNY")) {
      const rate = had((await account.rate?.(wallet, currency)) ?? never());
      expect(rate).toMatchObject({ currency, cnyPerUnit: expect.stringMatching(/^\d+\.\d+$/) });
    }
  });

  it("a mini program's code becomes an openid, once", async () => {
    const row = await world.database.select().from(gatewayAccounts).where(eq(gatewayAccounts.id, world.accountId));
    expect(row).toHaveLength(1);
    const { code, openid } = await issueLoginCode(world.database, "WC1000000001", "someone");
    expect(had((await account.openid?.(code)) ?? never())).toBe(openid);
    expect(await account.openid?.(code)).toMatchObject({ ok: false, kind: "refused" });
  });
});

describe("refunding", () => {
  it.each(["wechat.native", "alipay.qr"] as const)("%s in part and in full; found by each of the four numbers", async (method) => {
    const { key } = await paid(method);
    const first = newGatewayNumber(new Date());
    const part = had((await account.refund?.({ ...key, refundNo: first, refundAmount: { minor: 50n, currency: "HKD" } })) ?? never());
    expect(part).toMatchObject({ kind: "succeeded", amount: { minor: 50n, currency: "HKD" } });
    const rest = await account.refund?.({
      ...key,
      refundNo: newGatewayNumber(new Date()),
      refundAmount: { minor: 10_000n, currency: "HKD" },
    });
    expect(had(rest ?? never())).toMatchObject({ kind: "succeeded" });
    const common = { method, currency: "HKD" } as const;
    const byRefund = had((await account.queryRefund?.({ ...common, by: "refundNo", refundNo: first })) ?? never());
    expect(byRefund).toMatchObject([{ kind: "succeeded", gatewayRefundRef: part.gatewayRefundRef, amount: { minor: 50n } }]);
    expect(
      had((await account.queryRefund?.({ ...common, by: "gatewayRefundRef", gatewayRefundRef: part.gatewayRefundRef ?? "" })) ?? never()),
    ).toHaveLength(1);
    expect(had((await account.queryRefund?.({ ...common, by: "gatewayRef", gatewayRef: key.gatewayRef ?? "" })) ?? never())).toHaveLength(
      2,
    );
    expect(
      had((await account.queryRefund?.({ ...common, by: "gatewayOrderNo", gatewayOrderNo: key.gatewayOrderNo })) ?? never()),
    ).toHaveLength(2);
    expect(had((await account.query?.(key)) ?? never()).kind).toMatch(/paid|refunded/);
  });

  it("more than was paid is refused", async () => {
    const { key } = await paid();
    const outcome = await account.refund?.({
      ...key,
      refundNo: newGatewayNumber(new Date()),
      refundAmount: { minor: 10_051n, currency: "HKD" },
    });
    expect(outcome).toMatchObject({ ok: false, kind: "refused" });
  });

  it("a refund nobody made is not found", async () => {
    const outcome = await account.queryRefund?.({
      method: "wechat.native",
      currency: "HKD",
      by: "refundNo",
      refundNo: "20260101NOSUCHREFUND00000000",
    });
    const none = outcome?.ok ? outcome.value.length === 0 : outcome?.kind === "refused" && outcome.code === "not_found";
    expect(none).toBe(true);
  });
});

describe("the bill", () => {
  it("holds the day's payments and refunds, every line read", async () => {
    const { key } = await paid();
    const refundNo = newGatewayNumber(new Date());
    await account.refund?.({ ...key, refundNo, refundAmount: { minor: 1n, currency: "HKD" } });
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const bill = had((await account.bill?.({ from: today, to: today })) ?? never());
    expect(bill.unreadable).toEqual([]);
    const lines = bill.lines.filter((line) => line.gatewayRef === key.gatewayRef);
    expect(lines.map((line) => [line.kind, line.amount.minor])).toEqual([
      ["payment", 10_050n],
      ["refund", 1n],
    ]);
  });
});

describe("customs", () => {
  const common = (made: { key: PaymentKey }, wallet: "wechat" | "alipay") => ({
    wallet,
    gatewayOrderNo: made.key.gatewayOrderNo,
    gatewayRef: made.key.gatewayRef ?? "",
    merchantCustomsNo: "123456789BTW",
    ...(wallet === "alipay" && { merchantCustomsName: "tea_card" }),
  });

  it.each([
    ["wechat", "wechat.native", "SHENZHEN", 1],
    ["wechat", "wechat.native", "GUANGZHOU_HP_GJ", 2],
    ["alipay", "alipay.qr", "ZONGSHU", 1],
    ["alipay", "alipay.qr", "HENAN,ZONGSHU", 2],
  ] as const)("%s: declared at %s %s, %i push(es), asked about, pushed again", async (wallet, method, customs, pushes) => {
    const made = await paid(method, { amount: { minor: 10_000n, currency: "CNY" } });
    const declared = had(
      (await account.declare?.({ ...common(made, wallet), customs, ...(wallet === "wechat" && { dutyFen: 88n }) })) ?? never(),
    );
    expect(declared).toHaveLength(pushes);
    const key = {
      wallet,
      customs,
      gatewayRef: made.key.gatewayRef ?? "",
      merchantCustomsNo: "123456789BTW",
      merchantCustomsName: "tea_card",
    };
    const found = had((await account.queryDeclaration?.(key)) ?? never());
    expect(found.every((one) => one.state !== "undeclared")).toBe(true);
    const again = had((await account.redeclare?.(key)) ?? never());
    expect(again.length).toBeGreaterThan(0);
  });

  it.each(["wechat", "alipay"] as const)("%s: a split order with an identity check", async (wallet) => {
    const made = await paid(wallet === "wechat" ? "wechat.native" : "alipay.qr", { amount: { minor: 10_000n, currency: "CNY" } });
    const cny = (minor: bigint) => ({ minor, currency: "CNY" as const });
    const split = {
      subOrderNo: newGatewayNumber(new Date()),
      amount: cny(4644n),
      ...(wallet === "wechat" && { transport: cny(2322n), product: cny(2322n) }),
    };
    const identity = { certId: "510921199308772318", name: "Lisa" };
    const [declared] = had(
      (await account.declare?.({ ...common(made, wallet), customs: wallet === "wechat" ? "SHENZHEN" : "ZONGSHU", split, identity })) ??
        never(),
    );
    expect(declared).toMatchObject({ subOrderNo: split.subOrderNo });
    expect(["same", "different"]).toContain(declared?.identity);
  });
});

function never(): never {
  throw new Error("the account lacks an operation of the document");
}
