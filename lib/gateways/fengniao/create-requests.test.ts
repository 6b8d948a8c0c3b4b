import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMajor } from "#lib/domain/money.ts";
import { cny, createRequest, ok, openedAccount, sentCall } from "#lib/gateways/fengniao/test-account.ts";
import type { CreateRequest } from "#lib/gateways/gateway.ts";

const without = (name: "openid" | "authCode" | "bank" | "cardNumber") => {
  const request = createRequest();
  delete request[name];
  return request;
};

describe("what is not sent", () => {
  it.each([
    ["wechat.jsapi", without("openid"), {}],
    ["wechat.jsapi", createRequest({ openid: 'o"&amount=1' }), {}],
    ["wechat.jsapi", createRequest(), { tranType: "2", subMchId: undefined }],
    ["wechat.barcode", without("authCode"), {}],
    ["alipay.barcode", without("authCode"), {}],
    ["wechat.barcode", createRequest({ authCode: "1&amount=1" }), {}],
    ["alipay.barcode", createRequest({ authCode: "1 2" }), {}],
    ["wechat.barcode", createRequest(), { wechatAppId: undefined }],
    ["wechat.native", createRequest(), { wechatAppId: undefined }],
    ["wechat.h5", createRequest(), { subMchId: undefined }],
    ["unionpay.gateway", without("bank"), {}],
    ["unionpay.gateway", createRequest({ bank: { code: "99990000", card: "any" } }), {}],
    ["unionpay.wap", without("cardNumber"), {}],
    ["unionpay.wap", createRequest({ cardNumber: "6222-0202" }), {}],
    ["unionpay.wap", createRequest({ cardNumber: "12345678901" }), {}],
    ["alipay.qr", createRequest({ gatewayOrderNo: "T-1" }), {}],
    ["alipay.qr", createRequest({ gatewayOrderNo: "T".repeat(65) }), {}],
    ["alipay.qr", createRequest({ amount: cny(10_000_000_001n) }), {}],
  ] as const)("%s: a request that cannot be meant (%#) is refused before the wire", async (method, request, settings) => {
    const { account, port } = openedAccount([], settings);
    expect(await account.create(method, request)).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    expect([port.sent, port.recorded]).toEqual([[], []]);
  });

  it.each([
    ["alipay.qr", createRequest({ amount: cny(0n) }), "amount_rejected"],
    ["alipay.qr", createRequest({ amount: { minor: 1n, currency: "HKD" } }), "unsupported"],
    ["wechat.app", createRequest(), "unsupported"],
  ] as const)("%s (%#): %s", async (method, request, code) => {
    const { account, port } = openedAccount();
    expect(await account.create(method, request)).toMatchObject({ ok: false, kind: "refused", code });
    expect(port.sent).toEqual([]);
  });

  it("a card number that is none is not repeated in the sentence that says so", async () => {
    const { account } = openedAccount();
    const outcome = await account.create("unionpay.wap", createRequest({ cardNumber: "62220202abcd33445" }));
    expect(JSON.stringify(outcome)).not.toContain("62220202");
  });
});

async function sent(method: Parameters<ReturnType<typeof openedAccount>["account"]["create"]>[0], over: Partial<CreateRequest>, more = {}) {
  const { account, port } = openedAccount([ok()], more);
  await account.create(method, createRequest(over));
  return sentCall(port.sent[0]).content as Record<string, string>;
}

describe("variants by setting and request", () => {
  it("the special fields of §2.2 are the account's", async () => {
    const content = await sent("wechat.jsapi", {}, { tranType: "2", isOnline: "0", subMchId: "77", wechatAppId: "wxown" });
    expect(content).toMatchObject({ tran_type: "2", is_online: "0", sub_mch_id: "77", sub_appid: "wxown" });
  });

  it("§2.1's pay_uid is a number for whoever pays, and goes out only where the account says so", async () => {
    expect(await sent("wechat.h5", {}, { wechatH5: "weixin.pay", sendPayUid: true })).toMatchObject({
      pay_uid: "7d0f393307d105140c9d8d2296f20112",
    });
  });

  it.each([
    [{ productId: "sku-1" }, {}, "sku-1"],
    [{ productId: `${"长".repeat(40)}` }, {}, "长".repeat(32)],
    [{}, { goodsId: "account's" }, "account's"],
  ])("goods_id %# is the request's, the account's, at most 32 signs", async (over, more, expected) => {
    expect(await sent("wechat.native", over, more)).toMatchObject({ goods_id: expected });
    expect(await sent("alipay.qr", over, more)).toMatchObject({ goods_id: expected });
  });

  it.each([
    ["debit", "1"],
    ["credit", "2"],
    ["any", "3"],
  ] as const)("a %s card is pay_type %s", async (card, payType) => {
    expect(await sent("unionpay.gateway", { bank: { code: "64296510", card } })).toMatchObject({
      pay_type: payType,
      bank_code: "64296510",
    });
  });

  it("goods that cannot be touched are order_type 1; WeChat's H5 page is named by the account", async () => {
    expect(await sent("jd.native", {}, { orderType: "1" })).toMatchObject({ order_type: "1" });
    const content = await sent("wechat.h5", {}, { goodsTag: "VIP", wapName: "小店" });
    expect(content).toMatchObject({ goods_tag: "VIP", sceneInfo: expect.stringContaining('"wap_name":"小店"') });
  });

  it("an Alipay user id goes out as one, a WeChat openid does not", async () => {
    expect(await sent("alipay.jsapi", { openid: "2088101117955611" })).toMatchObject({ user_id: "2088101117955611" });
    expect(await sent("alipay.jsapi", {})).not.toHaveProperty("user_id");
  });

  it("the gateway's address is the account's", async () => {
    const { account, port } = openedAccount([ok()], { path: "/v2/gateway.do" });
    await account.create("alipay.qr", createRequest());
    expect(port.sent[0]?.url).toBe("https://pay.fengniao.test/v2/gateway.do");
  });
});

