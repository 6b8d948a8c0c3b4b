import { describe, expect, it } from "vitest";
import type { Method } from "#lib/domain/methods.ts";
import { isMoneyProblem, parseMoney } from "#lib/domain/money.ts";
import { answer } from "#lib/gateways/fake-port.ts";
import { mpgateway } from "#lib/gateways/mpgateway/index.ts";
import {
  BASE_URL,
  createRequest,
  ECHO,
  gatewaySign,
  ORDER_NO,
  openedAccount,
  QUERY_ID,
  reply,
  sentJson,
} from "#lib/gateways/mpgateway/test-account.ts";

const NOTIFY = "https://shop.test/api/notify/mpgateway/acc_1";
const QR = { kind: "qr", text: "https://qr.alipay.com/bax07593fh9xkcrimmy8203b" };
const H5 = "https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx1&package=2";
const CHARGED = { presentation: { kind: "none" }, gatewayRef: QUERY_ID, standing: { kind: "pending", gatewayRef: QUERY_ID } };

interface Row {
  method: Method;
  action: string;
  extra?: string;
  formaction?: string;
  created: unknown;
}

const CODE = ',"code":"135605691981176449"';
const ROWS: Row[] = [
  { method: "wechat.barcode", action: "WxCode", extra: CODE, created: CHARGED },
  {
    method: "wechat.native",
    action: "WxSao",
    formaction: "weixin://wxpay/bizpayurl?pr=3CaDEKX",
    created: { presentation: { kind: "qr", text: "weixin://wxpay/bizpayurl?pr=3CaDEKX" }, gatewayRef: QUERY_ID },
  },
  {
    method: "wechat.h5",
    action: "WxH5",
    extra: ',"ip":"102.142.32.12"',
    formaction: H5,
    created: { presentation: { kind: "redirect", url: H5 }, gatewayRef: QUERY_ID },
  },
  { method: "alipay.barcode", action: "AliCode", extra: CODE, created: CHARGED },
  { method: "alipay.qr", action: "AliSao", formaction: QR.text, created: { presentation: QR, gatewayRef: QUERY_ID } },
  {
    method: "alipay.wap",
    action: "AliWap",
    formaction: "https://mclient.alipay.com/cashier?x=1",
    created: { presentation: { kind: "redirect", url: "https://mclient.alipay.com/cashier?x=1" }, gatewayRef: QUERY_ID },
  },
  { method: "qq.barcode", action: "QQCode", extra: CODE, created: CHARGED },
  {
    method: "qq.native",
    action: "QQSao",
    formaction: "https://qpay.qq.com/qr/6f7c",
    created: { presentation: { kind: "qr", text: "https://qpay.qq.com/qr/6f7c" }, gatewayRef: QUERY_ID },
  },
  {
    method: "unionpay.qr",
    action: "USao",
    formaction: "https://qr.95516.com/00010000/6221",
    created: { presentation: { kind: "qr", text: "https://qr.95516.com/00010000/6221" }, gatewayRef: QUERY_ID },
  },
];

it.each(ROWS)(
  "$method sends $action, exactly these bytes, and reads the answer",
  async ({ method, action, extra = "", formaction, created }) => {
    const { account, port } = openedAccount([reply({ ...ECHO, ...(formaction && { formaction }) })]);
    const outcome = await account.create(method, createRequest());
    const json = `{"action":"${action}","txnamt":"100","merid":"89900100","orderid":"${ORDER_NO}","backurl":"${NOTIFY}"${extra}}`;
    const req = Buffer.from(json, "utf8").toString("base64");
    expect(port.sent).toHaveLength(1);
    expect(port.sent[0]).toMatchObject({ method: "POST", url: `${BASE_URL}/api/mpgateway` });
    expect(port.sent[0]?.body).toBe(`req=${encodeURIComponent(req)}&sign=${gatewaySign(req)}`);
    expect(outcome).toEqual({ ok: true, value: created });
  },
);

