import { describe, expect, it } from "vitest";
import type { Method } from "#lib/domain/methods.ts";
import { isMoneyProblem, parseMoney } from "#lib/domain/money.ts";
import { answer } from "#lib/gateways/fake-port.ts";
import { xxpay } from "#lib/gateways/xxpay/index.ts";
import { PAY_METHODS, PRODUCTS } from "#lib/gateways/xxpay/products.ts";
import {
  BASE_URL,
  created,
  createRequest,
  credentials,
  gatewaySign,
  ORDER_NO,
  openedAccount,
  PAY_ORDER_ID,
  sentJson,
} from "#lib/gateways/xxpay/test-account.ts";

const CASHIER = `${BASE_URL}/cashier?no=1`;
const sentFields = async (method: Method, request = createRequest(), settings = {}): Promise<Record<string, string>> => {
  const { account, port } = openedAccount([answer("")], settings);
  await account.create(method, request);
  return JSON.parse(sentJson(port) || "{}");
};

/** §4.1, typed from the document once more: the products, and the method each serves by default or by setting. */
const TABLE: [string, Method, boolean][] = [
  ["8000", "bank.transfer", true],
  ["8001", "unionpay.quick", true],
  ["8002", "wechat.native", true],
  ["8003", "wechat.h5", true],
  ["8004", "wechat.jsapi", true],
  ["8005", "wechat.mini_program", true],
  ["8006", "alipay.qr", true],
  ["8007", "alipay.wap", true],
  ["8008", "alipay.jsapi", true],
  ["8009", "qq.native", true],
  ["8010", "qq.h5", true],
  ["8011", "jd.native", true],
  ["8012", "jd.h5", true],
  ["8013", "baidu.wallet", true],
  ["8014", "unionpay.qr", true],
  ["8015", "alipay.wap", false],
  ["8016", "alipay.qr", false],
  ["8017", "alipay.qr", false],
  ["8017", "alipay.wap", false],
  ["8018", "alipay.wap", false],
  ["8018", "alipay.qr", false],
  ["8019", "unionpay.qr", false],
];

it.each(TABLE)("product %s is reached by %s (by default: %s)", async (product, method, byDefault) => {
  const fields = await sentFields(method, createRequest(), byDefault ? {} : { products: { [method]: product } });
  expect(fields.productId).toBe(product);
});

it("all twenty products are in the table, and every method has one", () => {
  const ids = Array.from({ length: 20 }, (_value, index) => `${8000 + index}`);
  expect(PRODUCTS.map(({ id }) => id)).toEqual(ids);
  expect(new Set(TABLE.map(([id]) => id))).toEqual(new Set(ids));
  expect([...xxpay.methods].sort()).toEqual([...PAY_METHODS].sort());
  expect(new Set(TABLE.map(([, method]) => method))).toEqual(new Set(xxpay.methods));
});

it("sends exactly these bytes, and reads the answer", async () => {
  const { account, port } = openedAccount([created(CASHIER)]);
  const outcome = await account.create("alipay.wap", createRequest({ deviceInfo: "ios10.3.1" }));
  const json =
    `{"mchId":"20001222","appId":"${credentials.appId}","productId":"8007","mchOrderNo":"${ORDER_NO}","currency":"cny","amount":"100",` +
    '"clientIp":"210.73.10.148","device":"ios10.3.1","notifyUrl":"http://domain/notify.htm","returnUrl":"http://domain/return.htm",' +
    '"subject":"测试商品名称","body":"测试商品名称"}';
  const signed = json.replace(/}$/, `,"sign":"${gatewaySign(JSON.parse(json))}"}`);
  expect(port.sent).toHaveLength(1);
  expect(port.sent[0]).toMatchObject({ method: "POST", url: `${BASE_URL}/api/pay/create_order` });
  expect(port.sent[0]?.body).toBe(`params=${encodeURIComponent(signed)}`);
  expect(outcome).toEqual({ ok: true, value: { presentation: { kind: "redirect", url: CASHIER }, gatewayRef: PAY_ORDER_ID } });
});