describe("variants of answers", () => {
  const ECHO = { out_trade_no: "T1503043962", total_amount: "0.01" };
  const PARAMS = { appId: "wx1", timeStamp: "1", nonceStr: "n", package: "prepay_id=wx2", signType: "MD5", paySign: "S" };
  const PAGE = "https://api.fengniaofu.com/pay/1";
  it.each([
    ["wechat.jsapi", { pay_url: PAGE }, {}, { kind: "redirect", url: PAGE }],
    ["wechat.jsapi", { pay_info: JSON.stringify(PARAMS), pay_url: PAGE }, {}, { kind: "jsapi", params: PARAMS }],
    ["wechat.jsapi", { pay_info: { ...PARAMS, paySign: "" }, pay_url: PAGE }, {}, { kind: "redirect", url: PAGE }],
    ["qq.native", { qr_code: "https://qpay.qq.com/qr/2" }, {}, { kind: "qr", text: "https://qpay.qq.com/qr/2" }],
    ["alipay.personal", { pay_url: PAGE }, { personalCode: "qr" }, { kind: "qr", text: PAGE }],
    [
      "unionpay.wap",
      { pay_url: "https://pay.fengniao.test/own/page" },
      {},
      { kind: "redirect", url: "https://pay.fengniao.test/own/page" },
    ],
  ] as const)("%s %#", async (method, reply, settings, presentation) => {
    const { account } = openedAccount([ok({ ...ECHO, ...reply })], settings);
    expect(await account.create(method, createRequest())).toEqual({ ok: true, value: { presentation, gatewayRef: null } });
  });
});

describe("free text on the wire", () => {
  const text = 'a&b=c<d>"e\\f\ng';
  it.each([
    ["wechat.native", "order_name"],
    ["wechat.native", "body"],
    ["wechat.native", "goods_id"],
    ["alipay.wap", "body"],
    ["qq.native", "order_name"],
    ["unionpay.gateway", "subject"],
  ] as const)("%s: %s is cleaned", async (method, name) => {
    expect(await sent(method, { subject: text, productId: text })).toMatchObject({ [name]: "a b c d  e f g" });
  });

  it("is cut at 64 signs, never inside one", async () => {
    expect(await sent("alipay.qr", { subject: "😀".repeat(70) })).toMatchObject({ order_name: "😀".repeat(64) });
  });
});

describe("amounts", () => {
  it.each([
    [1990n, "19.90"],
    [167n, "1.67"],
    [168n, "1.68"],
    [268n, "2.68"],
    [1n, "0.01"],
    [10_000_000_000n, "100000000.00"],
  ])("%i fen go out as %s yuan", async (minor, total) => {
    expect(await sent("alipay.qr", { amount: cny(minor) })).toMatchObject({ total_amount: total });
  });

  it("any amount that is echoed as text or as a number is believed, and no other", async () => {
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: 1n, max: 10_000_000_000n }), fc.boolean(), async (minor, asNumber) => {
        const total = formatMajor(cny(minor));
        const echo = (value: string) =>
          `{"error_code":0,"out_trade_no":"T1503043962","total_amount":${value},"pay_url":"https://a.alipay.com/"}`;
        const reply = (value: string) =>
          ({ kind: "answer", status: 200, headers: {}, body: echo(asNumber ? value : `"${value}"`) }) as const;
        const { account } = openedAccount([reply(total), reply(formatMajor(cny(minor + 1n)))]);
        const request = createRequest({ amount: cny(minor) });
        expect(await account.create("alipay.wap", request)).toMatchObject({ ok: true });
        expect(await account.create("alipay.wap", request)).toMatchObject({ ok: false, kind: "unknown" });
      }),
      { numRuns: 60 },
    );
  });
});
