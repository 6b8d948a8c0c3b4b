import { describe, expect, it } from "vitest";
import { backend, call, NOW } from "#lib/dialects/hipopay-agent/testing/drive.ts";

const WECHAT = { merchant_no: "xxx", currency: "HKD", amount: "100", product_info: "这是一个商品的名称" };
const ALIPAY = { merchant_no: "xxx", currency: "HKD", amount: "100", subject: "这是一个商品的名称" };
const NO = "2017062312381442716795237";
const TIME = "2017-06-22 21:29:47";
const META = { status_code: 200, message: "请求成功", success: true };

/** The order of seeds/000 §6.1, which every Alipay create repeats. */
const ALIPAY_ORDER = {
  status: "INIT",
  trade_type: "NATIVE",
  payment_no: NO,
  currency: "HKD",
  amount: "100",
  merchant_no: "xxx",
  outer_order_no: "A-1",
  trade_time: TIME,
  subject: "这是一个商品的名称",
  exchange_rate: "0.8789",
};

const HEX32 = expect.stringMatching(/^[0-9A-Fa-f]{32}$/);
const SECONDS = String(NOW.getTime() / 1000);

/** Every create: what must be sent, what the document's example answers, and the product's word for it. */
const CREATES = [
  {
    path: "/mp_pay",
    pays: "wechat.jsapi",
    fields: { ...WECHAT, openid: "o1", agent_order_id: "A-1" },
    required: ["merchant_no", "currency", "amount", "product_info", "openid"],
    data: {
      js_param: {
        appId: expect.stringMatching(/^wx[0-9a-f]{16}$/),
        timeStamp: SECONDS,
        nonceStr: HEX32,
        package: "prepay_id=3CaDEKX",
        signType: "MD5",
        paySign: HEX32,
      },
    },
  },
  {
    path: "/order/scan_pay",
    pays: "wechat.barcode",
    fields: { ...WECHAT, ip: "102.142.32.12", auth_code: "135605691981176449", agent_order_id: "A-1", product_id: "p", device_info: "d" },
    required: ["merchant_no", "currency", "amount", "product_info", "ip", "auth_code"],
    data: {
      order: {
        agent_order_id: "A-1",
        amount: "100",
        currency: "HKD",
        exchange_rate: "0.8789",
        ip: "102.142.32.12",
        merchant_no: "xxx",
        no: NO,
        product_info: "这是一个商品的名称",
        pay_amount: "0.87",
        status: "INIT",
        settle_rate: "1",
        trade_type: "MICRO",
      },
    },
  },
  {
    path: "/order/scanned_pay",
    pays: "wechat.native",
    fields: { ...WECHAT, ip: "102.142.32.12", agent_order_id: "A-1" },
    required: ["merchant_no", "currency", "amount", "product_info", "ip"],
    data: {
      code_url: "weixin://wxpay/bizpayurl?pr=3CaDEKX",
      order: {
        status: "INIT",
        trade_type: "NATIVE",
        no: NO,
        ip: "102.142.32.12",
        currency: "HKD",
        amount: "100",
        merchant_no: "xxx",
        agent_order_id: "A-1",
        pay_amount: "0.87",
        settle_rate: "1",
        trade_time: TIME,
        product_info: "这是一个商品的名称",
        exchange_rate: "0.8789",
      },
    },
  },
  {
    path: "/mini_program/pay",
    pays: "wechat.mini_program",
    fields: { ...WECHAT, openid: "o1", appid: "wx1", agent_order_id: "A-1" },
    required: ["merchant_no", "currency", "amount", "product_info", "openid", "appid"],
    data: { timeStamp: SECONDS, prepay_id: "3CaDEKX", nonceStr: HEX32, paySign: HEX32, order_no: NO },
  },
  {
    path: "/order/app_pay",
    pays: "wechat.app",
    message: "Requset Successes",
    fields: { ...WECHAT, appid: "wx247c9d9d6191b108", agent_order_id: "A-1" },
    required: ["merchant_no", "currency", "amount", "product_info", "appid"],
    data: {
      appid: "wx247c9d9d6191b108",
      nonceStr: HEX32,
      order_no: NO,
      packageValue: "Sign=WXPay",
      partnerId: expect.stringMatching(/^\d{8}$/),
      prepayId: "3CaDEKX",
      sign: HEX32,
      timeStamp: SECONDS,
    },
  },
  {
    path: "/alipay/scanned_pay",
    pays: "alipay.web",
    fields: { ...ALIPAY, out_order_no: "A-1" },
    required: ["merchant_no", "currency", "amount", "subject"],
    data: { url: `https://gateway.example/alipay_qr_frame/${NO}`, order: ALIPAY_ORDER },
  },
  {
    path: "/alipay/app_pay",
    pays: "alipay.app",
    fields: { ...ALIPAY, out_order_no: "A-1" },
    required: ["merchant_no", "currency", "amount", "subject"],
    data: { prepay_string: expect.stringContaining(`&out_trade_no="${NO}"&`), order: ALIPAY_ORDER },
  },
  {
    path: "/alipay/wap_pay",
    pays: "alipay.wap",
    fields: { ...ALIPAY, outer_order_no: "A-1", return_url: "https://shop.example/r" },
    required: ["merchant_no", "currency", "amount", "subject", "return_url"],
    data: { url: `https://gateway.example/alipay_wap/${NO}`, order: ALIPAY_ORDER },
  },
  {
    path: "/alipay/qrcode_pay",
    pays: "alipay.qr",
    fields: { ...ALIPAY, out_order_no: "A-1" },
    required: ["merchant_no", "currency", "amount", "subject"],
    data: { qrcode: "https://qr.alipay.com/3CaDEKX", order: ALIPAY_ORDER },
  },
  {
    path: "/alipay/scan_pay",
    pays: "alipay.barcode",
    fields: { ...ALIPAY, auth_code: "280000000000000000", out_order_no: "A-1" },
    required: ["merchant_no", "currency", "amount", "subject", "auth_code"],
    data: { order: ALIPAY_ORDER },
  },
];

describe.each(CREATES)("POST $path", ({ path, pays, fields, required, data, message }) => {
  it("answers as the document's example, field for field", async () => {
    const to = backend();
    const { reply, json } = await call(to, "POST", path, fields);
    expect(reply.status).toBe(200);
    expect(json).toEqual({ meta: { ...META, message: message ?? META.message }, data });
    expect(to.created).toMatchObject([{ method: pays, clientNo: "A-1", amount: "100", notifyUrl: null }]);
  });

  it.each(required)("is 400 naming %s when it is missing or empty", async (name) => {
    const without = Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));
    for (const sent of [without, { ...without, [name]: "" }]) {
      const { reply, json } = await call(backend(), "POST", path, sent);
      expect(reply.status).toBe(400);
      expect(json.meta.message).toContain(name);
    }
  });

  it("needs nothing else, and hands on notify_url", async () => {
    const minimal = Object.fromEntries(Object.entries(fields).filter(([name]) => required.includes(name)));
    const to = backend();
    const { reply } = await call(to, "POST", path, { ...minimal, notify_url: "http://shop.example/n", unknown: "x" });
    expect(reply.status).toBe(200);
    expect(to.created).toMatchObject([{ clientNo: null, notifyUrl: "http://shop.example/n" }]);
    expect(to.created.map(({ extra }) => extra)).toEqual([{}]);
  });
});
