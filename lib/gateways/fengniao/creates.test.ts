import { describe, expect, it } from "vitest";
import type { Method } from "#lib/domain/methods.ts";
import { BANKS } from "#lib/gateways/fengniao/banks.ts";
import { fengniao } from "#lib/gateways/fengniao/index.ts";
import { BASE_URL, createRequest, credentials, no, ok, openedAccount, PERSON, sentCall } from "#lib/gateways/fengniao/test-account.ts";
import { parseForm } from "#lib/gateways/wire.ts";

const MERCHANT = { merchant_no: credentials.merchantNo };
const NUMBER = { out_trade_no: "T1503043962" };
const AMOUNT = { total_amount: "0.01" };
const NAMED = { ...MERCHANT, ...NUMBER, order_name: "支付宝收款", ...AMOUNT };
const NOTIFY = { notify_url: "https://shop.test/api/notify/fengniao/acc_1" };
const BACK = "https://shop.test/pay/token/return";
const IP = PERSON.clientIp;
const APP = { sub_appid: "wx247c9d9d6191b108" };
const BODY = { body: "支付宝收款" };
const UNIONPAY = { ...NUMBER, ...AMOUNT, subject: "支付宝收款", ...BODY, client_ip: IP, ...NOTIFY, success_url: BACK };
const ECHO = { ...NUMBER, ...AMOUNT };
const JS_PARAMS = { appId: "wx1", timeStamp: "1503043962", nonceStr: "n", package: "prepay_id=wx2", signType: "MD5", paySign: "S" };
const H5 = "https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx1&package=2";
const PAGE = "https://api.fengniaofu.com/pay/1";
const redirect = (url: string) => ({ presentation: { kind: "redirect", url }, gatewayRef: null });
const code = (text: string) => ({ presentation: { kind: "qr", text }, gatewayRef: null });
const charged = (ref: string | null) => ({
  ...{ presentation: { kind: "none" }, gatewayRef: ref, standing: { kind: "pending", gatewayRef: ref } },
});

interface Row {
  method: Method;
  wire: string;
  content: Record<string, string>;
  reply: object;
  created: unknown;
  settings?: Record<string, unknown>;
}

const WECHAT: Row[] = [
  {
    method: "wechat.jsapi",
    wire: "weixin.mppay",
    content: {
      ...{ ...NAMED, ...APP, sub_mch_id: "1230000109", sub_openid: PERSON.openid, spbill_create_ip: IP, ...BODY, is_online: "1" },
      ...{ ...NOTIFY, success_url: BACK, cancel_url: BACK },
    },
    reply: { pay_info: { ...JS_PARAMS, timeStamp: 1503043962 }, pay_url: "" },
    created: { presentation: { kind: "jsapi", params: JS_PARAMS }, gatewayRef: null },
  },
  {
    method: "wechat.native",
    wire: "weixin.qr_code_pay",
    content: { ...NAMED, ...APP, spbill_create_ip: IP, ...BODY, goods_id: "T1503043962", is_online: "1", ...NOTIFY },
    reply: { qr_code: "weixin://wxpay/bizpayurl?pr=3CaDEKX" },
    created: code("weixin://wxpay/bizpayurl?pr=3CaDEKX"),
  },
  {
    method: "wechat.barcode",
    wire: "weixin.scan_qr_code_pay",
    content: { ...NAMED, ...BODY, ...APP, auth_code: PERSON.authCode, spbill_create_ip: IP },
    // §2.4: a bank, a cash amount and a time of payment, but no status: it still has to be asked about.
    reply: {
      ...{ trade_no: "2017081800001", bank_type: "CFT", cash_fee: 0.01, fee_type: "CNY", is_subscribe: "N", openid: PERSON.openid },
      ...{ pay_time: "20091225091010", trade_type: "MICROPAY" },
    },
    created: charged("2017081800001"),
  },
  {
    method: "wechat.h5",
    wire: "weixin.h5_pay",
    content: {
      ...{ ...NAMED, goods_tag: "WXG", sub_mch_id: "1230000109", spbill_create_ip: IP, ...NOTIFY },
      sceneInfo: '{"h5_info":{"type":"Wap","wap_url":"https://shop.test","wap_name":"收银台"}}',
    },
    reply: { pay_url: H5 },
    created: redirect(H5),
  },
  {
    method: "wechat.h5",
    wire: "weixin.pay",
    settings: { wechatH5: "weixin.pay" },
    content: { ...NAMED, ip: IP, ...NOTIFY, return_url: BACK },
    reply: { pay_url: H5 },
    created: redirect(H5),
  },
];

const ALIPAY: Row[] = [
  {
    method: "alipay.qr",
    wire: "alipay.qr_code_pay",
    content: { ...NAMED, goods_id: "T1503043962", client_ip: IP, ...NOTIFY },
    reply: { qr_code: "https://qr.alipay.com/bax04448a1pogrhduko280d3" },
    created: code("https://qr.alipay.com/bax04448a1pogrhduko280d3"),
  },
  {
    method: "alipay.barcode",
    wire: "alipay.scan_qr_code_pay",
    content: { ...NAMED, ...BODY, auth_code: PERSON.authCode, scene: "bar_code", client_ip: IP, ...NOTIFY },
    reply: {},
    created: charged(null),
  },
  {
    method: "alipay.personal",
    wire: "alipay.ration_code",
    content: { ...MERCHANT, ...NUMBER, ...AMOUNT, ...NOTIFY },
    reply: { pay_url: PAGE },
    created: redirect(PAGE),
  },
  {
    method: "alipay.wap",
    wire: "alipay.wap_pay",
    content: { ...NAMED, ...BODY, ...NOTIFY, return_url: BACK, success_url: BACK },
    reply: { pay_url: "https://openapi.alipay.com/gateway.do?a=1" },
    created: redirect("https://openapi.alipay.com/gateway.do?a=1"),
  },
  {
    method: "alipay.jsapi",
    wire: "alipay.h5_pay",
    content: { ...NAMED, ip: IP, ...NOTIFY, return_url: BACK },
    // tradeNo is Alipay's own number, not the gateway's: kept as neither.
    reply: { pay_url: PAGE, tradeNo: "2017081821001004" },
    created: redirect(PAGE),
  },
];

