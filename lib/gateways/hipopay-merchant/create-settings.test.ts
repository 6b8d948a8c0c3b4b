import { describe, expect, it } from "vitest";
import type { Method } from "#lib/domain/methods.ts";
import { answer } from "#lib/gateways/fake-port.ts";
import type { CreateRequest } from "#lib/gateways/gateway.ts";
import { hipopayMerchant } from "#lib/gateways/hipopay-merchant/index.ts";
import { BASE_URL, bodyOf, createRequest, openedAccount, success } from "#lib/gateways/hipopay-merchant/test-account.ts";

const JS_PARAMS = { appId: "wx1", timeStamp: "1", nonceStr: "n", package: "prepay_id=wx2", signType: "MD5", paySign: "S" };
const PREPAY = { nonceStr: "n", paySign: "S", prepay_id: "prepay_id=wx1", timeStamp: "1" };
const QR = "weixin://wxpay/bizpayurl?pr=1";

async function sentBy(method: Method, settings: Record<string, unknown>, over: Partial<CreateRequest> = {}) {
  const { account, port } = openedAccount([answer("")], settings);
  await account.create(method, createRequest(over));
  return bodyOf(port.sent[0]);
}

async function created(method: Method, response: object, settings: Record<string, unknown> = {}) {
  return openedAccount([answer(success(response))], settings).account.create(method, createRequest());
}

describe("is_rmb", () => {
  const CNY = { amount: { minor: 8888n, currency: "CNY" } } as const;
  const takesIt = ["wechat.app", "wechat.jsapi", "wechat.mini_program", "wechat.desk", "wechat.native", "wechat.barcode"];

  it.each(hipopayMerchant.methods)("%s: an order in CNY says so where the operation takes the switch", async (method) => {
    const takes = [...takesIt, "alipay.app", "alipay.wap"].includes(method);
    const sent = await sentBy(method, { isRmb: "on" }, CNY);
    expect([sent.is_rmb, sent.currency, sent.amount]).toEqual([takes ? "TRUE" : undefined, "CNY", "88.88"]);
    const settled = await sentBy(method, { isRmb: "on", settleCurrency: "HKD" }, CNY);
    expect([settled.currency, settled.amount]).toEqual([takes ? "HKD" : "CNY", "88.88"]);
  });

  it("is sent neither when it is off nor for an order in another currency", async () => {
    expect((await sentBy("wechat.native", {}, CNY)).is_rmb).toBeUndefined();
    const sent = await sentBy("wechat.native", { isRmb: "on", settleCurrency: "USD" });
    expect([sent.is_rmb, sent.currency]).toEqual([undefined, "HKD"]);
  });

  it("a reply may then name the settlement's currency, and no third one", async () => {
    const settings = { isRmb: "on", settleCurrency: "HKD" };
    for (const [currency, ok] of [
      ["CNY", true],
      ["HKD", true],
      ["USD", false],
    ] as const) {
      const { account } = openedAccount([answer(success({ amount: "88.88", currency, qrcode_url: QR }))], settings);
      expect(await account.create("wechat.native", createRequest(CNY))).toMatchObject({ ok });
    }
    expect(await created("wechat.native", { amount: "0.10", currency: "USD", qrcode_url: QR }, settings)).toMatchObject({ ok: false });
  });
});

describe("settings", () => {
  it.each(hipopayMerchant.methods)("%s: response_version is sent when it is on", async (method) => {
    expect((await sentBy(method, { responseVersion: "3.0" })).response_version).toBe("3.0");
    expect((await sentBy(method, {})).response_version).toBeUndefined();
  });

  it("app ids of the settings stand in for the request's; the official account's is sent only from there", async () => {
    const ids = { appAppId: "wxapp", miniProgramAppId: "wxmini", mpAppId: "wxmp" };
    const { appId: _none, ...without } = createRequest();
    for (const [method, appid] of [
      ["wechat.app", "wxapp"],
      ["wechat.mini_program", "wxmini"],
      ["wechat.jsapi", "wxmp"],
    ] as const) {
      const { account, port } = openedAccount([answer("")], ids);
      await account.create(method, without);
      expect(bodyOf(port.sent[0]).appid).toBe(appid);
    }
  });

  it("WeChat's scan pay for the Hong Kong wallet may do without the assumed switch", async () => {
    const settings = { wechatWallet: "hongkong", wechatBarcodeHkWallet: "off" };
    expect(await sentBy("wechat.barcode", settings)).not.toHaveProperty("hk_wallet");
    expect(await sentBy("wechat.barcode", { wechatBarcodeHkWallet: "on" })).not.toHaveProperty("hk_wallet");
  });

  it("a path is the account's own where its settings say so", async () => {
    const { account, port } = openedAccount([answer("")], { paths: { wechatHkMp: "/hk/mp" }, wechatWallet: "hongkong" });
    await account.create("wechat.jsapi", createRequest());
    expect(port.sent[0]?.url).toBe(`${BASE_URL}/hk/mp`);
  });

  it("alipay.web may be framed", async () => {
    const outcome = await created("alipay.web", { pay_url: "https://mapi.alipay.com/gateway.do" }, { alipayWeb: "iframe" });
    expect(outcome).toMatchObject({ ok: true, value: { presentation: { kind: "iframe" } } });
  });

  it("the sign type of a mini program is the account's", async () => {
    const outcome = await created("wechat.mini_program", { prepay_params: PREPAY }, { miniProgramSignType: "HMAC-SHA256" });
    expect(outcome).toMatchObject({
      ok: true,
      value: { gatewayRef: null, presentation: { params: { signType: "HMAC-SHA256", package: "prepay_id=wx1" } } },
    });
  });
});