describe("WxJsApi", () => {
  const opened = (settings = {}) => openedAccount([reply({ ...ECHO, formaction: "wx2018/PAYID+1" })], settings);

  it("sends openid and the page to come back to, and leads to the signed page with the PayId", async () => {
    const { account, port } = opened();
    const outcome = await account.create("wechat.jsapi", createRequest());
    expect(sentJson(port)).toBe(
      `{"action":"WxJsApi","txnamt":"100","merid":"89900100","orderid":"${ORDER_NO}","backurl":"${NOTIFY}",` +
        '"openid":"oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4","fronturl":"https://shop.test/pay/token/return"}',
    );
    const req = Buffer.from(`{"merid":"89900100","orderid":"${ORDER_NO}","code":"wx2018/PAYID+1"}`).toString("base64");
    const url = `${BASE_URL}/wxjsapi/gopay.html?req=${encodeURIComponent(req)}&sign=${gatewaySign(req)}`;
    expect(outcome).toEqual({ ok: true, value: { presentation: { kind: "redirect", url }, gatewayRef: QUERY_ID } });
  });

  it("leads to the page with plain fields where the account says so, under the account's own path", async () => {
    const { account } = opened({ payPageSigned: false, paths: { payPage: "/go.html" } });
    const url = `${BASE_URL}/go.html?merid=89900100&orderid=${ORDER_NO}&code=wx2018%2FPAYID%2B1`;
    expect(await account.create("wechat.jsapi", createRequest())).toMatchObject({ ok: true, value: { presentation: { url } } });
  });
});

it("every method the gateway claims is tested here", () => {
  expect([...ROWS.map(({ method }) => method), "wechat.jsapi"].sort()).toEqual([...mpgateway.methods].sort());
});

describe("settings", () => {
  it("a channel is sent where the account names one; path and the undocumented action are the account's own", async () => {
    const { account, port } = openedAccount([answer("")], { payway: "3855", paths: { pay: "/api/v2/pay" }, aliWapAction: "AliH5" });
    await account.create("alipay.wap", createRequest());
    expect(port.sent[0]?.url).toBe(`${BASE_URL}/api/v2/pay`);
    expect(sentJson(port)).toContain('{"action":"AliH5","txnamt":"100","merid":"89900100","payway":"3855","orderid":');
  });
});

it.each([
  ["19.90", "1990"],
  ["1.67", "167"],
  ["1.68", "168"],
  ["2.68", "268"],
  ["0.01", "1"],
  ["99999999999.99", "9999999999999"],
])("%s yuan goes out as %s fen", async (yuan, fen) => {
  const amount = parseMoney(yuan, "CNY");
  if (isMoneyProblem(amount)) throw new Error(amount);
  const { account, port } = openedAccount([answer("")]);
  await account.create("alipay.qr", createRequest({ amount }));
  expect(sentJson(port)).toContain(`"txnamt":"${fen}"`);
});

describe("what is not sent", () => {
  const without = (name: "openid" | "authCode") => {
    const request = createRequest();
    delete request[name];
    return request;
  };
  it.each([
    ["wechat.jsapi", without("openid"), "invalid_request"],
    ["wechat.jsapi", createRequest({ openid: "o x" }), "invalid_request"],
    ["wechat.barcode", without("authCode"), "invalid_request"],
    ["alipay.barcode", without("authCode"), "invalid_request"],
    ["qq.barcode", createRequest({ authCode: '1"' }), "invalid_request"],
    ["wechat.h5", createRequest({ clientIp: "unknown" }), "invalid_request"],
    ["alipay.qr", createRequest({ gatewayOrderNo: "A123456" }), "invalid_request"],
    ["alipay.qr", createRequest({ gatewayOrderNo: "A".repeat(33) }), "invalid_request"],
    ["alipay.qr", createRequest({ gatewayOrderNo: "A1234567_" }), "invalid_request"],
    ["alipay.qr", createRequest({ amount: { minor: 0n, currency: "CNY" } }), "amount_rejected"],
    ["alipay.qr", createRequest({ amount: { minor: 100n, currency: "HKD" } }), "unsupported"],
    ["alipay.web", createRequest(), "unsupported"],
  ] as const)("%s: a request that cannot be meant is refused before the wire", async (method, request, code) => {
    const { account, port } = openedAccount();
    expect(await account.create(method, request)).toMatchObject({ ok: false, kind: "refused", code });
    expect(port.sent).toEqual([]);
    expect(port.recorded).toEqual([]);
  });

  it.each(["A1234567", "A".repeat(32), "20261120ABCDEFGHJKMNPQRSTVWX"])(
    "a number of the document's shape is: %s",
    async (gatewayOrderNo) => {
      const { account, port } = openedAccount([answer("")]);
      await account.create("alipay.qr", createRequest({ gatewayOrderNo }));
      expect(port.sent).toHaveLength(1);
    },
  );
});
