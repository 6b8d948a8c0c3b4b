import { describe, expect, it } from "vitest";
import type { Method } from "#lib/domain/methods.ts";
import { answer } from "#lib/gateways/fake-port.ts";
import { hipopayMerchant } from "#lib/gateways/hipopay-merchant/index.ts";
import { SAMPLES } from "#lib/gateways/hipopay-merchant/samples.ts";
import { BASE_URL, bodyOf, createRequest, openedAccount, success } from "#lib/gateways/hipopay-merchant/test-account.ts";

const JS_PARAMS = { appId: "wx1", timeStamp: "1", nonceStr: "n", package: "prepay_id=wx2", signType: "MD5", paySign: "S" };
const COMMON = {
  ...{ out_trade_id: "d2849e8140a6", amount: "0.10", currency: "HKD", product_info: "Wechat Mini Program Pay" },
  ...{ client_ip: "10.129.35.61", notify_url: "https://shop.test/api/notify/hipopay-merchant/acc_1" },
};
const MERCHANT = { merchant_no: "WC8888888888888" };
const OPENID = { openid: "oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4" };
const APP_ID = { appid: "wx247c9d9d6191b108" };
const AUTH_CODE = { auth_code: "135605691981176449" };
const HK_WALLET = { hk_wallet: "true" };
const NO = "2018081316331654230251111";
/** The order of the document's sample, for replies it prints no sample of. */
const ORDER = {
  ...{ amount: "0.10", currency: "HKD", exchange_rate: "0.881890", out_trade_id: "d2849e8140a6", payment_no: NO },
  ...{ status: "INIT", product_info: "Wechat Mini Program Pay", trade_time: "2018-08-13 16:33:16" },
};
const CREATED = { gatewayRef: NO, exchangeRate: "0.881890" };
const SDK = { appid: "wx1", noncestr: "n", package: "Sign=WXPay", partnerid: "1", prepayid: "wx2", timestamp: "1", sign: "S" };
const PREPAID = {
  kind: "app",
  runtime: "mini_program",
  params: {
    ...{ timeStamp: "1550548767", nonceStr: "572666791269", package: "prepay_id=wx19115928908673c06a1d48960711201017" },
    ...{ signType: "MD5", paySign: "466790B2486C24F2DE0BD4C77C7D22AB" },
  },
};
const ALIPAY_TEXT = '_input_charset="utf-8"&sign_type="RSA"';
const PAGE = "https://mapi.alipay.com/gateway.do?out_trade_no=1";

interface Row {
  method: Method;
  path: string;
  /** The path of an account for the Hong Kong wallets, and what it sends beside. */
  hongkong: [path: string, more: Record<string, string>];
  fields: Record<string, string>;
  reply: string | object;
  presentation: unknown;
  standing?: unknown;
}

