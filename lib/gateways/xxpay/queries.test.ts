import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import {
  BASE_URL,
  credentials,
  gatewaySign,
  ORDER_NO,
  openedAccount,
  PAY_ORDER_ID,
  paymentKey,
  reply,
  sentJson,
} from "#lib/gateways/xxpay/test-account.ts";

const FOUND = {
  ...{ mchId: "20001222", appId: credentials.appId, productId: "8001", payOrderId: PAY_ORDER_ID, mchOrderNo: ORDER_NO },
  ...{ amount: "100", currency: "cny", status: "2", channelUser: "", channelOrderNo: "wx2017", channelAttach: '{"a":"x&y=z"}' },
  paySuccTime: "1505049094262",
};
const AMOUNT = { minor: 100n, currency: "CNY" };
const TOLD = { walletRef: FOUND.channelOrderNo };
const PAID = { kind: "paid", gatewayRef: PAY_ORDER_ID, amount: AMOUNT, paidAt: new Date(1_505_049_094_262), detail: TOLD };
const query = async (over: Record<string, string | number>, key = paymentKey()) => {
  const outcome = await openedAccount([reply({ ...FOUND, ...over })]).account.query?.(key);
  return outcome?.ok ? outcome.value : outcome;
};

it("a query asks by our number, without a second notification unless the account wants one", async () => {
  const { account, port } = openedAccount([answer("")]);
  await account.query?.(paymentKey({ gatewayRef: PAY_ORDER_ID }));
  const fields = { mchId: "20001222", appId: credentials.appId, mchOrderNo: ORDER_NO };
  expect(port.sent.map(({ url }) => url)).toEqual([`${BASE_URL}/api/pay/query_order`]);
  expect(sentJson(port)).toBe(JSON.stringify({ ...fields, sign: gatewaySign(fields) }));
});

describe("a query's answer", () => {
  it.each([
    ["0", { kind: "pending", gatewayRef: PAY_ORDER_ID }],
    ["1", { kind: "pending", gatewayRef: PAY_ORDER_ID }],
    ["2", PAID],
    ["3", PAID],
    ["4", { kind: "unknown", reason: expect.any(String) }],
    ["5", { kind: "failed", code: "5" }],
    ["-1", { kind: "unknown", reason: expect.any(String) }],
    ["", { kind: "unknown", reason: expect.any(String) }],
    ["constructor", { kind: "unknown", reason: expect.any(String) }],
  ])("status %s", async (status, standing) => {
    expect(await query({ status })).toEqual(standing);
  });

  it("may come in numbers", async () => {
    expect(await query({ status: 2, amount: 100, mchId: 20_001_222, paySuccTime: 1_505_049_094_262 })).toEqual(PAID);
  });

  it("names its payer, and the wallet's number, where it knows them", async () => {
    expect(await query({ channelUser: "jmdhappy@126.com" })).toEqual({ ...PAID, detail: { ...TOLD, payer: "jmdhappy@126.com" } });
    const { detail: _none, ...bare } = PAID;
    expect(await query({ channelOrderNo: "" })).toEqual(bare);
  });

  it.each(["wechat.jsapi", "qq.h5", "unionpay.quick", "jd.native", "baidu.wallet", "bank.transfer"] as const)(
    "for %s as for any",
    async (method) => {
      expect(await query({}, paymentKey({ method }))).toEqual(PAID);
    },
  );

  it("may pay another amount than was asked for: that is the gateway's word, and the verdict's mismatch", async () => {
    expect(await query({ amount: "99" })).toMatchObject({ kind: "paid", amount: { minor: 99n } });
  });

  it.each(["1.00", "-1", "1e2", "", "0100", "99999999999999"])("with the amount %s is unclear", async (amount) => {
    expect(await query({ amount })).toMatchObject({ kind: "unknown" });
  });

  it.each(["", "yesterday", "1505049094"])("with the time %j is paid at a time not known", async (paySuccTime) => {
    expect(await query({ paySuccTime })).toMatchObject({ kind: "paid", paidAt: null });
  });

  it.each([
    ["another merchant", { mchId: "20001223" }],
    ["no merchant", { mchId: "" }],
    ["another app", { appId: "1ae8be35ff634e2abe94f5f32f6d5c4f" }],
    ["another number of ours", { mchOrderNo: "2" }],
    ["no number of ours", { mchOrderNo: "" }],
    ["another currency", { currency: "usd" }],
    ["no number of the gateway's", { payOrderId: "" }],
  ])("about %s is unclear", async (_what, over) => {
    expect(await query(over)).toMatchObject({ kind: "unknown" });
  });

  it("about another payment of the gateway's is unclear", async () => {
    expect(await query({}, paymentKey({ gatewayRef: "P2" }))).toMatchObject({ kind: "unknown" });
    expect(await query({}, paymentKey({ gatewayRef: PAY_ORDER_ID }))).toEqual(PAID);
  });
});

describe("the balance", () => {
  const balance = async (fields: Record<string, string | number>) => {
    const { account, port } = openedAccount([reply(fields)]);
    return { outcome: await account.balance?.("pay"), port };
  };
  const money = (minor: bigint) => ({ minor, currency: "CNY" });

  it("is asked for with the time in UTC+8, as public clients do", async () => {
    const { port } = await balance({ balance: 1 });
    const fields = { mchId: "20001222", appId: credentials.appId, queryTime: "20261120120000" };
    expect(port.sent[0]?.url).toBe(`${BASE_URL}/api/query/query_balance`);
    expect(sentJson(port)).toBe(JSON.stringify({ ...fields, sign: gatewaySign(fields) }));
  });

  it("is fen, all of it available unless the answer names the part that is", async () => {
    const whole = { currency: "CNY", total: money(1990n), available: money(1990n), frozen: null, unsettled: null };
    expect((await balance({ balance: 1990, mchId: "20001222" })).outcome).toEqual({ ok: true, value: whole });
    expect((await balance({ balance: "1990", settAmount: "990" })).outcome).toEqual({
      ok: true,
      value: { ...whole, available: money(990n) },
    });
    expect((await balance({ balance: "0" })).outcome).toMatchObject({ ok: true, value: { total: money(0n) } });
  });

  it.each([{ balance: "19.90" }, { balance: "" }, { balance: "-1" }, { balance: "1", settAmount: "x" }, { balance: "1", mchId: "2" }])(
    "that is not readable or another's is unclear: %j",
    async (fields) => {
      expect((await balance(fields)).outcome).toMatchObject({ ok: false, kind: "unknown" });
    },
  );

  it("of another name there is none", async () => {
    const { account } = openedAccount();
    expect(account.balanceNames).toEqual(["pay"]);
    expect(await account.balance?.("trans")).toMatchObject({ ok: false, kind: "refused", code: "unsupported" });
  });
});

it("what the document has no operation for is absent", () => {
  const { account } = openedAccount();
  for (const absent of [account.refund, account.queryRefund, account.close, account.bill, account.openidUrl])
    expect(absent).toBeUndefined();
});