describe("a bank transfer", () => {
  it("names its payer as bank;name;account, and no other method does", async () => {
    expect((await sentFields("bank.transfer")).param1).toBe("HPT00003;张三;6217000010001234567");
    expect(await sentFields("unionpay.quick")).not.toHaveProperty("param1");
  });

  it("has the document's 97 banks to choose from", () => {
    const banks = xxpay.banks["bank.transfer"] ?? [];
    expect(banks).toHaveLength(97);
    expect([banks[0], banks[2], banks[96]]).toEqual([
      { code: "HPT00001", name: "中国银行" },
      { code: "HPT00003", name: "中国建设银行" },
      { code: "HPT00097", name: "龙江银行" },
    ]);
  });

  const payer = { bankCode: "HPT00003", name: "张三", account: "6217000010001234567" };
  const { payer: _payer, ...nobody } = createRequest();
  it.each([
    ["no payer", nobody],
    ["a bank that is no code", createRequest({ payer: { ...payer, bankCode: "中国银行" } })],
    ["an account with a letter of the wire", createRequest({ payer: { ...payer, account: "1;2&3" } })],
    ["a name with ;", createRequest({ payer: { ...payer, name: "a;b" } })],
    ["a name with &", createRequest({ payer: { ...payer, name: "a&b" } })],
    ["an empty name", createRequest({ payer: { ...payer, name: " " } })],
    ["more than 64 characters together", createRequest({ payer: { ...payer, name: "张".repeat(37) } })],
  ])("with %s is not sent", async (_what, request) => {
    const { account, port } = openedAccount();
    expect(await account.create("bank.transfer", request)).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    expect(port.sent).toEqual([]);
  });
});

describe("the document's limits", () => {
  it.each([
    ["a number of 31", createRequest({ gatewayOrderNo: "1".repeat(31) })],
    ["a number with a sign of the wire", createRequest({ gatewayOrderNo: "1&2" })],
    ["a notify address of 129", createRequest({ notifyUrl: `https://${"a".repeat(121)}` })],
    ["a return address of 129", createRequest({ returnUrl: `https://${"a".repeat(121)}` })],
  ])("%s is not sent", async (_what, request) => {
    const { account, port } = openedAccount();
    expect(await account.create("alipay.qr", request)).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    expect(port.sent).toEqual([]);
  });

  it("what just fits is sent", async () => {
    const url = `https://${"a".repeat(120)}`;
    const request = createRequest({ gatewayOrderNo: "1".repeat(30), notifyUrl: url, returnUrl: url });
    expect(await sentFields("alipay.qr", request)).toMatchObject({ mchOrderNo: "1".repeat(30), notifyUrl: url, returnUrl: url });
  });

  it("a long subject is cut at 64, its body at 256, never inside a sign", async () => {
    const { subject = "", body = "" } = await sentFields(
      "alipay.qr",
      createRequest({ subject: `${"字".repeat(63)}👩‍👩‍👧${"字".repeat(300)}` }),
    );
    expect(subject).toBe("字".repeat(63));
    expect(body).toHaveLength(256);
    expect(body.startsWith(`${"字".repeat(63)}👩‍👩‍👧字`)).toBe(true);
  });

  it("free text is cleaned, and never empty: an empty value would not be signed", async () => {
    expect(await sentFields("alipay.qr", createRequest({ subject: 'a&b=c<d>"e\\f\ng' }))).toMatchObject({ subject: "a b c d  e f g" });
    expect(await sentFields("alipay.qr", createRequest({ subject: "&" }))).toMatchObject({ subject: ORDER_NO, body: ORDER_NO });
  });

  it("an address of the shopper's that does not fit is left out: the field is optional", async () => {
    expect(await sentFields("alipay.qr", createRequest({ clientIp: "2001:0db8:85a3:0000:0000:8a2e:0370:7334" }))).not.toHaveProperty(
      "clientIp",
    );
    expect(await sentFields("alipay.qr", createRequest({ clientIp: "2001:db8::1" }))).toMatchObject({ clientIp: "2001:db8::1" });
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
  expect((await sentFields("alipay.qr", createRequest({ amount }))).amount).toBe(fen);
});

it.each([
  ["alipay.qr", createRequest({ amount: { minor: 0n, currency: "CNY" } }), "amount_rejected"],
  ["alipay.qr", createRequest({ amount: { minor: 100n, currency: "USD" } }), "unsupported"],
  ["wechat.barcode", createRequest(), "unsupported"],
] as const)("%s: a request that cannot be meant is refused before the wire", async (method, request, code) => {
  const { account, port } = openedAccount();
  expect(await account.create(method, request)).toMatchObject({ ok: false, kind: "refused", code });
  expect(port.sent).toEqual([]);
});

it("an account may ask other hosts, as public clients do, and pay with a product nobody printed", async () => {
  const paths = { createPay: "https://pay.centre.example/api/pay/create_order" };
  const { account, port } = openedAccount([answer("")], { paths, products: { "alipay.qr": "8132" } });
  await account.create("alipay.qr", createRequest());
  expect(port.sent[0]?.url).toBe(paths.createPay);
  expect(JSON.parse(sentJson(port)).productId).toBe("8132");
});
