import { describe, expect, it } from "vitest";
import { backend, call } from "#lib/dialects/mpgateway/testing/drive.ts";

const NO = "2017062312381442716795237";
const COMMON = { txnamt: 1990, merid: "89900100", orderid: "A1234567", backurl: "http://shop.example/n" };

/** Every action: what it needs, the product's word for it, and what `formaction` says. */
const ROWS = [
  { action: "WxCode", pays: "wechat.barcode", needs: { code: "134567890123456789" }, formaction: undefined },
  { action: "WxSao", pays: "wechat.native", needs: {}, formaction: "weixin://wxpay/bizpayurl?pr=3CaDEKX" },
  { action: "WxJsApi", pays: "wechat.jsapi", needs: { openid: "oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4" }, formaction: "3CaDEKX" },
  { action: "WxH5", pays: "wechat.h5", needs: { ip: "203.0.113.7" }, formaction: `https://gateway.example/wechat_h5/${NO}` },
  { action: "AliCode", pays: "alipay.barcode", needs: { code: "280000000000000000" }, formaction: undefined },
  { action: "AliSao", pays: "alipay.qr", needs: {}, formaction: "https://qr.alipay.com/3CaDEKX" },
  { action: "AliWap", pays: "alipay.wap", needs: {}, formaction: `https://gateway.example/alipay_wap/${NO}` },
  { action: "QQCode", pays: "qq.barcode", needs: { code: "910000000000000000" }, formaction: undefined },
  { action: "QQSao", pays: "qq.native", needs: {}, formaction: "https://qpay.qq.com/qr/3CaDEKX" },
  { action: "USao", pays: "unionpay.qr", needs: {}, formaction: "https://qr.95516.com/00010000/3CaDEKX" },
] as const;

describe.each(ROWS)("action $action", ({ action, pays, needs, formaction }) => {
  const fields: Record<string, unknown> = { action, ...COMMON, ...needs };

  it("creates a payment and answers the fields of seeds/002 §3.1.3", async () => {
    const to = backend();
    const { json, signed, reply } = await call(to, "/api/mpgateway", fields);
    expect([reply.status, signed]).toEqual([200, "good"]);
    expect(json).toEqual({
      respcode: "00",
      respmsg: "成功",
      txnamt: 1990,
      merid: "89900100",
      orderid: "A1234567",
      queryid: NO,
      ...(formaction === undefined ? {} : { formaction }),
    });
    expect(to.created).toMatchObject([
      { method: pays, merchantNo: "89900100", clientNo: "A1234567", currency: "CNY", amount: "19.90", notifyUrl: COMMON.backurl },
    ]);
    expect(to.created[0]).toMatchObject({
      authCode: fields.code ?? null,
      openid: fields.openid ?? null,
      ip: fields.ip ?? null,
      returnUrl: null,
      extra: {},
    });
  });

  it.each(["action", "txnamt", "orderid", "backurl", ...Object.keys(needs)])("is refused by name without %s", async (name) => {
    for (const value of [undefined, "", null]) {
      const to = backend();
      const { json, signed } = await call(to, "/api/mpgateway", { ...fields, [name]: value });
      expect(json).toMatchObject({ respcode: "01", respmsg: expect.stringContaining(name), merid: "89900100" });
      expect(signed).toBe("good");
      expect(to.created).toEqual([]);
    }
  });
});

const SAO = { action: "WxSao", ...COMMON };

describe("a field is refused by name", () => {
  it.each([
    ["action", "wxsao"],
    ["action", "toString"],
    ["txnamt", 0],
    ["txnamt", "0"],
    ["txnamt", "-1"],
    ["txnamt", "1.5"],
    ["txnamt", 1.5],
    ["txnamt", "0100"],
    ["txnamt", "1e3"],
    ["txnamt", " 1"],
    ["txnamt", "10000000000000"],
    ["txnamt", { fen: 1 }],
    ["orderid", "A123456"],
    ["orderid", "A".repeat(33)],
    ["orderid", "A1234-67"],
    ["orderid", "订单订单订单订单"],
    ["backurl", "shop.example/n"],
    ["backurl", "javascript:alert(1)"],
    ["backurl", `http://shop.example/${"x".repeat(512)}`],
    ["fronturl", "ftp://shop.example"],
    ["ip", "1.2.3"],
    ["code", "12 34"],
  ])("%s = %j", async (name, value) => {
    const to = backend();
    const { json } = await call(to, "/api/mpgateway", { ...SAO, [name]: value });
    expect(json).toMatchObject({ respcode: "01", respmsg: expect.stringContaining(name) });
    expect(to.created).toEqual([]);
  });
});

describe("a field is taken", () => {
  it.each([
    [{ txnamt: "1990" }, { amount: "19.90" }],
    [{ txnamt: 1 }, { amount: "0.01" }],
    [{ txnamt: "167" }, { amount: "1.67" }],
    [{ txnamt: 9999999999999 }, { amount: "99999999999.99" }],
    [{ orderid: "a".repeat(32) }, { clientNo: "a".repeat(32) }],
    [{ payway: "3855", goods: { nested: true } }, { extra: {} }],
    [{ fronturl: "http://shop.example/r" }, { returnUrl: null }],
    [{ action: "WxJsApi", openid: "o1", fronturl: "http://shop.example/r" }, { returnUrl: "http://shop.example/r" }],
    [{ action: "WxH5", ip: "2001:db8::7" }, { ip: "2001:db8::7" }],
  ])("%j", async (sent, kept) => {
    const to = backend();
    expect((await call(to, "/api/mpgateway", { ...SAO, ...sent })).json.respcode).toBe("00");
    expect(to.created).toMatchObject([kept]);
  });
});

it.each([
  ["duplicate_number", "05", "orderid"],
  ["auth_code_invalid", "07", "二维码"],
  ["auth_code_expired", "07", "二维码"],
  ["balance_insufficient", "07", "余额不足"],
  ["wallet_down", "96", "查询"],
  ["unavailable", "96", "查询"],
  ["unknown_merchant", "02", "merid"],
] as const)("the backend's %s is respcode %s, signed, with the numbers of the request", async (problem, respcode, names) => {
  const to = backend();
  to.problem = problem;
  const { json, signed } = await call(to, "/api/mpgateway", SAO);
  expect(json).toEqual({ respcode, respmsg: expect.stringContaining(names), txnamt: 1990, merid: "89900100", orderid: "A1234567" });
  expect(signed).toBe("good");
});
