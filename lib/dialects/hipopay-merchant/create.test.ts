import { describe, expect, it } from "vitest";
import { rsaSha256Verify } from "#lib/crypto/rsa.ts";
import type { Problem } from "#lib/dialects/backend.ts";
import { backend, call } from "#lib/dialects/hipopay-merchant/testing/drive.ts";
import vectors from "#lib/dialects/hipopay-merchant/vectors.json" with { type: "json" };

const ORDER = {
  out_trade_id: "d2849e8140a6",
  amount: "0.10",
  currency: "HKD",
  product_info: "Wechat Mini Program Pay",
  client_ip: "1.1.1.1",
};

describe("is_rmb=TRUE prices in CNY and settles in the request's currency", () => {
  const ask = async (fields: Record<string, string>) => {
    const to = backend();
    const { json } = await call(to, "POST", "/wechatpay/qrcode/payment", { ...ORDER, ...fields });
    return { created: to.created, json };
  };

  it.each(["TRUE", "true"])(
    "%s: amount and currency of order and reply are CNY; currency, its rate and the switch are remembered",
    async (is_rmb) => {
      const { created, json } = await ask({ is_rmb, currency: "USD", amount: "1.50" });
      expect(created).toMatchObject([
        { currency: "CNY", amount: "1.50", extra: { is_rmb: "TRUE", settle_currency: "USD", exchange_rate: "6.8575" } },
      ]);
      expect(json.response).toMatchObject({ amount: "1.50", currency: "CNY" });
    },
  );

  it("takes CNY's two decimals whatever is settled, and JPY's none without it", async () => {
    expect((await ask({ is_rmb: "TRUE", amount: "1.55" })).json.is_success).toBe(true);
    expect((await ask({ is_rmb: "FALSE", currency: "JPY", amount: "1.55" })).json.error_message).toContain("amount");
    expect((await ask({ is_rmb: "FALSE" })).created).toMatchObject([{ currency: "HKD", extra: {} }]);
  });

  it("refuses a currency without a rate, and a switch that is none", async () => {
    expect((await ask({ is_rmb: "TRUE", currency: "KRW" })).json.error).toBe("FOREX_MERCHANT_NOT_SUPPORT_THIS_CURRENCY");
    for (const [name, value] of [
      ["is_rmb", "1"],
      ["hk_wallet", "yes"],
    ] as const) {
      expect((await ask({ [name]: value })).json).toMatchObject({ error: "PARAM_ERROR", error_message: expect.stringContaining(name) });
    }
  });
});

describe("amounts, currencies and addresses", () => {
  it.each([
    ["0.01", "CNY", null],
    ["19.90", "HKD", null],
    ["100", "JPY", null],
    ["1.001", "CNY", "amount"],
    ["1.5", "JPY", "amount"],
    ["1.0", "KRW", "amount"],
    ["1e3", "CNY", "amount"],
    ["0.00", "CNY", "amount"],
    ["-1", "CNY", "amount"],
    ["01", "CNY", "amount"],
    ["１", "CNY", "amount"],
    ["99999999999999", "CNY", "amount"],
  ])("%s %s", async (amount, currency, named) => {
    const { json } = await call(backend(), "POST", "/alipay/qrcode/payment", { ...ORDER, amount, currency });
    if (named === null) expect(json.is_success).toBe(true);
    else expect(json).toMatchObject({ error: "PARAM_ERROR", error_message: expect.stringContaining(named) });
  });

  it.each(["SGD", "hkd", "toString"])("a currency like %s has the document's own error", async (currency) => {
    const { json } = await call(backend(), "POST", "/alipay/qrcode/payment", { ...ORDER, currency });
    expect(json).toEqual({
      is_success: false,
      error: "FOREX_MERCHANT_NOT_SUPPORT_THIS_CURRENCY",
      error_message: "This currency is not supported: currency is not supported",
    });
  });

  it.each([
    ["client_ip", "localhost"],
    ["notify_url", "ftp://shop.example/n"],
    ["return_url", "javascript:alert(1)"],
  ])("%s = %s is refused by name", async (name, value) => {
    const { json } = await call(backend(), "POST", "/alipay/wap/payment", { ...ORDER, return_url: "https://a.example", [name]: value });
    expect(json).toMatchObject({ error: "PARAM_ERROR", error_message: expect.stringContaining(name) });
  });
});

it.each<[Problem, number, string]>([
  ["unknown_merchant", 200, "ILLEGAL_PARTNER"],
  ["currency_not_supported", 200, "FOREX_MERCHANT_NOT_SUPPORT_THIS_CURRENCY"],
  ["amount_invalid", 200, "PARAM_ERROR"],
  ["duplicate_number", 200, "OUT_TRADE_NO_USED"],
  ["auth_code_invalid", 200, "AUTH_CODE_INVALID"],
  ["auth_code_expired", 200, "AUTHCODEEXPIRE"],
  ["balance_insufficient", 200, "NOTENOUGH"],
  ["wallet_down", 200, "SYSTEMERROR"],
  ["unavailable", 503, "SYSTEM_EXCEPTION"],
])("what the gateway cannot do has a name: %s", async (problem, status, error) => {
  const to = backend();
  to.problem = problem;
  const { reply, json } = await call(to, "POST", "/wechatpay/barcode/payment", { ...ORDER, auth_code: "1" });
  expect(reply.status).toBe(status);
  expect(json).toEqual({ is_success: false, error, error_message: expect.stringMatching(/./) });
});

it("Alipay's order string is signed by the gateway and a quotation mark cannot end a value", async () => {
  const { json } = await call(backend(), "POST", "/alipay/app/payment", { ...ORDER, product_info: '茶" &total_fee="0.01' });
  const [, text = "", sign = ""] = /^(.*)&sign="([^"]+)"&sign_type="RSA"$/.exec(String(json.response.prepay_string)) ?? [];
  expect(text).toContain('&subject="茶 &total_fee=0.01"&total_fee="0.10"');
  expect(rsaSha256Verify(text, decodeURIComponent(sign), vectors.keys.gateway_public)).toBe(true);
});
