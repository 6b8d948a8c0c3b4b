import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Method } from "#lib/domain/methods.ts";
import { formatMajor } from "#lib/domain/money.ts";
import { STATUSES } from "#lib/gateways/fengniao/standing.ts";
import { cny, credentials, ok, openedAccount, sentCall } from "#lib/gateways/fengniao/test-account.ts";
import type { PaymentKey } from "#lib/gateways/gateway.ts";

const KEY: PaymentKey = { method: "wechat.native", gatewayOrderNo: "T1", gatewayRef: null, amount: cny(1525n) };
const COMMON = { out_trade_no: "T1", trade_no: "20170818000017", total_amount: "15.25", net_receipt_amount: "15.20" };
const PAID = { ...COMMON, pay_time: "2017-08-18 16:12:42" };
const AT = new Date("2017-08-18T08:12:42Z");
const ANSWERED = { gatewayRef: "20170818000017", amount: cny(1525n), paidAt: AT };
const METHODS = { wechat: "wechat.native", alipay: "alipay.qr", jd: "jd.native", qq: "qq.native", unionpay: "unionpay.wap" } as const;

async function standingOf(method: Method, order: object, key: Partial<PaymentKey> = {}) {
  const { account } = openedAccount([ok(order)]);
  const outcome = await account.query?.({ ...KEY, method, ...key });
  return outcome?.ok ? outcome.value : outcome;
}

describe("the document's four shapes", () => {
  it("WeChat's: who paid, and what of it in cash", async () => {
    const wechat = { bank_type: "CFT", cash_fee: 15.25, openid: "oQx43wJ", is_subscribe: "N", trade_state_desc: "支付成功" };
    expect(await standingOf("wechat.native", { ...PAID, ...wechat, trade_status: "SUCCESS" })).toEqual({
      ...{ kind: "paid", ...ANSWERED, detail: { payAmount: "15.25", payCurrency: "CNY", payer: "oQx43wJ" } },
    });
  });

  it("Alipay's", async () => {
    const bills = '[{"amount": "15.25", "fundChannel": "ALIPAYACCC"}]';
    const alipay = { buyer_logon_id: "159****5620", receipt_amount: "15.25", fund_bill_list: bills, buyer_user_id: "2088101117955611" };
    expect(await standingOf("alipay.qr", { ...PAID, ...alipay, trade_status: "TRADE_SUCCESS" })).toEqual({
      ...{ kind: "paid", ...ANSWERED, detail: { payer: "2088101117955611" } },
    });
  });

  it("JD's", async () => {
    const jd = { open_id: "token1", user: "138****0000", desc: "成功", promotion_amount: 0 };
    expect(await standingOf("jd.native", { ...PAID, ...jd, trade_status: "2" })).toEqual({
      ...{ kind: "paid", ...ANSWERED, detail: { payer: "token1" } },
    });
  });

  it("UnionPay's, which has a time of digits", async () => {
    const order = { ...COMMON, trade_status: "00", pay_time: "20170803000000" };
    expect(await standingOf("unionpay.gateway", order)).toEqual({ kind: "paid", ...ANSWERED, paidAt: new Date("2017-08-02T16:00:00Z") });
  });

  it("asks by our number, and names the merchant but for UnionPay", async () => {
    for (const [wallet, method] of Object.entries(METHODS)) {
      const { account, port } = openedAccount([ok()]);
      await account.query?.({ ...KEY, method });
      const content = wallet === "unionpay" ? { out_trade_no: "T1" } : { merchant_no: credentials.merchantNo, out_trade_no: "T1" };
      expect(sentCall(port.sent[0])).toEqual({ method: "trade.query", content });
    }
  });
});

const pending = { kind: "pending", gatewayRef: "20170818000017" };
const unknown = { kind: "unknown", reason: expect.any(String) };

