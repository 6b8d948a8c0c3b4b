import { describe, expect, it } from "vitest";
import type { Method } from "#lib/domain/methods.ts";
import { answer } from "#lib/gateways/fake-port.ts";
import { hipopayAgent } from "#lib/gateways/hipopay-agent/index.ts";
import { ALIPAY_SAMPLES } from "#lib/gateways/hipopay-agent/samples-alipay.ts";
import { WECHAT_SAMPLES } from "#lib/gateways/hipopay-agent/samples-wechat.ts";
import { BASE_URL, createRequest, envelope, HKD_100, openedAccount } from "#lib/gateways/hipopay-agent/test-account.ts";
import { parseForm } from "#lib/gateways/wire.ts";

const JS_PARAMS = { appId: "wx1", timeStamp: "1", nonceStr: "n", package: "prepay_id=wx2", signType: "MD5", paySign: "S" };
const WECHAT = { merchant_no: "xxx", currency: "HKD", amount: "100.00", product_info: "这是一个商品的名称", agent_order_id: "xxxx" };
const ALIPAY = { merchant_no: "xxx", currency: "HKD", amount: "100.00", subject: "这是一个商品的名称", out_order_no: "xxxx" };
const NOTIFY = { notify_url: "https://shop.test/api/notify/hipopay-agent/acc_1" };
const OPENID = { openid: "oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4" };
const NO = "2017062312381442716795237";
const RATE = { exchangeRate: "0.8789" };
const ALIPAY_URL = /^https:\/\/mapi\.alipay\.com\/gateway\.do\?.*&currency=HKD&/;

interface Row {
  method: Method;
  path: string;
  fields: Record<string, string>;
  reply: string | object;
  created: unknown;
}

const ROWS: Row[] = [
  {
    method: "wechat.jsapi",
    path: "/mp_pay",
    fields: { ...WECHAT, ...NOTIFY, ...OPENID },
    reply: envelope({ js_param: JS_PARAMS }),
    created: { presentation: { kind: "jsapi", params: JS_PARAMS }, gatewayRef: null },
  },
  {
    method: "wechat.barcode",
    path: "/order/scan_pay",
    fields: { ...WECHAT, ...NOTIFY, ip: "102.142.32.12", auth_code: "135605691981176449", device_info: "till 7", product_id: "p1" },
    // §4.2's sample lacks trade_time, so when it was paid is not known.
    reply: WECHAT_SAMPLES.scanPay,
    created: {
      presentation: { kind: "none" },
      gatewayRef: "2017062313070231980966651",
      standing: {
        kind: "paid",
        gatewayRef: "2017062313070231980966651",
        amount: HKD_100,
        paidAt: null,
        detail: { payAmount: "0.1", exchangeRate: "0.8789" },
      },
      ...RATE,
    },
  },
  {
    method: "wechat.native",
    path: "/order/scanned_pay",
    fields: { ...WECHAT, ...NOTIFY, ip: "102.142.32.12", device_info: "till 7", product_id: "p1" },
    reply: WECHAT_SAMPLES.scannedPay,
    created: { presentation: { kind: "qr", text: "weixin://wxpay/bizpayurl?pr=3CaDEKX" }, gatewayRef: NO, ...RATE },
  },
  {
    method: "wechat.mini_program",
    path: "/mini_program/pay",
    fields: { ...WECHAT, ...NOTIFY, ...OPENID, appid: "wx247c9d9d6191b108" },
    reply: WECHAT_SAMPLES.miniProgramPay,
    created: {
      presentation: {
        kind: "app",
        runtime: "mini_program",
        params: {
          timeStamp: "1509692687",
          nonceStr: "casd135Defg",
          package: "prepay_id=wc1312341312312",
          signType: "MD5",
          paySign: "55511808baf7f301b5270d7334a4cec0",
        },
      },
      gatewayRef: "2017062317201074212938080",
    },
  },
  {
    method: "wechat.app",
    path: "/order/app_pay",
    fields: { ...WECHAT, ...NOTIFY, appid: "wx247c9d9d6191b108" },
    reply: WECHAT_SAMPLES.appPay,
    created: {
      presentation: {
        kind: "app",
        runtime: "wechat_sdk",
        params: {
          appid: "wx247c9d9d6191b108",
          nonceStr: "718493141562",
          packageValue: "Sign=WXPay",
          partnerId: "41391056",
          prepayId: "wx131132587279817e5df5a42a2456209955",
          sign: "46150629E5B2AC8EB4CDB160D38DAA6C",
          timeStamp: "1528860778",
        },
      },
      gatewayRef: "2018061311325825321166783",
    },
  },
  {
    method: "alipay.web",
    path: "/alipay/scanned_pay",
    fields: { ...ALIPAY, ...NOTIFY },
    reply: ALIPAY_SAMPLES.alipayWeb,
    created: { presentation: { kind: "iframe", url: expect.stringMatching(ALIPAY_URL) }, gatewayRef: NO, ...RATE },
  },
  {
    method: "alipay.app",
    path: "/alipay/app_pay",
    fields: { ...ALIPAY, ...NOTIFY },
    reply: ALIPAY_SAMPLES.alipayApp,
    created: {
      presentation: {
        kind: "app",
        runtime: "alipay_sdk",
        params: { prepay_string: expect.stringMatching(/^_input_charset="utf-8"&.*&sign_type="RSA"$/) },
      },
      gatewayRef: "201706231238144271679XXX",
      ...RATE,
    },
  },
  {
    method: "alipay.wap",
    path: "/alipay/wap_pay",
    fields: { ...ALIPAY, ...NOTIFY, return_url: "https://shop.test/pay/token/return" },
    reply: ALIPAY_SAMPLES.alipayWap,
    created: { presentation: { kind: "redirect", url: expect.stringMatching(ALIPAY_URL) }, gatewayRef: NO, ...RATE },
  },
  {
    method: "alipay.qr",
    path: "/alipay/qrcode_pay",
    fields: { ...ALIPAY, ...NOTIFY },
    reply: ALIPAY_SAMPLES.alipayQr,
    created: { presentation: { kind: "qr", text: "https://qr.alipay.com/bax04448a1pogrhduko280d3" }, gatewayRef: NO, ...RATE },
  },
  {
    method: "alipay.barcode",
    path: "/alipay/scan_pay",
    fields: { ...ALIPAY, ...NOTIFY, auth_code: "135605691981176449" },
    reply: ALIPAY_SAMPLES.alipayBarcode,
    created: { presentation: { kind: "none" }, gatewayRef: NO, standing: { kind: "pending" }, ...RATE },
  },
];

