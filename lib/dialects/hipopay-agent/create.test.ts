import { describe, expect, it } from "vitest";
import { rsaSha256Verify } from "#lib/crypto/rsa.ts";
import type { Problem } from "#lib/dialects/backend.ts";
import { hipopayAgentDialect } from "#lib/dialects/hipopay-agent/index.ts";
import { backend, call, jsonOf, request } from "#lib/dialects/hipopay-agent/testing/drive.ts";
import vectors from "#lib/dialects/hipopay-agent/vectors.json" with { type: "json" };

const WECHAT = { merchant_no: "xxx", currency: "HKD", amount: "100", product_info: "这是一个商品的名称" };
const ALIPAY = { merchant_no: "xxx", currency: "HKD", amount: "100", subject: "这是一个商品的名称" };
const NO = "2017062312381442716795237";

describe("amounts and currencies", () => {
  it.each([
    ["0.01", "CNY", null],
    ["19.90", "HKD", null],
    ["100", "JPY", null],
    ["100", "THB", null],
    ["1.001", "CNY", "amount"],
    ["1.000", "CNY", "amount"],
    ["1.5", "JPY", "amount"],
    ["1.0", "KRW", "amount"],
    ["1e3", "CNY", "amount"],
    ["0", "CNY", "amount"],
    ["0.00", "CNY", "amount"],
    ["-1", "CNY", "amount"],
    ["+1", "CNY", "amount"],
    ["01", "CNY", "amount"],
    ["1.", "CNY", "amount"],
    [".5", "CNY", "amount"],
    ["１", "CNY", "amount"],
    ["99999999999999", "CNY", "amount"],
    ["1", "SGD", "currency"],
    ["1", "hkd", "currency"],
    ["1", "toString", "currency"],
  ])("%s %s", async (amount, currency, named) => {
    const { reply, json } = await call(backend(), "POST", "/alipay/qrcode_pay", { ...ALIPAY, amount, currency });
    expect(reply.status).toBe(named ? 400 : 200);
    if (named) expect(json.meta.message).toContain(`${named} `);
  });
});

describe("what the gateway cannot do", () => {
  const SCAN = { ...WECHAT, ip: "1.1.1.1", auth_code: "1", agent_order_id: "A-1" };
  it.each<[Problem, number, string]>([
    ["unknown_merchant", 403, "merchant_no"],
    ["currency_not_supported", 400, "currency"],
    ["amount_invalid", 400, "amount"],
    ["duplicate_number", 400, "agent_order_id"],
    ["not_found", 404, ""],
    ["unavailable", 503, ""],
    ["auth_code_invalid", 555, "AUTH_CODE_INVALID"],
    ["auth_code_expired", 555, "AUTHCODEEXPIRE"],
    ["balance_insufficient", 555, "NOTENOUGH"],
    ["wallet_down", 555, "SYSTEMERROR"],
  ])("%s is %i", async (problem, status, word) => {
    const to = backend();
    to.problem = problem;
    const { reply, json } = await call(to, "POST", "/order/scan_pay", SCAN);
    expect(reply.status).toBe(status);
    expect(json.meta).toMatchObject({ status_code: status, success: false });
    expect(json.meta.message).toContain(word);
    // seeds/000 §3: with 555 the message is itself JSON.
    if (status === 555) expect(JSON.parse(json.meta.message)).toEqual({ wx_code: word, wx_message: expect.stringMatching(/./) });
  });

  it.each([
    ["ip", "localhost"],
    ["notify_url", "ftp://shop.example/n"],
    ["notify_url", "shop"],
  ])("%s = %s is 400 naming it", async (name, value) => {
    const { reply, json } = await call(backend(), "POST", "/order/scan_pay", { ...SCAN, [name]: value });
    expect(reply.status).toBe(400);
    expect(json.meta.message).toContain(name);
  });
});

describe("the desks (seeds/000 §4.6, §4.7, §6.4)", () => {
  it.each([
    ["/pc_desk", "pc_desk", "wechat.desk", WECHAT, "agent_order_id"],
    ["/mp_desk", "mp_desk", "wechat.mp_desk", WECHAT, "agent_order_id"],
    ["/alipay/desk", "alipay_desk", "alipay.desk", ALIPAY, "out_order_no"],
  ])("GET %s redirects an unsigned browser to its page and keeps the extra parameters", async (path, page, pays, fields, clientNo) => {
    const to = backend();
    const sent = { ...fields, return_url: "https://shop.example/r?a=1", [clientNo]: "A-1", colour: "红" };
    const query = `${new URLSearchParams(sent)}&__proto__=1`;
    const reply = await hipopayAgentDialect.handle(request({ method: "GET", path, query }), to);
    expect(reply).toMatchObject({ status: 302, headers: { Location: `https://gateway.example/${page}/${NO}` } });
    expect(to.created).toMatchObject([{ method: pays, clientNo: "A-1", returnUrl: "https://shop.example/r?a=1", extra: { colour: "红" } }]);
    expect(Object.keys(to.created[0]?.extra ?? {})).toEqual(["colour", "__proto__"]);
  });

  it("refuse a missing or dangerous return_url, and an unknown merchant", async () => {
    const ask = (fields: Record<string, string>) =>
      hipopayAgentDialect.handle(request({ method: "GET", path: "/pc_desk", query: new URLSearchParams(fields).toString() }), backend());
    for (const fields of [WECHAT, { ...WECHAT, return_url: "javascript:alert(1)" }]) {
      const reply = await ask(fields);
      expect(reply.status).toBe(400);
      expect(jsonOf(reply).meta.message).toContain("return_url");
    }
    expect((await ask({ ...WECHAT, return_url: "https://shop.example", merchant_no: "nobody" })).status).toBe(403);
  });
});

it("a prepay_string is signed by the gateway and a quotation mark cannot end a value (seeds/000 §6.2.1)", async () => {
  const { json } = await call(backend(), "POST", "/alipay/app_pay", { ...ALIPAY, subject: '茶" &total_fee="0.01' });
  const [, text = "", sign = ""] = /^(.*)&sign="([^"]+)"&sign_type="RSA"$/.exec(String(json.data.prepay_string)) ?? [];
  expect(text).toContain('&subject="茶 &total_fee=0.01"&total_fee="100"');
  expect(rsaSha256Verify(text, decodeURIComponent(sign), vectors.keys.gateway_public)).toBe(true);
});