describe("status words, text by channel", () => {
  const rows: readonly (readonly [Method, string, object, object])[] = [
    ["wechat.native", "SUCCESS", {}, { kind: "paid" }],
    ["wechat.native", "REFUND", {}, { kind: "refunded", ...ANSWERED }],
    ["wechat.native", "NOTPAY", { pay_time: "" }, pending],
    ["wechat.barcode", "USERPAYING", { pay_time: "" }, { ...pending, seen: true }],
    ["wechat.native", "CLOSED", {}, { kind: "closed" }],
    ["wechat.barcode", "REVOKED", {}, { kind: "closed" }],
    ["wechat.native", "PAYERROR", {}, { kind: "failed", code: "PAYERROR" }],
    ["qq.native", "SUCCESS", {}, { kind: "paid" }],
    ["qq.native", "NOTPAY", {}, pending],
    ["alipay.qr", "WAIT_BUYER_PAY", {}, pending],
    ["alipay.qr", "TRADE_SUCCESS", {}, { kind: "paid" }],
    ["alipay.qr", "TRADE_FINISHED", {}, { kind: "paid" }],
    ["jd.native", "0", {}, pending],
    ["jd.native", "1", {}, pending],
    ["jd.native", "2", {}, { kind: "paid" }],
    ["jd.native", "3", {}, { kind: "failed", code: "3" }],
    ["jd.native", "4", {}, unknown],
    ["jd.native", "5", {}, { kind: "refunded" }],
    ["jd.native", "6", {}, { kind: "paid" }],
    ["jd.native", "7", {}, { kind: "refunded" }],
    ["jd.native", "9", { pay_time: "", net_receipt_amount: "0.00" }, { kind: "closed" }],
    ["unionpay.wap", "00", {}, { kind: "paid" }],
    ["unionpay.wap", "01", {}, pending],
    ["unionpay.wap", "02", {}, { kind: "failed", code: "02" }],
    ["unionpay.wap", "03", { pay_time: "", net_receipt_amount: "" }, { kind: "closed" }],
    ["unionpay.wap", "04", {}, { kind: "refunded" }],
    ["unionpay.wap", "05", {}, unknown],
  ];

  it.each(rows)("%s %s %o", async (method, status, over, standing) => {
    const told = await standingOf(method, { ...PAID, trade_status: status, ...over });
    expect(told).toMatchObject(standing);
    // No other word of the document says that a shopper has it open.
    expect(told !== undefined && "seen" in told).toBe(status === "USERPAYING");
  });

  it("every word of the document's tables is a row here, or Alipay's TRADE_CLOSED below", () => {
    const told = new Set(rows.map(([method, status]) => `${method.split(".")[0]} ${status}`));
    const all = Object.entries(STATUSES).flatMap(([wallet, words]) => Object.keys(words).map((word) => `${wallet} ${word}`));
    const left = all.filter((word) => !told.has(word) && !word.startsWith("qq "));
    expect(left).toEqual(["alipay TRADE_CLOSED"]);
  });

  it.each([
    ["unionpay.wap", "2"],
    ["unionpay.wap", "0"],
    ["jd.native", "02"],
    ["jd.native", "00"],
    ["jd.native", "8"],
    ["wechat.native", "TRADE_SUCCESS"],
    ["wechat.native", "success"],
    ["alipay.qr", "SUCCESS"],
    ["alipay.qr", ""],
    ["alipay.qr", "toString"],
  ] as const)("%s %s is another channel's word, or nobody's", async (method, status) => {
    expect(await standingOf(method, { ...PAID, trade_status: status })).toEqual(unknown);
  });

  it("a status sent as a number is read by its digits, not as a number", async () => {
    const body = (status: string) => `{"error_code":"0","out_trade_no":"T1","trade_no":"1","total_amount":15.25,"trade_status":${status}}`;
    const reply = (status: string) => ({ kind: "answer", status: 200, headers: {}, body: body(status) }) as const;
    const { account } = openedAccount([reply("2"), reply("2.0")]);
    expect(await account.query?.({ ...KEY, method: "jd.native" })).toMatchObject({ ok: true, value: { kind: "paid" } });
    expect(await account.query?.({ ...KEY, method: "jd.native" })).toMatchObject({ ok: true, value: { kind: "unknown" } });
  });
});