it.each(ROWS)(
  "$method sends the document's fields to $path and reads the document's reply",
  async ({ method, path, fields, reply, created }) => {
    const { account, port } = openedAccount([answer(reply)]);
    const outcome = await account.create(method, createRequest({ deviceInfo: "till 7", productId: "p1" }));
    expect(outcome).toEqual({ ok: true, value: created });
    expect(port.sent.map(({ method: verb, url }) => `${verb} ${url}`)).toEqual([`POST ${BASE_URL}${path}`]);
    expect(parseForm(port.sent[0]?.body ?? "")).toEqual({ ok: true, fields });
  },
);

it("every method the gateway claims is a row here or a desk", () => {
  const desks = ["wechat.desk", "wechat.mp_desk", "alipay.desk"];
  expect([...ROWS.map(({ method }) => method), ...desks].sort()).toEqual([...hipopayAgent.methods].sort());
});

describe("variants by setting", () => {
  it("alipay.web may open Alipay's page in place of ours", async () => {
    const { account } = openedAccount([answer(ALIPAY_SAMPLES.alipayWeb)], { alipayWeb: "redirect" });
    const outcome = await account.create("alipay.web", createRequest());
    expect(outcome).toMatchObject({ ok: true, value: { presentation: { kind: "redirect" } } });
  });

  it("an assumed path is the account's own where its settings say so", async () => {
    const { account, port } = openedAccount([answer(WECHAT_SAMPLES.appPay)], { paths: { appPay: "/app/pay" } });
    await account.create("wechat.app", createRequest());
    expect(port.sent[0]?.url).toBe(`${BASE_URL}/app/pay`);
  });

  it("the app id of the settings stands in for the request's", async () => {
    const request = createRequest();
    delete request.appId;
    const { account, port } = openedAccount([answer(WECHAT_SAMPLES.appPay)], { appAppId: "wxsetting" });
    expect(await account.create("wechat.app", request)).toMatchObject({ ok: true });
    expect(port.sent[0]?.body).toContain("appid=wxsetting");
  });

  it("js_param may be JSON text", async () => {
    const { account } = openedAccount([answer(envelope({ js_param: JSON.stringify(JS_PARAMS) }))]);
    const outcome = await account.create("wechat.jsapi", createRequest());
    expect(outcome).toMatchObject({ ok: true, value: { presentation: { kind: "jsapi", params: JS_PARAMS } } });
  });
});

describe("a reply that is not about our request is unclear, not believed", () => {
  const order = {
    status: "PAID",
    no: NO,
    merchant_no: "xxx",
    currency: "HKD",
    amount: "100",
    agent_order_id: "xxxx",
    trade_time: "2017-06-22 21:29:47",
  };
  it.each([
    ["another amount", { ...order, amount: "1.00" }],
    ["another currency", { ...order, currency: "USD" }],
    ["another merchant", { ...order, merchant_no: "yyy" }],
    ["another number", { ...order, agent_order_id: "yyyy" }],
    ["two numbers that differ", { ...order, payment_no: "1" }],
    ["too many places", { ...order, amount: "100.001" }],
  ])("%s", async (_what, changed) => {
    const { account } = openedAccount([answer(envelope({ order: changed }))]);
    const outcome = await account.create("wechat.barcode", createRequest());
    expect(outcome).toMatchObject({ ok: false, kind: "unknown" });
  });

  it.each([
    ["no envelope", "<html>502</html>"],
    ["no code_url", envelope({ order })],
    ["a QR of a foreign host", envelope({ code_url: "https://evil.example/pay", order })],
    ["a QR with a script", envelope({ code_url: "javascript:alert(1)", order })],
  ])("%s", async (_what, reply) => {
    const { account } = openedAccount([answer(reply)]);
    expect(await account.create("wechat.native", createRequest())).toMatchObject({ ok: false, kind: "unknown" });
  });
});
