import { describe, expect, it } from "vitest";
import { xxpayDialect } from "#lib/dialects/xxpay/index.ts";
import { PRODUCTS } from "#lib/dialects/xxpay/products.ts";
import { ACCOUNT, backend, call, opened, ROOT, signedRequest } from "#lib/dialects/xxpay/testing/drive.ts";

const PATH = "/api/pay/create_order";
const NO = "2017062312381442716795237";
const COMMON = {
  ...ACCOUNT,
  productId: 8002,
  mchOrderNo: "20160427210604000490",
  currency: "cny",
  amount: 1990,
  notifyUrl: "http://domain/notify.htm",
  subject: "测试商品名称",
  body: "测试商品描述",
};
const REMITTER = "HPT00003;张三;6222020000000000000";

const picture = (text: string) => `${ROOT}/api/qrcode/create_qrcode?params=${text}`;
const page = (name: string) => `https://gateway.example/${name}/${NO}`;
const post = (name: string) => `POST;${page(name)}?payOrderId=${NO}&mchOrderNo=20160427210604000490`;
const WECHAT = picture("weixin://wxpay/bizpayurl?pr=3CaDEKX");
const ALIPAY = picture("https://qr.alipay.com/3CaDEKX");
const UNIONPAY = picture("https://qr.95516.com/00010000/3CaDEKX");

/** 支付产品, all twenty (seeds/003 §4.1). */
const ROWS = [
  ["8000", "bank.transfer", post("bank_transfer")],
  ["8001", "unionpay.quick", post("unionpay_quick")],
  ["8002", "wechat.native", WECHAT],
  ["8003", "wechat.h5", page("wechat_h5")],
  ["8004", "wechat.jsapi", page("wechat_jsapi")],
  ["8005", "wechat.mini_program", page("wechat_mini_program")],
  ["8006", "alipay.qr", ALIPAY],
  ["8007", "alipay.wap", page("alipay_wap")],
  ["8008", "alipay.jsapi", page("alipay_jsapi")],
  ["8009", "qq.native", picture("https://qpay.qq.com/qr/3CaDEKX")],
  ["8010", "qq.h5", page("qq_h5")],
  ["8011", "jd.native", picture("https://ex.jd.com/pay?code=3CaDEKX")],
  ["8012", "jd.h5", page("jd_h5")],
  ["8013", "baidu.wallet", page("baidu_wallet")],
  ["8014", "unionpay.qr", UNIONPAY],
  ["8015", "alipay.wap", page("alipay_wap")],
  ["8016", "alipay.qr", ALIPAY],
  ["8017", "alipay.qr", ALIPAY],
  ["8018", "alipay.wap", page("alipay_wap")],
  ["8019", "unionpay.qr", UNIONPAY],
] as const;

describe("a product", () => {
  it.each(ROWS)("%s is %s and answers its payUrl", async (productId, pays, payUrl) => {
    const to = backend();
    const { json, signed, status } = await call(to, PATH, { ...COMMON, productId, ...(productId === "8000" ? { param1: REMITTER } : {}) });
    expect([status, signed]).toEqual([200, "good"]);
    expect(json).toEqual({ retCode: "SUCCESS", retMsg: "", payOrderId: NO, payParams: { payUrl } });
    expect(to.created).toMatchObject([{ method: pays, productId, amount: "19.90", currency: "CNY", merchantNo: "20001222" }]);
  });

  it("exists for each row of the document and for no other number", () => {
    expect([...PRODUCTS.keys()]).toEqual(ROWS.map(([productId]) => productId));
  });

  it.each([undefined, "", "HPT00003;张三", "HPT00003;;622202", "HPT00003;张三;622202;x", " ; ; "])(
    "8000 is refused with the remitter %j",
    async (param1) => {
      const { json } = await call(backend(), PATH, { ...COMMON, productId: 8000, param1 });
      expect(json).toMatchObject({ retCode: "FAIL", errCode: "0014", errDes: expect.stringContaining("param1") });
    },
  );
});

