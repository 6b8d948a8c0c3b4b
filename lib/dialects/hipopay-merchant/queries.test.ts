import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hipopayMerchantDialect } from "#lib/dialects/hipopay-merchant/index.ts";
import { backend, call, MERCHANT } from "#lib/dialects/hipopay-merchant/testing/drive.ts";
import { dialectById } from "#lib/dialects/registry.ts";
import { payment } from "#lib/dialects/testing/fake-backend.ts";

/** seeds/001, Check Payment Order. */
const EXAMPLE = {
  amount: "0.02",
  currency: "HKD",
  exchange_rate: "0.881890",
  out_trade_id: "2746847384112837273872",
  payment_no: "2018071823332342210483065",
  status: "PAID",
  product_info: "Alipay App Pay",
  trade_time: "2018-07-18 23:33:23",
  trade_type: "APP",
};
const HELD = payment({
  no: EXAMPLE.payment_no,
  clientNo: EXAMPLE.out_trade_id,
  method: "alipay.app",
  amount: EXAMPLE.amount,
  subject: EXAMPLE.product_info,
  exchangeRate: EXAMPLE.exchange_rate,
  createdAt: new Date("2018-07-18T15:33:23Z"),
});

describe("GET /payment", () => {
  it.each([
    { payment_no: EXAMPLE.payment_no },
    { out_trade_id: EXAMPLE.out_trade_id },
    { payment_no: EXAMPLE.payment_no, out_trade_id: "x" },
  ])("by %o answers the document's example", async (asked) => {
    const to = backend();
    to.payments.push(HELD);
    const { json } = await call(to, "GET", "/payment", asked);
    expect(json).toEqual({ is_success: true, response: EXAMPLE });
  });

  it.each([
    [{ state: "INIT" as const }, "INIT"],
    [{ state: "INIT" as const, userPaying: true }, "USERPAYING"],
    [{ state: "FAIL" as const }, "FAIL"],
    [{ state: "EXPIRED" as const }, "EXPIRED"],
    [{ state: "CLOSED" as const }, "EXPIRED"],
  ])("%o is %s, the other fields stay", async (held, status) => {
    const to = backend();
    to.payments.push({ ...HELD, ...held });
    expect((await call(to, "GET", "/payment", { payment_no: HELD.no })).json.response).toEqual({ ...EXAMPLE, status });
  });

  it("of an order priced in CNY says CNY and the rate of what is settled", async () => {
    const to = backend();
    to.payments.push({ ...HELD, currency: "CNY", extra: { is_rmb: "TRUE", settle_currency: "USD", exchange_rate: "6.8575" } });
    expect((await call(to, "GET", "/payment", { payment_no: HELD.no })).json.response).toEqual({
      ...EXAMPLE,
      currency: "CNY",
      exchange_rate: "6.8575",
    });
  });

  it("is PAYMENT_NOT_FOUND for an unknown one, PARAM_ERROR without a number", async () => {
    const { json } = await call(backend(), "GET", "/payment", { payment_no: "x" });
    expect(json).toEqual({ is_success: false, error: "PAYMENT_NOT_FOUND", error_message: "Order not found" });
    const none = await call(backend(), "GET", "/payment", { payment_no: "", out_trade_id: "" });
    expect(none.json).toMatchObject({ error: "PARAM_ERROR", error_message: expect.stringContaining("payment_no, out_trade_id") });
  });
});

describe("GET forex_rate", () => {
  const rated = (rate: string | null) => {
    const to = backend();
    to.rate = async () => rate;
    return to;
  };

  // 1 ÷ 6.7112 is the document's own example; the others are from another language's decimal arithmetic of 28 digits.
  it.each([
    ["6.7112", "0.1490046489450470854690666349"],
    ["6.8575", "0.1458257382427998541742617572"],
    ["0.860000", "1.162790697674418604651162791"],
    ["0.0472", "21.18644067796610169491525424"],
    ["0.005100", "196.0784313725490196078431373"],
    ["0.8", "1.25"],
    ["1", "1"],
  ])("at %s CNY per one is %s per one CNY, by all four names", async (rate, forex_rate) => {
    for (const path of ["/wechatpay/forex_rate", "/wechatpay/rate", "/alipay/forex_rate", "/alipay/rate"]) {
      const { json } = await call(rated(rate), "GET", path, { currency: "USD" });
      expect(json).toEqual({ is_success: true, response: { currency: "USD", forex_rate } });
    }
  });

  it("asks for the wallet of its path", async () => {
    const to = backend();
    expect((await call(to, "GET", "/wechatpay/forex_rate", { currency: "USD" })).json.is_success).toBe(true);
    expect((await call(to, "GET", "/alipay/forex_rate", { currency: "USD" })).json.error).toBe("CURRENCY_NOT_SUPPORT");
  });

  it("has the document's error for a currency without a rate or unknown, PARAM_ERROR without one", async () => {
    const without = await call(rated(null), "GET", "/wechatpay/forex_rate", { currency: "USD" });
    expect(without.json).toEqual({ is_success: false, error: "CURRENCY_NOT_SUPPORT", error_message: "This currency is not supported" });
    expect((await call(rated("1"), "GET", "/wechatpay/forex_rate", { currency: "XXX" })).json.error).toBe("CURRENCY_NOT_SUPPORT");
    expect((await call(rated("1"), "GET", "/wechatpay/forex_rate", {})).json.error).toBe("PARAM_ERROR");
  });

  it("times the rate is one, but for the last of 28 digits", async () => {
    const rate = fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 1, max: 999_999 }));
    await fc.assert(
      fc.asyncProperty(rate, async ([whole, micro]) => {
        const text = `${whole}.${micro.toString().padStart(6, "0")}`;
        const { json } = await call(rated(text), "GET", "/wechatpay/rate", { currency: "USD" });
        const [before = "", after = ""] = String(json.response.forex_rate).split(".");
        expect(`${before}${after}`.replace(/^0+/, "").length).toBeLessThanOrEqual(28);
        // whole.micro × forex_rate in units of 10^-(6 + places), against one.
        const product = BigInt(whole * 1_000_000 + micro) * BigInt(before + after);
        const one = 10n ** BigInt(6 + after.length);
        const off = product > one ? product - one : one - product;
        expect(off * 10n ** 27n <= one * 5n).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the dialect", () => {
  it("is in the registry by its id", () => {
    expect(dialectById("hipopay-merchant")).toBe(hipopayMerchantDialect);
  });

  it("sends the shopper back to the plain return_url", () => {
    const { returnUrl } = hipopayMerchantDialect;
    expect(returnUrl(payment({ returnUrl: "https://shop.example/r?a=%7e1#x" }), MERCHANT)).toBe("https://shop.example/r?a=%7e1#x");
    expect(returnUrl(payment(), MERCHANT)).toBeNull();
  });
});
