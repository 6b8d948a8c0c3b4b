import { describe, expect, it } from "vitest";
import { fakePort } from "#lib/gateways/fake-port.ts";
import { xxpay } from "#lib/gateways/xxpay/index.ts";
import { PATHS } from "#lib/gateways/xxpay/paths.ts";
import { BASE_URL, credentials, openedAccount, vectors } from "#lib/gateways/xxpay/test-account.ts";

describe("opening an account", () => {
  it.each([
    ["no merchant", { mchId: "" }],
    ["a merchant that is no number", { mchId: "a&b" }],
    ["an app with a sign of the wire", { appId: "a=b" }],
    ["a short key", { key: "secret" }],
    ["a payout code with a sign of the wire", { payoutCode: "a&b" }],
  ])("with %s throws: the row is broken", (_what, over) => {
    const open = () => xxpay.open({ baseUrl: BASE_URL, credentials: { ...credentials, ...over }, settings: {} }, fakePort([]));
    expect(open).toThrow();
  });

  it.each([
    { paths: { queryPay: "//evil.example/x" } },
    { paths: { queryPay: "http://evil.example/x" } },
    { paths: { queryPay: "https://user@evil.example/x" } },
    { paths: { queryPay: "api/pay" } },
    { paths: { queryPay: "/x?y=1" } },
    { paths: { nosuch: "/x" } },
    { products: { "alipay.qr": "80&06" } },
    { products: { "alipay.barcode": "8006" } },
    { payoutAccountType: "5" },
    { payoutPayerLastSix: "12345" },
  ])("with the settings %j throws", (settings) => {
    expect(() => openedAccount([], settings)).toThrow();
  });

  it("marks the key and the payout code, and nothing else, as secret", () => {
    const secret = Object.entries(xxpay.credentials.shape).filter(([, field]) => field.meta()?.secret === true);
    expect(secret.map(([name]) => name)).toEqual(["key", "payoutCode"]);
  });

  it("declares plain http as an explicit choice, and nothing charges at once", () => {
    expect(xxpay.settings.parse({})).toMatchObject({ insecureTransport: false, trustNotifications: false, executeNotify: false });
    expect(xxpay.settings.parse({ insecureTransport: true })).toMatchObject({ insecureTransport: true });
    expect(xxpay.chargesAtOnce.size).toBe(0);
  });

  it("asks for a payer only where the document does", () => {
    expect(xxpay.asks).toEqual({ "bank.transfer": ["payer"] });
    expect(xxpay.payoutChannels.trans?.banks).toHaveLength(97);
  });
});

describe("the capability table", () => {
  const rows = xxpay.capabilities;

  it.each(["2.1", "2.2", "2.3", "3.1", "3.2", "3.3", "4.1"])("has a row for §%s", (section) => {
    expect(rows.some((row) => row.section === section)).toBe(true);
  });

  it("has every path and every method, and no method beside", () => {
    for (const { verb, path } of Object.values(PATHS)) expect(rows.map(({ wire }) => wire)).toContain(`${verb} ${path}`);
    expect(new Set(rows.flatMap(({ method }) => method ?? []))).toEqual(new Set(xxpay.methods));
  });

  it("has each of the twenty products, the two that contradict themselves under both of their methods", () => {
    const ids = Array.from({ length: 20 }, (_value, index) => `${8000 + index}`);
    const counted = ids.map((id) => rows.filter(({ operation }) => operation.startsWith(`create, product ${id} `)).length);
    expect(counted).toEqual(ids.map((id) => (id === "8017" || id === "8018" ? 2 : 1)));
  });

  it("calls the balance what it is: seen in public clients, not in the document", () => {
    expect(rows.find(({ wire }) => wire.endsWith("/query_balance"))?.evidence).toBe("real clients");
  });

  it("names only vectors that exist", () => {
    const ids = [...vectors.cases, ...vectors.go_haojiehpay].map(({ id }) => id);
    for (const { vector } of rows) if (vector) expect(ids).toContain(vector);
  });
});
