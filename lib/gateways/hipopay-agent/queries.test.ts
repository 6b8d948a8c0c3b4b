import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CURRENCIES } from "#lib/domain/currency.ts";
import { formatMajor } from "#lib/domain/money.ts";
import { answer } from "#lib/gateways/fake-port.ts";
import type { PaymentKey } from "#lib/gateways/gateway.ts";
import { ALIPAY_SAMPLES } from "#lib/gateways/hipopay-agent/samples-alipay.ts";
import { WECHAT_SAMPLES } from "#lib/gateways/hipopay-agent/samples-wechat.ts";
import { BASE_URL, envelope, openedAccount } from "#lib/gateways/hipopay-agent/test-account.ts";

const KEY: PaymentKey = { method: "wechat.native", gatewayOrderNo: "OURS", gatewayRef: null, amount: { minor: 100n, currency: "HKD" } };
const ORDER = {
  status: "PAID",
  no: "2017062221294656822821341",
  agent_order_id: "OURS",
  merchant_no: "xxx",
  currency: "HKD",
  amount: "1",
  trade_time: "2017-06-22 21:29:47",
};

async function standingOf(order: object, more: object = {}, key: PaymentKey = KEY) {
  const { account } = openedAccount([answer(envelope({ order, ...more }))]);
  return account.query?.(key);
}

describe("query", () => {
  it("reads the document's Version 1.0 reply", async () => {
    const { account, port } = openedAccount([answer(WECHAT_SAMPLES.queryV1)], {}, "xx");
    expect(await account.query?.({ ...KEY, gatewayRef: "xxxx" })).toEqual({ ok: true, value: { kind: "failed", code: "FAIL" } });
    expect(port.sent[0]).toMatchObject({ url: `${BASE_URL}/order?order_no=xxxx`, headers: { Version: "1.0" } });
  });

  it("asks for and reads the document's Version 2.0 reply", async () => {
    const { account, port } = openedAccount([answer(WECHAT_SAMPLES.queryV2)], { agentQueryVersion: "2.0" }, "test-mer");
    expect(await account.query?.(KEY)).toEqual({ ok: true, value: { kind: "failed", code: "FAIL" } });
    expect(port.sent[0]).toMatchObject({ url: `${BASE_URL}/order?agent_order_id=OURS`, headers: { Version: "2.0" } });
  });

  it("reads Version 2.0's numbers by their source text, and sees a full refund in its list", async () => {
    const paid = WECHAT_SAMPLES.queryV2.replace('"FAIL"', '"PAID"').replace('"amount": 1,', '"amount": 90071992547.55,');
    const { account } = openedAccount([answer(paid), answer(paid.replace("90071992547.55", "100"))], {}, "test-mer");
    const first = await account.query?.({ ...KEY, gatewayRef: "2017062221294656822821341" });
    expect(first).toMatchObject({
      ok: true,
      value: { kind: "paid", amount: { minor: 9007199254755n, currency: "HKD" }, detail: { payAmount: "0.877", exchangeRate: "0.8777" } },
    });
    const refunds = "the document's list: twice 50";
    expect([refunds, await account.query?.(KEY)]).toMatchObject([
      refunds,
      { ok: true, value: { kind: "refunded", amount: { minor: 10_000n } } },
    ]);
  });

  it("reads the document's Alipay reply: time in UTC+8, what was paid in CNY, who paid", async () => {
    const { account, port } = openedAccount([answer(ALIPAY_SAMPLES.alipayQuery)], {}, "test-mer");
    const key = { method: "alipay.qr", gatewayOrderNo: "2018020721001003750533954072", gatewayRef: null, amount: KEY.amount } as const;
    expect(await account.query?.(key)).toEqual({
      ok: true,
      value: {
        kind: "paid",
        gatewayRef: "2018020716122408862056356",
        amount: { minor: 10n, currency: "HKD" },
        paidAt: new Date("2018-02-07T08:12:24Z"),
        detail: { payAmount: "0.08", payCurrency: "CNY", exchangeRate: "0.804740", payer: "2088702631783753" },
      },
    });
    expect(port.sent[0]?.url).toBe(`${BASE_URL}/alipay/order?out_order_no=2018020721001003750533954072`);
  });

  it.each([
    ["INIT", { kind: "pending" }],
    ["USERPAYING", { kind: "pending", seen: true }],
    ["FAIL", { kind: "failed" }],
    ["EXPIRED", { kind: "closed" }],
    ["PAID", { kind: "paid" }],
    ["paid", { kind: "unknown" }],
    ["REVOKED", { kind: "unknown" }],
    ["", { kind: "unknown" }],
    ["toString", { kind: "unknown" }],
  ])("status %s", async (status, standing) => {
    expect(await standingOf({ ...ORDER, status })).toMatchObject({ ok: true, value: standing });
  });

  it.each([
    ["FULL", "refunded"],
    ["Full", "refunded"],
    ["None", "paid"],
    ["NONE", "paid"],
    ["PART", "paid"],
  ])("refund_status %s of a paid order, whatever its case", async (refundStatus, kind) => {
    expect(await standingOf({ ...ORDER, refund_status: refundStatus })).toMatchObject({ ok: true, value: { kind } });
  });

  it.each([
    ["an amount with too many places", { amount: "1.001" }],
    ["an amount in scientific notation", { amount: "1e3" }],
    ["a negative amount", { amount: "-1" }],
    ["an empty amount", { amount: "" }],
    ["yen with decimals", { currency: "JPY", amount: "1.5" }],
    ["a currency that is not in the document", { currency: "hkd" }],
    ["no currency", { currency: "" }],
    ["a time that is none", { trade_time: "2017-13-41 99:99:99" }],
    ["no number", { no: "" }],
    ["two spellings that differ", { payment_no: "other" }],
    ["another merchant", { merchant_no: "yyy" }],
    ["another number of ours", { agent_order_id: "THEIRS" }],
  ])("paid with %s is unclear", async (_what, change) => {
    expect(await standingOf({ ...ORDER, ...change })).toMatchObject({ ok: true, value: { kind: "unknown" } });
  });

  it("an answer about another payment of the gateway is unclear", async () => {
    expect(await standingOf(ORDER, {}, { ...KEY, gatewayRef: "1" })).toMatchObject({ ok: true, value: { kind: "unknown" } });
  });

  it.each([envelope({}), envelope({ order: [] }), envelope({ order: "PAID" })])("an answer without an order is unclear", async (reply) => {
    const { account } = openedAccount([answer(reply)]);
    expect(await account.query?.(KEY)).toMatchObject({ ok: false, kind: "unknown" });
  });

  it("any amount of any currency comes back as it was written, as text or as a number", async () => {
    const money = fc.record({ minor: fc.bigInt({ min: 1n, max: 9_999_999_999_999n }), currency: fc.constantFrom(...CURRENCIES) });
    await fc.assert(
      fc.asyncProperty(money, fc.boolean(), async (amount, asNumber) => {
        const text = formatMajor(amount);
        const order = JSON.stringify({ ...ORDER, currency: amount.currency, amount: "AMOUNT" });
        const body = `{"meta":{"status_code":200,"success":true},"data":{"order":${order.replace('"AMOUNT"', asNumber ? text : `"${text}"`)}}}`;
        const { account } = openedAccount([answer(body)]);
        expect(await account.query?.(KEY)).toMatchObject({ ok: true, value: { kind: "paid", amount } });
      }),
      { numRuns: 60 },
    );
  });
});