const ROWS: Row[] = [
  {
    method: "wechat.mini_program",
    path: "/wechatpay/mini_program/payment",
    hongkong: ["/wechatpay/hk/mini_program/payment", {}],
    fields: { ...COMMON, ...MERCHANT, ...OPENID, ...APP_ID },
    // Its prepay_params have an order_no of another number: the payment's is payment_no.
    reply: SAMPLES.create,
    presentation: PREPAID,
  },
  {
    method: "wechat.app",
    path: "/wechatpay/app/payment",
    hongkong: ["/wechatpay/hk/app/payment", {}],
    fields: { ...COMMON, ...APP_ID },
    reply: success({ ...ORDER, prepay_params: { ...SDK, order_no: "7" } }),
    presentation: { kind: "app", runtime: "wechat_sdk", params: SDK },
  },
  {
    method: "wechat.jsapi",
    path: "/wechatpay/mp/payment",
    hongkong: ["/wechatpay/hk/online/mp/payment", {}],
    fields: { ...COMMON, ...MERCHANT, ...OPENID },
    reply: success({ ...ORDER, js_params: JS_PARAMS }),
    presentation: { kind: "jsapi", params: JS_PARAMS },
  },
  {
    method: "wechat.desk",
    path: "/wechatpay/web/payment",
    hongkong: ["/wechatpay/web/payment", {}],
    fields: COMMON,
    reply: success({ ...ORDER, pay_url: "https://pay.hipopay.com/desk?no=1" }),
    presentation: { kind: "redirect", url: "https://pay.hipopay.com/desk?no=1" },
  },
  {
    method: "wechat.native",
    path: "/wechatpay/qrcode/payment",
    hongkong: ["/wechatpay/qrcode/payment", {}],
    fields: COMMON,
    reply: success({ ...ORDER, qrcode_url: "weixin://wxpay/bizpayurl?pr=3CaDEKX" }),
    presentation: { kind: "qr", text: "weixin://wxpay/bizpayurl?pr=3CaDEKX" },
  },
  {
    method: "wechat.barcode",
    path: "/wechatpay/barcode/payment",
    hongkong: ["/wechatpay/barcode/payment", HK_WALLET],
    fields: { ...COMMON, ...AUTH_CODE },
    reply: success({ ...ORDER, status: "PAID", finish_time: "2018-08-13 16:33:20", pay_amount: "0.09", pay_currency: "CNY" }),
    presentation: { kind: "none" },
    standing: {
      ...{ kind: "paid", gatewayRef: NO, amount: { minor: 10n, currency: "HKD" }, paidAt: new Date("2018-08-13T08:33:20Z") },
      detail: { payAmount: "0.09", payCurrency: "CNY", exchangeRate: "0.881890" },
    },
  },
  {
    method: "alipay.app",
    path: "/alipay/app/payment",
    hongkong: ["/alipay/app/payment", {}],
    fields: COMMON,
    reply: success({ ...ORDER, prepay_string: ALIPAY_TEXT }),
    presentation: { kind: "app", runtime: "alipay_sdk", params: { prepay_string: ALIPAY_TEXT } },
  },
  {
    method: "alipay.wap",
    path: "/alipay/wap/payment",
    hongkong: ["/alipay/wap/payment", HK_WALLET],
    fields: { ...COMMON, return_url: "https://shop.test/pay/token/return" },
    reply: success({ ...ORDER, pay_url: PAGE }),
    presentation: { kind: "redirect", url: PAGE },
  },
  {
    method: "alipay.qr",
    path: "/alipay/qrcode/payment",
    hongkong: ["/alipay/qrcode/payment", HK_WALLET],
    fields: COMMON,
    reply: success({ ...ORDER, qrcode_url: "https://qr.alipay.com/bax04448a1pogrhduko280d3" }),
    presentation: { kind: "qr", text: "https://qr.alipay.com/bax04448a1pogrhduko280d3" },
  },
  {
    method: "alipay.web",
    path: "/alipay/web/payment",
    hongkong: ["/alipay/web/payment", HK_WALLET],
    fields: COMMON,
    reply: success({ ...ORDER, pay_url: PAGE }),
    presentation: { kind: "redirect", url: PAGE },
  },
  {
    method: "alipay.barcode",
    path: "/alipay/barcode/payment",
    hongkong: ["/alipay/barcode/payment", HK_WALLET],
    fields: { ...COMMON, ...AUTH_CODE },
    reply: success({ ...ORDER, status: "USERPAYING" }),
    presentation: { kind: "none" },
    standing: { kind: "pending", seen: true },
  },
];

