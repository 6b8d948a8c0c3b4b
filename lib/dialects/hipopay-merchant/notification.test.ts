import { verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Payment } from "#lib/dialects/backend.ts";
import { hipopayMerchantDialect } from "#lib/dialects/hipopay-merchant/index.ts";
import { MERCHANT } from "#lib/dialects/hipopay-merchant/testing/drive.ts";
import vectors from "#lib/dialects/hipopay-merchant/vectors.json" with { type: "json" };
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const { notification, acknowledged, retrySeconds } = hipopayMerchantDialect;
const NOTIFY = { notifyUrl: "https://shop.example/n", clientNo: "A-1" };

function fieldsOf(paid: Payment): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(notification(MERCHANT, paid, new Date(0))?.body));
}

describe("a notification", () => {
  it("has the twelve documented fields", () => {
    expect(fieldsOf(payment(NOTIFY))).toEqual({
      status: "PAID",
      trade_type: "JSAPI",
      exchange_rate: "0.8777",
      payment_no: "2017062221294656822821341",
      currency: "HKD",
      settle_currency: "HKD",
      amount: "1",
      trade_time: "2017-06-22 21:29:47",
      finish_time: "2017-06-22 21:29:59",
      pay_currency: "CNY",
      pay_amount: "0.87",
      out_trade_id: "A-1",
    });
  });

  it("of an order priced in CNY tells the price in CNY and what is settled", () => {
    const extra = { is_rmb: "TRUE", settle_currency: "USD", exchange_rate: "6.8575" };
    const told = fieldsOf(payment({ ...NOTIFY, currency: "CNY", exchangeRate: "1", extra }));
    expect(told).toMatchObject({ currency: "CNY", settle_currency: "USD", exchange_rate: "6.8575", pay_currency: "CNY" });
  });

  it("is sent to nobody without a notify_url, nor for a payment that is not PAID", () => {
    expect(notification(MERCHANT, payment(), new Date(0))).toBeNull();
    for (const state of ["INIT", "FAIL", "EXPIRED", "CLOSED"] as const) {
      expect(notification(MERCHANT, payment({ ...NOTIFY, state }), new Date(0))).toBeNull();
    }
  });

  it("names the account whose key is missing", () => {
    expect(() => notification({ ...MERCHANT, gatewayPrivateKey: null }, payment(NOTIFY), new Date(0))).toThrow(MERCHANT.callerNo);
  });

  it("carries printable ASCII only and verifies over the raw, sorted values, whatever the payment holds", () => {
    const text = fc.string({ unit: "binary", maxLength: 40 });
    const extra = fc.record({ response_version: fc.constantFrom("1.0", "3.0"), bank_type: text, promotion_detail: text });
    fc.assert(
      fc.property(text, fc.option(text), extra, (payAmount, clientNo, remembered) => {
        const message = notification(MERCHANT, payment({ ...NOTIFY, payAmount, clientNo, extra: remembered }), new Date(0));
        const fields = [...new URLSearchParams(message?.body)];
        const raw = fields
          .map(([name, value]) => `${name}=${value}`)
          .sort()
          .join("&");
        const signature = Buffer.from(message?.headers.Signature ?? "", "base64");
        expect(fields).toHaveLength(remembered.response_version === "3.0" ? 16 : 12);
        expect(raw).toMatch(/^[\x20-\x7e]*$/);
        expect(verify("sha256", Buffer.from(`${raw},0`), vectors.keys.gateway_public, signature)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe("response_version=3.0 adds", () => {
  const V3 = { response_version: "3.0" };

  it.each([
    ["a CNY payment of a foreign price", { exchangeRate: "0.8" }, "0.8", "1.25"],
    ["a payment in the price's currency", { payCurrency: "HKD", payAmount: "1" }, "1", "1"],
    [
      "an HKD payment of another price",
      { currency: "USD", amount: "2", payCurrency: "HKD", payAmount: "15.60" },
      "7.8",
      "0.1282051282051282051282051282",
    ],
  ])("pay_rate and its inverse: %s", (_what, changes, pay_rate, pay_rate_reversed) => {
    expect(fieldsOf(payment({ ...NOTIFY, extra: V3, ...changes }))).toMatchObject({ pay_rate, pay_rate_reversed });
  });

  it("bank_type and promotion_detail: what the backend knows, else a balance and no promotion", () => {
    expect(fieldsOf(payment({ ...NOTIFY, extra: V3 }))).toMatchObject({ bank_type: "OTHERS", promotion_detail: "[]" });
    const promotion_detail = JSON.stringify([
      { activity_id: "931386", amount: "1", promotion_id: "109519", scope: "GLOBAL", type: "COUPON" },
    ]);
    const told = fieldsOf(payment({ ...NOTIFY, extra: { ...V3, bank_type: "CMB_DEBIT", promotion_detail } }));
    expect(told).toMatchObject({ bank_type: "CMB_DEBIT", promotion_detail });
  });
});

describe("an answer", () => {
  it.each([
    [200, "success", true],
    [200, " success \r\n\r\n", true],
    [200, "int(1)\nint(200)\nsuccess", true],
    [200, "unsuccessful", false],
    [200, "success\nfail", false],
    [200, "SUCCESS", false],
    [200, "", false],
    [302, "success", false],
    [500, "success", false],
  ])("%i %j counts as received: %s", (status, body, received) => {
    expect(acknowledged({ status, body })).toBe(received);
  });

  it("that did not count is followed by ten documented waits", () => {
    expect(retrySeconds).toEqual([1, 2, 4, 8, 60, 60, 60, 600, 600, 1800]);
  });
});
