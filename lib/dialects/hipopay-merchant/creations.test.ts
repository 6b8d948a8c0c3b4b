import { describe, expect, it } from "vitest";
import { ROUTES } from "#lib/dialects/hipopay-merchant/routes.ts";
import { backend, call, MERCHANT, NOW } from "#lib/dialects/hipopay-merchant/testing/drive.ts";
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const ORDER = {
  out_trade_id: "d2849e8140a6",
  amount: "0.10",
  currency: "HKD",
  product_info: "Wechat Mini Program Pay",
  client_ip: "1.1.1.1",
};
const NO = "2017062312381442716795237";
const MINI = { merchant_no: MERCHANT.callerNo, appid: "wx1", openid: "o1" };

/** The order of every create's reply: the fields of seeds/001's table for a payment that is not PAID. */
const REPLY = {
  amount: "0.10",
  currency: "HKD",
  out_trade_id: "d2849e8140a6",
  payment_no: NO,
  status: "INIT",
  product_info: "Wechat Mini Program Pay",
  trade_time: "2017-06-22 21:29:47",
};

const HEX32 = expect.stringMatching(/^[0-9A-Fa-f]{32}$/);
const SECONDS = String(NOW.getTime() / 1000);
const PREPAY = { nonceStr: HEX32, order_no: NO, paySign: HEX32, prepay_id: "3CaDEKX", timeStamp: SECONDS };
const JSAPI = {
  appId: expect.stringMatching(/^wx[0-9a-f]{16}$/),
  timeStamp: SECONDS,
  nonceStr: HEX32,
  package: "prepay_id=3CaDEKX",
  signType: "MD5",
  paySign: HEX32,
};
const APP = {
  appid: "wx1",
  nonceStr: HEX32,
  order_no: NO,
  packageValue: "Sign=WXPay",
  partnerId: expect.stringMatching(/^\d{8}$/),
  prepayId: "3CaDEKX",
  sign: HEX32,
  timeStamp: SECONDS,
};
const WECHAT_CODE = { qrcode_url: "weixin://wxpay/bizpayurl?pr=3CaDEKX" };
const ALIPAY_CODE = { qrcode_url: "https://qr.alipay.com/3CaDEKX" };
const page = (name: string) => ({ url: `https://gateway.example/${name}/${NO}` });

interface Create {
  path: string;
  pays: string;
  needs: Record<string, string>;
  type: string;
  more: Record<string, unknown>;
  hongKong?: true;
}

/** Every create: what it needs beyond the order, the product's word for it, and what it answers beyond the order. */
const CREATES: Create[] = [
  { path: "/wechatpay/app/payment", pays: "wechat.app", needs: { appid: "wx1" }, type: "APP", more: { prepay_params: APP } },
  { path: "/wechatpay/mp/payment", pays: "wechat.jsapi", needs: { openid: "o1" }, type: "JSAPI", more: { js_params: JSAPI } },
  {
    path: "/wechatpay/mini_program/payment",
    pays: "wechat.mini_program",
    needs: MINI,
    type: "MINIPROGRA",
    more: { prepay_params: PREPAY },
  },
  { path: "/wechatpay/web/payment", pays: "wechat.desk", needs: {}, type: "NATIVE", more: { ...WECHAT_CODE, ...page("wechat_web") } },
  { path: "/wechatpay/qrcode/payment", pays: "wechat.native", needs: {}, type: "NATIVE", more: WECHAT_CODE },
  { path: "/wechatpay/barcode/payment", pays: "wechat.barcode", needs: { auth_code: "135605691981176449" }, type: "MICRO", more: {} },
  {
    path: "/wechatpay/hk/app/payment",
    pays: "wechat.app",
    needs: { appid: "wx1" },
    type: "APP",
    more: { prepay_params: APP },
    hongKong: true,
  },
  {
    path: "/wechatpay/hk/mini_program/payment",
    pays: "wechat.mini_program",
    needs: MINI,
    type: "MINIPROGRA",
    more: { prepay_params: PREPAY },
    hongKong: true,
  },
  {
    path: "/wechatpay/hk/online/mp/payment",
    pays: "wechat.jsapi",
    needs: { openid: "o1" },
    type: "JSAPI",
    more: { js_params: JSAPI },
    hongKong: true,
  },
  {
    path: "/alipay/app/payment",
    pays: "alipay.app",
    needs: {},
    type: "APP",
    more: { prepay_string: expect.stringContaining(`&out_trade_no="${NO}"&`) },
  },
  {
    path: "/alipay/wap/payment",
    pays: "alipay.wap",
    needs: { return_url: "https://shop.example/r" },
    type: "WAP",
    more: page("alipay_wap"),
  },
  { path: "/alipay/qrcode/payment", pays: "alipay.qr", needs: {}, type: "NATIVE", more: ALIPAY_CODE },
  { path: "/alipay/web/payment", pays: "alipay.web", needs: {}, type: "NATIVE", more: { ...ALIPAY_CODE, ...page("alipay_qr_frame") } },
  { path: "/alipay/barcode/payment", pays: "alipay.barcode", needs: { auth_code: "280000000000000000" }, type: "MICRO", more: {} },
];