describe.each(ROWS)("$method", ({ method, path, hongkong, fields, reply, presentation, standing }) => {
  const created = { ok: true, value: { presentation, ...CREATED, ...(standing !== undefined && { standing }) } };

  it("sends its fields to its path and reads the reply", async () => {
    const { account, port } = openedAccount([answer(reply)]);
    expect(await account.create(method, createRequest())).toEqual(created);
    expect(port.sent.map(({ method: verb, url }) => `${verb} ${url}`)).toEqual([`POST ${BASE_URL}${path}`]);
    expect(bodyOf(port.sent[0])).toEqual(fields);
  });

  it("for the Hong Kong wallet takes its own path or switch", async () => {
    const { account, port } = openedAccount([answer(reply)], { wechatWallet: "hongkong", alipayWallet: "hongkong" });
    expect(await account.create(method, createRequest())).toEqual(created);
    const [hkPath, more] = hongkong;
    expect(port.sent.map(({ url }) => url)).toEqual([BASE_URL + hkPath]);
    expect(bodyOf(port.sent[0])).toEqual({ ...fields, ...more });
  });
});

it("every method the gateway claims is a row here", () => {
  expect(ROWS.map(({ method }) => method).sort()).toEqual([...hipopayMerchant.methods].sort());
});

it("the sample as printed (Python's True, a comma too many) is no JSON, so it is unclear", async () => {
  const printed = SAMPLES.create.replace("true", "True").replace('"1550548767"\n}', '"1550548767"\n},');
  const { account } = openedAccount([answer(printed)]);
  expect(await account.create("wechat.mini_program", createRequest())).toMatchObject({ ok: false, kind: "unknown" });
});

describe("a reply that is not about our request is unclear, not believed", () => {
  const paid = { ...ORDER, status: "PAID" };
  it.each([
    ["another amount", { ...paid, amount: "0.11" }],
    ["another currency", { ...paid, currency: "USD" }],
    ["another merchant", { ...paid, merchant_no: "yyy" }],
    ["another number", { ...paid, out_trade_id: "yyyy" }],
    ["too many places", { ...paid, amount: "0.101" }],
    ["an amount that is no text", { ...paid, amount: {} }],
  ])("%s", async (_what, changed) => {
    const { account } = openedAccount([answer(success(changed))]);
    expect(await account.create("wechat.barcode", createRequest())).toMatchObject({ ok: false, kind: "unknown" });
  });

  it("a charge that does not name our number is asked about, by our number", async () => {
    const { account } = openedAccount([answer(success({ payment_no: NO, status: "PAID" }))]);
    expect(await account.create("wechat.barcode", createRequest())).toMatchObject({ ok: false, kind: "unknown" });
  });

  it("a charge without a status is asked about", async () => {
    const { account } = openedAccount([answer(success({ payment_no: NO, out_trade_id: "d2849e8140a6" }))]);
    const outcome = await account.create("wechat.barcode", createRequest());
    expect(outcome).toMatchObject({ ok: true, value: { gatewayRef: NO, standing: { kind: "unknown" } } });
  });

  it.each([
    ["no envelope", "<html>502</html>"],
    ["no response", { is_success: true }],
    ["no qrcode_url", success(ORDER)],
    ["a QR of a foreign host", success({ ...ORDER, qrcode_url: "https://evil.example/pay" })],
    ["a QR with a script", success({ ...ORDER, qrcode_url: "javascript:alert(1)" })],
    ["a QR that is no text", success({ ...ORDER, qrcode_url: { url: "weixin://x" } })],
  ])("%s", async (_what, reply) => {
    const { account } = openedAccount([answer(reply)]);
    expect(await account.create("wechat.native", createRequest())).toMatchObject({ ok: false, kind: "unknown" });
  });

  it.each([
    ["wechat.jsapi", { js_params: { ...JS_PARAMS, paySign: "" } }],
    ["wechat.mini_program", { prepay_params: { nonceStr: "n", timeStamp: "1" } }],
    ["wechat.app", { prepay_params: { order_no: "7" } }],
    ["wechat.desk", { pay_url: "http://pay.hipopay.com/" }],
    ["alipay.wap", { pay_url: "https://alipay.com.evil.example/" }],
  ] as const)("%s without usable parameters", async (method, more) => {
    const { account } = openedAccount([answer(success({ ...ORDER, ...more }))]);
    expect(await account.create(method, createRequest())).toMatchObject({ ok: false, kind: "unknown" });
  });
});
