import { describe, expect, it } from "vitest";
import type { Problem } from "#lib/dialects/backend.ts";
import { BANKS } from "#lib/dialects/fengniao/banks.ts";
import { backend, CREATIONS, call } from "#lib/dialects/fengniao/testing/drive.ts";

describe("amounts", () => {
  it.each<[unknown, string | null]>([
    [0.01, "0.01"],
    ["0.01", "0.01"],
    ["19.90", "19.90"],
    [19.9, "19.90"],
    ["5", "5.00"],
    [100000000, "100000000.00"],
    ["100000000.00", "100000000.00"],
    ["100000000.01", null],
    ["99999999999999999999999999", null],
    ["0", null],
    ["0.00", null],
    ["1.001", null],
    ["1.000", null],
    ["1e3", null],
    ["-1", null],
    ["+1", null],
    ["01", null],
    ["1.", null],
    [".5", null],
    ["１", null],
    [true, null],
    [[1], null],
  ])("%j is %s", async (total_amount, amount) => {
    const to = backend();
    const { json, reply } = await call(to, "alipay.qr_code_pay", { ...CREATIONS["alipay.qr_code_pay"], total_amount });
    expect(to.created.map((created) => created.amount)).toEqual(amount === null ? [] : [amount]);
    if (amount === null) expect(json).toEqual({ error_code: 10008, error_msg: expect.stringContaining("total_amount ") });
    else expect(reply.body).toContain(`"total_amount":${amount}`);
  });

  it("are read by their source text, so that 1.10 and 0.1e1 are not what a float makes of them", async () => {
    const content = (text: string) => JSON.stringify(CREATIONS["jd.pay"]).replace('"0.01"', text);
    expect((await call(backend(), "jd.pay", content("1.10"))).reply.body).toContain('"total_amount":1.10');
    expect((await call(backend(), "jd.pay", content("0.1e1"))).json.error_code).toBe(10008);
    expect((await call(backend(), "jd.pay", content("0.10000000000000001"))).json.error_code).toBe(10008);
  });
});

describe("a wrong field has its code and is named", () => {
  it.each<[string, string, unknown, number]>([
    ["weixin.qr_code_pay", "out_trade_no", "a-b", 10008],
    ["weixin.qr_code_pay", "out_trade_no", "单号", 10008],
    ["weixin.qr_code_pay", "out_trade_no", "x".repeat(65), 10008],
    ["weixin.qr_code_pay", "merchant_no", "1".repeat(21), 10008],
    ["weixin.qr_code_pay", "order_name", "茶".repeat(65), 10008],
    ["weixin.qr_code_pay", "sub_appid", "wx-1", 10005],
    ["weixin.qr_code_pay", "spbill_create_ip", "localhost", 10008],
    ["weixin.qr_code_pay", "spbill_create_ip", "2001:db8:1:1:1:1:1:1", 10008],
    ["weixin.qr_code_pay", "notify_url", "ftp://shop.example/n", 10008],
    ["weixin.qr_code_pay", "notify_url", "javascript:alert(1)", 10008],
    ["weixin.qr_code_pay", "goods_id", "g".repeat(33), 10008],
    ["weixin.qr_code_pay", "is_online", "2", 10008],
    ["weixin.h5_pay", "sub_mch_id", "a b", 10009],
    ["weixin.mppay", "sub_mch_id", "1".repeat(17), 10008],
    ["weixin.mppay", "tran_type", "3", 10008],
    ["weixin.mppay", "cancel_url", "shop", 10008],
    ["weixin.pay", "return_url", "/r", 10008],
    ["alipay.scan_qr_code_pay", "scene", "face", 10008],
    ["jd.pay", "order_type", 2, 10008],
    ["unionpay.gateway", "channel_type", "7", 10008],
    ["unionpay.gateway", "pay_type", 4, 10008],
    ["unionpay.gateway", "bank_code", "00000000", 10008],
    ["unionpay.gateway", "bank_code", "toString", 10008],
    ["unionpay.wap", "card_no", "6222-0200-0000", 10008],
    ["unionpay.wap", "card_no", "1".repeat(20), 10008],
    ["alipay.qr_code_pay", "order_name", "\ud800", 10008],
    ["alipay.qr_code_pay", "order_name", "\0", 10008],
  ])("%s %s = %j is %i %i", async (method, name, value, code) => {
    const to = backend();
    const { json } = await call(to, method, { ...CREATIONS[method], [name]: value });
    expect(json).toEqual({ error_code: code, error_msg: expect.stringContaining(name) });
    expect(to.created).toEqual([]);
  });

  it("64 Chinese characters are 64, and a letter beyond the plane is one", async () => {
    const content = { ...CREATIONS["alipay.qr_code_pay"], order_name: `${"茶".repeat(63)}𠮷` };
    expect((await call(backend(), "alipay.qr_code_pay", content)).json.error_code).toBe(0);
  });

  it("online JSAPI payments need the sub-merchant (§2.2)", async () => {
    const content = { ...CREATIONS["weixin.mppay"], tran_type: 2 };
    expect((await call(backend(), "weixin.mppay", content)).json).toMatchObject({
      error_code: 10008,
      error_msg: expect.stringContaining("sub_mch_id"),
    });
    expect((await call(backend(), "weixin.mppay", { ...content, sub_mch_id: "1900000109" })).json.error_code).toBe(0);
  });

  it("every bank of the document is taken", async () => {
    expect(Object.keys(BANKS)).toHaveLength(25);
    for (const bank_code of Object.keys(BANKS)) {
      const { json } = await call(backend(), "unionpay.gateway", { ...CREATIONS["unionpay.gateway"], bank_code });
      expect(json.error_code).toBe(0);
    }
  });
});

it.each<[Problem, number, string]>([
  ["unknown_merchant", 10011, "merchant_no"],
  ["currency_not_supported", 10008, "total_amount"],
  ["amount_invalid", 10008, "total_amount"],
  ["duplicate_number", 12001, "out_trade_no"],
  ["auth_code_invalid", 10008, "auth_code"],
  ["auth_code_expired", 10008, "auth_code"],
  ["balance_insufficient", 10008, "余额不足"],
  ["unavailable", 10006, ""],
  ["wallet_down", 1000, ""],
])("what the gateway cannot do has its code: %s is %i %s", async (problem, code, word) => {
  const to = backend();
  to.problem = problem;
  const { json, reply } = await call(to, "weixin.scan_qr_code_pay", CREATIONS["weixin.scan_qr_code_pay"] ?? {});
  expect(reply.status).toBe(200);
  expect(json).toEqual({ error_code: code, error_msg: expect.stringContaining(word) });
});