const OTHERS: Row[] = [
  {
    method: "jd.native",
    wire: "jd.pay",
    content: { ...NAMED, order_type: "0", ...NOTIFY },
    reply: { qr_code: "https://h5pay.jd.com/jdpay/1" },
    created: code("https://h5pay.jd.com/jdpay/1"),
  },
  {
    method: "qq.native",
    wire: "qq.unified",
    content: { ...NUMBER, order_name: "支付宝收款", spbill_create_ip: IP, ...AMOUNT, ...NOTIFY },
    reply: { code_url: "https://qpay.qq.com/qr/1" },
    created: code("https://qpay.qq.com/qr/1"),
  },
  {
    method: "unionpay.gateway",
    wire: "unionpay.gateway",
    content: { ...UNIONPAY, channel_type: "07", pay_type: "3", bank_code: "01020000" },
    reply: { pay_url: "https://gateway.95516.com/1" },
    created: redirect("https://gateway.95516.com/1"),
  },
  {
    method: "unionpay.wap",
    wire: "unionpay.wap",
    content: { ...UNIONPAY, channel_type: "08", card_no: PERSON.cardNumber },
    reply: { pay_url: PAGE },
    created: redirect(PAGE),
  },
];

const ROWS = [...WECHAT, ...ALIPAY, ...OTHERS];

it.each(ROWS)("$method sends the document's fields by $wire and reads the document's reply", async (row) => {
  const { account, port } = openedAccount([ok({ ...ECHO, ...row.reply })], row.settings);
  expect(await account.create(row.method, createRequest())).toEqual({ ok: true, value: row.created });
  expect(port.sent.map(({ method, url }) => `${method} ${url}`)).toEqual([`POST ${BASE_URL}/gateway`]);
  expect(sentCall(port.sent[0])).toEqual({ method: row.wire, content: row.content });
});

it("every method the gateway claims is a row here", () => {
  expect([...new Set(ROWS.map(({ method }) => method))].sort()).toEqual([...fengniao.methods].sort());
});

it("the exact bytes of a create: form, signature and headers", async () => {
  const { account, port } = openedAccount([ok({ ...ECHO, qr_code: "https://qr.alipay.com/1" })]);
  await account.create("alipay.qr", createRequest({ subject: "test" }));
  const [sent] = port.sent;
  expect(sent?.headers).toEqual({ "Content-Type": "application/x-www-form-urlencoded; charset=utf-8", Accept: "application/json" });
  const form = parseForm(sent?.body ?? "");
  expect(form.ok && Object.keys(form.fields)).toEqual(["content", "app_id", "version", "method", "sign", "sign_type"]);
  expect(form.ok && form.fields.content).toBe(
    '{"merchant_no":"20170815152552020001","out_trade_no":"T1503043962","order_name":"test","total_amount":"0.01",' +
      '"goods_id":"T1503043962","client_ip":"102.142.32.12","notify_url":"https:\\/\\/shop.test\\/api\\/notify\\/fengniao\\/acc_1"}',
  );
  // Made by md5sum(1) over the text of §3.1.
  expect(form.ok && form.fields.sign).toBe("33c326d81187fe2fa9be8036fa70409e");
});

describe("a reply that is not about our request is unclear, not believed", () => {
  it.each(ROWS)("$method by $wire: another number, another amount, or neither", async (row) => {
    for (const echo of [
      { ...ECHO, out_trade_no: "T2" },
      { ...ECHO, total_amount: "0.02" },
      { ...ECHO, total_amount: 0.1 },
      { ...ECHO, total_amount: "0.011" },
      { ...ECHO, total_amount: "1e-2" },
      NUMBER,
      AMOUNT,
    ]) {
      const { account } = openedAccount([ok({ ...row.reply, ...echo })], row.settings);
      expect(await account.create(row.method, createRequest())).toMatchObject({ ok: false, kind: "unknown" });
    }
  });

  it.each(ROWS.filter(({ reply }) => Object.keys(reply).some((name) => /pay_url|qr_code|code_url|pay_info/.test(name))))(
    "$method by $wire: one that does not say how to pay, or names a foreign page",
    async ({ method, settings }) => {
      const evil = "https://evil.example/pay";
      for (const reply of [{}, { pay_url: evil, qr_code: evil, code_url: evil }, { pay_info: "{}", pay_url: null }]) {
        const { account } = openedAccount([ok({ ...ECHO, ...reply })], settings);
        expect(await account.create(method, createRequest())).toMatchObject({ ok: false, kind: "unknown" });
      }
    },
  );

  it("an order whose number exists is unclear until a query answers", async () => {
    const { account } = openedAccount([no(12001, "订单号已存在")]);
    expect(await account.create("wechat.native", createRequest())).toMatchObject({ ok: false, kind: "unknown" });
  });
});

it("the 25 banks of the document are there to choose from, each once", () => {
  expect(fengniao.banks["unionpay.gateway"]).toBe(BANKS);
  expect(new Set(BANKS.map(({ code: bankCode }) => bankCode)).size).toBe(25);
  expect(new Set(BANKS.map(({ name }) => name)).size).toBe(25);
});