describe("how to pay is read", () => {
  it.each([
    ["wechat.native", { code_url: QR }, { kind: "qr", text: QR }],
    ["wechat.desk", { qrcode_url: QR }, { kind: "qr", text: QR }],
    ["alipay.web", { qrcode_url: "https://qr.alipay.com/1" }, { kind: "qr", text: "https://qr.alipay.com/1" }],
    ["alipay.wap", { url: "https://mapi.alipay.com/x" }, { kind: "redirect", url: "https://mapi.alipay.com/x" }],
    ["wechat.jsapi", { js_params: JSON.stringify(JS_PARAMS) }, { kind: "jsapi", params: JS_PARAMS }],
    ["alipay.app", { prepay_params: "a=1" }, { kind: "app", runtime: "alipay_sdk", params: { prepay_string: "a=1" } }],
  ] as const)("%s: from any name that is known", async (method, response, presentation) => {
    expect(await created(method, response)).toEqual({ ok: true, value: { presentation, gatewayRef: null } });
  });

  it("from the one field the account's settings name, and from no other", async () => {
    const settings = { replyFields: { qr: "picture" } };
    expect(await created("wechat.native", { picture: QR }, settings)).toMatchObject({ ok: true });
    expect(await created("wechat.native", { qrcode_url: QR }, settings)).toMatchObject({ ok: false, kind: "unknown" });
  });
});

describe("what is not sent", () => {
  const without = (name: "openid" | "authCode" | "appId") => {
    const request = createRequest();
    delete request[name];
    return request;
  };
  it.each([
    ["wechat.jsapi", without("openid"), "invalid_request"],
    ["wechat.mini_program", without("openid"), "invalid_request"],
    ["wechat.mini_program", without("appId"), "invalid_request"],
    ["wechat.app", without("appId"), "invalid_request"],
    ["wechat.barcode", without("authCode"), "invalid_request"],
    ["alipay.barcode", without("authCode"), "invalid_request"],
    ["alipay.barcode", createRequest({ authCode: "1&amount=1" }), "invalid_request"],
    ["wechat.barcode", createRequest({ authCode: "1&amount=1" }), "invalid_request"],
    ["wechat.jsapi", createRequest({ openid: "o&amount=1" }), "invalid_request"],
    ["wechat.app", createRequest({ appId: "wx=1" }), "invalid_request"],
    ["wechat.native", createRequest({ amount: { minor: 0n, currency: "HKD" } }), "amount_rejected"],
    ["wechat.mp_desk", createRequest(), "unsupported"],
  ] as const)("%s: a request that cannot be meant is refused before the wire", async (method, request, code) => {
    const { account, port } = openedAccount();
    expect(await account.create(method, request)).toMatchObject({ ok: false, kind: "refused", code });
    expect(port.sent).toEqual([]);
  });
});

it("amounts go out in the currency's own places, whatever the currency", async () => {
  const sent: Record<string, string | undefined> = {};
  for (const [currency, minor] of [
    ["JPY", 1500n],
    ["KRW", 1n],
    ["CNY", 1n],
    ["USD", 1990n],
  ] as const)
    sent[currency] = (await sentBy("wechat.native", {}, { amount: { minor, currency } })).amount;
  expect(sent).toEqual({ JPY: "1500", KRW: "1", CNY: "0.01", USD: "19.90" });
});

it("free text is cleaned on the wire", async () => {
  expect((await sentBy("alipay.wap", {}, { subject: 'a&b=c<d>"e\\f\ng' })).product_info).toBe("a b c d  e f g");
});
