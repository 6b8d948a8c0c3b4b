import { describe, expect, it } from "vitest";
import { fakePort } from "#lib/gateways/fake-port.ts";
import { mpgateway } from "#lib/gateways/mpgateway/index.ts";
import { PATHS } from "#lib/gateways/mpgateway/paths.ts";
import { BASE_URL, credentials, openedAccount, vectors } from "#lib/gateways/mpgateway/test-account.ts";

const PAGE = { returnUrl: "https://shop.test/api/openid/acc_1", state: "t0k/&" };

describe("the openid hop", () => {
  it("comes back to our page with its state, and names merchant and channel", () => {
    const { account } = openedAccount([], { payway: "3855" });
    const back = encodeURIComponent("https://shop.test/api/openid/acc_1?state=t0k%2F%26");
    expect(account.openidUrl?.(PAGE)).toBe(`${BASE_URL}/wxjsapi/openid.html?backurl=${back}&payway=3855&merid=89900100`);
  });

  it("is under the account's own path where its settings say so", () => {
    const { account } = openedAccount([], { paths: { openid: "/wx/openid.html" } });
    expect(account.openidUrl?.(PAGE)).toMatch(`${BASE_URL}/wx/openid.html?backurl=`);
  });

  it("exists for an account whose credentials are not known yet", () => {
    expect(mpgateway.openidUrl?.({}, null, PAGE)).toMatch(/^\/wxjsapi\/openid\.html\?backurl=[^&]*$/);
  });
});

describe("opening an account", () => {
  it.each([
    ["no merchant", { merid: "" }],
    ["a merchant with a sign of the wire", { merid: "a&b" }],
    ["a short key", { key: "secret" }],
    ["a key with a blank inside", { key: "0000 0000 0000" }],
  ])("with %s throws: the row is broken", (_what, over) => {
    const open = () => mpgateway.open({ baseUrl: BASE_URL, credentials: { ...credentials, ...over }, settings: {} }, fakePort([]));
    expect(open).toThrow();
  });

  it.each(["//evil.example/x", "api/query", "/a b", "/x?y=1"])("with the path %s throws", (path) => {
    expect(() => openedAccount([], { paths: { query: path } })).toThrow();
  });

  it("marks the key, and nothing else, as secret", () => {
    const secret = Object.entries(mpgateway.credentials.shape).filter(([, field]) => field.meta()?.secret === true);
    expect(secret.map(([name]) => name)).toEqual(["key"]);
  });

  it("charges at once where the merchant scans, and asks what it needs", () => {
    expect(mpgateway.chargesAtOnce).toEqual(new Set(["wechat.barcode", "alipay.barcode", "qq.barcode"]));
    expect(mpgateway.asks["wechat.jsapi"]).toEqual(["openid"]);
  });
});

describe("the capability table", () => {
  const rows = mpgateway.capabilities;

  it.each(["2.3", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6"])("has a row for §%s", (section) => {
    expect(rows.some((row) => row.section === section)).toBe(true);
  });

  it("has every path and every method, and no method beside", () => {
    for (const { verb, path } of Object.values(PATHS)) expect(rows.map(({ wire }) => wire)).toContain(`${verb} ${path}`);
    expect(new Set(rows.flatMap(({ method }) => method ?? []))).toEqual(new Set(mpgateway.methods));
  });

  it("has all nine actions of §3.1.2, and the tenth as seen in public clients only", () => {
    const creates = rows.filter(({ operation }) => operation.startsWith("create, "));
    const named = (name: string) => creates.filter(({ operation }) => new RegExp(`\\b${name}\\b`).test(operation));
    for (const name of ["WxCode", "WxSao", "WxJsApi", "WxH5", "AliCode", "AliSao", "QQCode", "QQSao", "USao"]) {
      expect(named(name).map(({ evidence }) => evidence)).toEqual(["documented"]);
    }
    expect(named("AliWap").map(({ evidence }) => evidence)).toEqual(["real clients"]);
    expect(creates).toHaveLength(10);
  });

  it("names only vectors that exist", () => {
    const ids = [...vectors.requests, ...vectors.responses, ...vectors.notifications].map(({ id }) => id);
    for (const { vector } of rows) if (vector) expect(ids).toContain(vector);
  });
});