describe("the fields", () => {
  const required = ["mchId", "appId", "productId", "mchOrderNo", "currency", "amount", "notifyUrl", "subject", "body"];

  it.each(required)("%s is required", async (name) => {
    for (const value of [undefined, "", null]) {
      const to = backend();
      const { json, signed } = await call(to, PATH, { ...COMMON, [name]: value });
      expect(json).toEqual({
        retCode: "FAIL",
        retMsg: "参数格式校验错误",
        errCode: "0014",
        errDes: expect.stringContaining(name),
      });
      expect([signed, to.created]).toEqual(["not", []]);
    }
  });

  it.each([
    ["productId", "7999"],
    ["productId", "toString"],
    ["amount", 0],
    ["amount", 1.5],
    ["amount", "1.00"],
    ["amount", -1],
    ["amount", "1e3"],
    ["amount", "010"],
    ["amount", "10000000000000"],
    ["amount", [1]],
    ["currency", "usd"],
    ["mchOrderNo", "1".repeat(31)],
    ["subject", "商".repeat(65)],
    ["body", "x".repeat(257)],
    ["notifyUrl", `http://domain/${"x".repeat(115)}`],
    ["notifyUrl", "domain/notify"],
    ["returnUrl", "javascript:alert(1)"],
    ["returnUrl", `http://domain/${"x".repeat(115)}`],
    ["clientIp", "1.2.3"],
    ["device", "x".repeat(65)],
    ["param1", "x".repeat(65)],
    ["param2", "x".repeat(65)],
  ])("%s = %j is refused by name", async (name, value) => {
    const to = backend();
    const { json } = await call(to, PATH, { ...COMMON, [name]: value });
    expect(json).toMatchObject({ errCode: "0014", errDes: expect.stringContaining(name) });
    expect(to.created).toEqual([]);
  });

  it("at their limits are taken, and remembered", async () => {
    const sent = {
      mchOrderNo: "1".repeat(30),
      subject: "商".repeat(64),
      body: "x".repeat(256),
      notifyUrl: `http://domain/${"x".repeat(114)}`,
      returnUrl: `http://domain/${"y".repeat(114)}`,
      param1: "甲".repeat(64),
      param2: "乙".repeat(64),
      device: "ios10.3.1",
      clientIp: "210.73.10.148",
      currency: "CNY",
      amount: "9999999999999",
      productId: "8004",
      extra: '{"openId":"o1"}',
    };
    const to = backend();
    expect((await call(to, PATH, { ...COMMON, ...sent })).json.retCode).toBe("SUCCESS");
    expect(to.created).toMatchObject([
      {
        clientNo: sent.mchOrderNo,
        subject: sent.subject,
        notifyUrl: sent.notifyUrl,
        returnUrl: sent.returnUrl,
        deviceInfo: "ios10.3.1",
        ip: "210.73.10.148",
        amount: "99999999999.99",
        openid: "o1",
        appId: ACCOUNT.appId,
        extra: { param1: sent.param1, param2: sent.param2 },
      },
    ]);
  });

  it.each([
    [1, "0.01"],
    ["167", "1.67"],
    [168, "1.68"],
    ["268", "2.68"],
  ])("amount %j fen is %s yuan", async (amount, yuan) => {
    const to = backend();
    await call(to, PATH, { ...COMMON, amount });
    expect(to.created).toMatchObject([{ amount: yuan }]);
  });
});

describe("a number used before", () => {
  const second = async (changes: object, state: "INIT" | "PAID" | "CLOSED" = "INIT") => {
    const to = backend();
    await call(to, PATH, COMMON);
    const [made] = to.payments;
    if (!made) throw new Error("nothing was created");
    made.state = state;
    to.problem = "duplicate_number";
    return (await call(to, PATH, { ...COMMON, ...changes })).json;
  };

  it("with the same parameters answers the same order, however the numbers are written", async () => {
    const same = { retCode: "SUCCESS", retMsg: "", payOrderId: NO, payParams: { payUrl: WECHAT } };
    expect(await second({})).toEqual(same);
    expect(await second({ amount: "1990", productId: "8002", param1: "" })).toEqual(same);
  });

  it.each([{ amount: 1991 }, { subject: "x" }, { productId: 8006 }, { param1: "x" }])("with %j is refused by name", async (changes) => {
    expect(await second(changes)).toMatchObject({ errCode: "0014", errDes: expect.stringContaining("mchOrderNo") });
  });

  it("of a paid order is 0113, of a closed one 0014", async () => {
    expect(await second({}, "PAID")).toMatchObject({ errCode: "0113" });
    expect(await second({}, "CLOSED")).toMatchObject({ errCode: "0014" });
  });
});

it.each([
  ["unavailable", "0010"],
  ["wallet_down", "0010"],
  ["amount_invalid", "0014"],
  ["unknown_merchant", "0015"],
] as const)("the backend's %s is %s", async (problem, errCode) => {
  const to = backend();
  to.problem = problem;
  expect(await call(to, PATH, COMMON)).toMatchObject({ status: 200, signed: "not", json: { retCode: "FAIL", errCode } });
});

it("a gateway that was not told its address creates nothing it could not show", async () => {
  const to = backend();
  const { root: _, ...homeless } = signedRequest(PATH, COMMON);
  expect(opened(await xxpayDialect.handle(homeless, to)).json).toMatchObject({ errCode: "0010" });
  expect(to.created).toEqual([]);
});