describe("rate", () => {
  it("WeChat's and Alipay's are CNY per one unit, from their own envelopes", async () => {
    const { account, port } = openedAccount([answer(WECHAT_SAMPLES.rate), answer(ALIPAY_SAMPLES.alipayRate)]);
    const at = new Date("2026-11-20T04:00:00Z");
    expect(await account.rate?.("wechat", "USD")).toEqual({ ok: true, value: { currency: "USD", cnyPerUnit: "6.8575", at } });
    expect(await account.rate?.("alipay", "HKD")).toEqual({ ok: true, value: { currency: "HKD", cnyPerUnit: "0.860000", at } });
    expect(port.sent.map(({ url }) => url)).toEqual([
      `${BASE_URL}/rate?currency=USD&merchant_no=xxx`,
      `${BASE_URL}/alipay/rate?currency=HKD`,
    ]);
  });

  it.each([
    ["another currency's", { currency: "HKD", rate: "6.8" }],
    ["zero", { currency: "USD", rate: "0.00" }],
    ["not a decimal", { currency: "USD", rate: "6,8" }],
  ])("a rate that is %s is unclear", async (_what, data) => {
    const { account } = openedAccount([answer(envelope(data))]);
    expect(await account.rate?.("wechat", "USD")).toMatchObject({ ok: false, kind: "unknown" });
  });

  it("a wallet the document has no rate for is unsupported", async () => {
    expect(await openedAccount().account.rate?.("qq", "USD")).toMatchObject({ ok: false, kind: "refused", code: "unsupported" });
  });
});