it("every create of the path table is in this test's table", () => {
  const creates = ROUTES.filter((route) => route.method === "POST" && route.path.endsWith("/payment")).map((route) => route.path);
  expect(creates.sort()).toEqual(CREATES.map(({ path }) => path).sort());
});

describe.each(CREATES)("POST $path", ({ path, pays, needs, type, more, hongKong }) => {
  const fields: Record<string, string> = { ...ORDER, ...needs };

  it("answers the order and what the wallet needs, field for field", async () => {
    const to = backend();
    const { reply, json } = await call(to, "POST", path, { ...fields, unknown: "x" });
    expect(reply.status).toBe(200);
    expect(json).toEqual({ is_success: true, response: { ...REPLY, trade_type: type, ...more } });
    expect(to.created).toEqual([
      {
        method: pays,
        merchantNo: MERCHANT.callerNo,
        clientNo: ORDER.out_trade_id,
        currency: "HKD",
        amount: "0.10",
        subject: ORDER.product_info,
        notifyUrl: null,
        returnUrl: needs.return_url ?? null,
        ip: "1.1.1.1",
        openid: needs.openid ?? null,
        authCode: needs.auth_code ?? null,
        deviceInfo: null,
        productId: null,
        appId: needs.appid ?? null,
        extra: hongKong ? { hk_wallet: "TRUE" } : {},
      },
    ]);
  });

  it.each(Object.keys(fields))("is PARAM_ERROR naming %s when it is missing or empty", async (name) => {
    const without = Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));
    for (const sent of [without, { ...without, [name]: "" }]) {
      const { json } = await call(backend(), "POST", path, sent);
      expect(json).toEqual({ is_success: false, error: "PARAM_ERROR", error_message: `Parameter error: ${name} is required` });
    }
  });

  it("hands on notify_url, hk_wallet and response_version", async () => {
    const to = backend();
    const switches = { hk_wallet: "true", response_version: "3.0", notify_url: "http://shop.example/n" };
    await call(to, "POST", path, { ...fields, ...switches });
    expect(to.created).toMatchObject([{ notifyUrl: "http://shop.example/n", extra: { hk_wallet: "TRUE", response_version: "3.0" } }]);
  });
});

it("a response_version other than 3.0 is not remembered", async () => {
  const to = backend();
  await call(to, "POST", "/wechatpay/qrcode/payment", { ...ORDER, response_version: "2.0" });
  expect(to.created.map(({ extra }) => extra)).toEqual([{}]);
});

describe("the order's status", () => {
  const BARCODE = { ...ORDER, auth_code: "1" };
  it.each([
    [{ state: "PAID" as const }, { status: "PAID", exchange_rate: "0.8777", finish_time: "2017-06-22 21:29:59" }],
    [{ state: "INIT" as const, userPaying: true }, { status: "USERPAYING" }],
    [{ state: "FAIL" as const }, { status: "FAIL" }],
    [{ state: "EXPIRED" as const, userPaying: true }, { status: "EXPIRED" }],
  ])("%o is told, with rate and finish time only once PAID", async (held, told) => {
    const to = backend();
    to.create = async (_caller, asked) => ({ ok: true, value: payment({ ...asked, no: NO, ...held }) });
    const { json } = await call(to, "POST", "/wechatpay/barcode/payment", BARCODE);
    expect(json.response).toEqual({ ...REPLY, trade_type: "MICRO", ...told });
  });
});
