import { describe, expect, it } from "vitest";
import { fakePort } from "#lib/gateways/fake-port.ts";
import { hipopayMerchant } from "#lib/gateways/hipopay-merchant/index.ts";
import { PATHS } from "#lib/gateways/hipopay-merchant/paths.ts";
import { BASE_URL, credentials, openedAccount, vectors } from "#lib/gateways/hipopay-merchant/test-account.ts";
import { vectorKey } from "#lib/gateways/vectors.ts";

describe("opening an account", () => {
  it.each([
    ["a private key that is none", { privateKey: "secret" }],
    ["the public key in place of the private", { privateKey: credentials.gatewayPublicKey }],
    ["no merchant number", { merchantNo: "" }],
    ["a merchant number with a sign of the wire", { merchantNo: "a&b" }],
  ])("with %s throws: the row is broken", (_what, over) => {
    const account = { baseUrl: BASE_URL, credentials: { ...credentials, ...over }, settings: {} };
    expect(() => hipopayMerchant.open(account, fakePort([]))).toThrow();
  });

  it("takes a PKCS#1 key as openssl makes it", () => {
    const account = {
      baseUrl: BASE_URL,
      credentials: { ...credentials, privateKey: vectorKey(vectors, "merchant_private_pkcs1") },
      settings: {},
    };
    expect(() => hipopayMerchant.open(account, fakePort([]))).not.toThrow();
  });

  it.each([
    { paths: { payment: "//evil.example/x" } },
    { paths: { payment: "/x?y=1" } },
    { paths: { nosuch: "/x" } },
    { replyFields: { qr: "a b" } },
    { wechatWallet: "macau" },
    { ratePath: "/rate" },
    { settleCurrency: "XXX" },
    { containerUrl: "javascript:alert(1)" },
  ])("with the settings %j throws", (settings) => {
    expect(() => openedAccount([], settings)).toThrow();
  });

  it("has exactly three credentials, and marks the private key, and nothing else, as secret", () => {
    const { shape } = hipopayMerchant.credentials;
    expect(Object.keys(shape)).toEqual(["merchantNo", "privateKey", "gatewayPublicKey"]);
    expect(Object.entries(shape).flatMap(([name, field]) => (field.meta()?.secret === true ? [name] : []))).toEqual(["privateKey"]);
  });

  it("cannot close a payment: the document has no such operation", () => {
    expect(openedAccount().account.close).toBeUndefined();
  });
});

describe("the openid hop", () => {
  const page = { returnUrl: "https://shop.test/api/openid/acc_1", state: "tok en" };

  it("goes to the account's container with the merchant and our state", () => {
    const settings = { containerUrl: "https://pay.hipopay.com/mp" };
    const address =
      "https://pay.hipopay.com/mp?merchant_no=WC8888888888888&state=tok%20en&return_url=https%3A%2F%2Fshop.test%2Fapi%2Fopenid%2Facc_1";
    expect(openedAccount([], settings).account.openidUrl?.(page)).toBe(address);
    expect(hipopayMerchant.openidUrl?.(settings, {}, page)).toContain("https://pay.hipopay.com/mp?state=");
  });

  it("does not exist without a container", () => {
    expect(openedAccount().account.openidUrl?.(page)).toBeNull();
  });
});

describe("the capability rows", () => {
  const rows = hipopayMerchant.capabilities;

  it.each(["4", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16"])("heading %s, which is an operation, has one", (section) => {
    expect(rows.some((row) => row.section === section)).toBe(true);
  });

  it("every path of the table and every method has one, and no method beside", () => {
    const wires = rows.map(({ wire }) => wire);
    for (const { verb, path } of Object.values(PATHS)) expect(wires).toContain(`${verb} ${path}`);
    const methods = new Set(rows.flatMap(({ method }) => method ?? []));
    expect([...methods].sort()).toEqual([...hipopayMerchant.methods].sort());
  });

  it("a foreign vector they name exists and was made by somebody else", () => {
    const ids = [...vectors.requests, ...vectors.notifications].map(({ id }) => id);
    for (const { vector } of rows) if (vector) expect(ids).toContain(vector);
  });

  it("what the document prints is documented, the rest is what public clients call", () => {
    const printed = Object.values(PATHS).filter(({ evidence }) => evidence === "documented");
    expect(printed.map(({ verb, path }) => `${verb} ${path}`).sort()).toEqual(
      [
        ...["POST /wechatpay/mini_program/payment", "GET /payment", "GET /wechatpay/forex_rate", "POST /payment_refund"],
        ...["GET /payment_refund", "GET /download_bill", "POST /wechatpay/declaration", "POST /wechatpay/redeclaration"],
        "GET /wechatpay/declaration",
      ].sort(),
    );
  });
});