describe("Alipay's TRADE_CLOSED: never paid, or paid and all of it sent back", () => {
  const closed = { ...COMMON, trade_status: "TRADE_CLOSED" };
  it.each([
    [{ pay_time: "", receipt_amount: "0.00", net_receipt_amount: "0.00" }, { kind: "closed" }],
    [{ pay_time: null, receipt_amount: null, net_receipt_amount: null }, { kind: "closed" }],
    [
      { pay_time: PAID.pay_time, receipt_amount: "15.25", net_receipt_amount: "0.00" },
      { kind: "refunded", ...ANSWERED },
    ],
    [{ pay_time: PAID.pay_time, receipt_amount: "0.00", net_receipt_amount: "0.00" }, unknown],
    [{ pay_time: "", receipt_amount: "15.25", net_receipt_amount: "0.00" }, unknown],
    [{ pay_time: "0000-00-00 00:00:00", receipt_amount: "0.00" }, unknown],
  ])("%o", async (over, standing) => {
    expect(await standingOf("alipay.qr", { ...closed, ...over })).toEqual(standing);
  });
});

describe("an answer that is not clear", () => {
  const order = { ...PAID, trade_status: "SUCCESS" };
  it.each([
    ["about another number of ours", { out_trade_no: "T2" }],
    ["about no number", { out_trade_no: null }],
    ["an amount with too many places", { total_amount: "15.251" }],
    ["an amount in scientific notation", { total_amount: "1e3" }],
    ["a negative amount", { total_amount: "-15.25" }],
    ["no amount", { total_amount: "" }],
    ["no number of the gateway", { trade_no: "" }],
  ])("%s", async (_what, change) => {
    expect(await standingOf("wechat.native", { ...order, ...change })).toEqual(unknown);
  });

  it("about another payment of the gateway's", async () => {
    expect(await standingOf("wechat.native", order, { gatewayRef: "1" })).toEqual(unknown);
    expect(await standingOf("wechat.native", order, { gatewayRef: COMMON.trade_no })).toMatchObject({ kind: "paid" });
  });

  it("a list instead of text, or no fields at all", async () => {
    expect(await standingOf("wechat.native", { ...order, trade_status: ["SUCCESS"] })).toMatchObject({ ok: false, kind: "unknown" });
    expect(await standingOf("wechat.native", {})).toMatchObject({ kind: "unknown" });
  });
});

it.each([
  ["2009-12-25 09:10:10", new Date("2009-12-25T01:10:10Z")],
  ["20091225091010", new Date("2009-12-25T01:10:10Z")],
  ["091225091010", new Date("2009-12-25T01:10:10Z")],
  ["2009-13-41 99:10:10", null],
  ["", null],
])("the time %s; one that cannot be read decides nothing", async (time, paidAt) => {
  expect(await standingOf("wechat.native", { ...PAID, trade_status: "SUCCESS", pay_time: time })).toMatchObject({ kind: "paid", paidAt });
});

describe("amounts", () => {
  it.each([
    ["19.90", 1990n],
    ["19.9", 1990n],
    ["1.67", 167n],
    ["1.68", 168n],
    ["2.68", 268n],
    ["0.01", 1n],
    ["5", 500n],
  ])("%s yuan are %i fen", async (total, minor) => {
    expect(await standingOf("wechat.native", { ...PAID, trade_status: "SUCCESS", total_amount: total })).toMatchObject({
      amount: cny(minor),
    });
  });

  it("any of them comes back as it was written, as text or as a number", async () => {
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: 1n, max: 9_999_999_999_999n }), fc.boolean(), async (minor, asNumber) => {
        const total = formatMajor(cny(minor));
        const order = JSON.stringify({ error_code: 0, ...PAID, trade_status: "SUCCESS", total_amount: "TOTAL" });
        const { account } = openedAccount([
          { kind: "answer", status: 200, headers: {}, body: order.replace('"TOTAL"', asNumber ? total : `"${total}"`) },
        ]);
        expect(await account.query?.(KEY)).toMatchObject({ ok: true, value: { kind: "paid", amount: cny(minor) } });
      }),
      { numRuns: 60 },
    );
  });
});
