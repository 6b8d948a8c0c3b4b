import { describe, expect, it } from "vitest";
import { answer, fakePort } from "#lib/gateways/fake-port.ts";
import { WECHAT_ERRCODES } from "#lib/gateways/fengniao/errors.ts";
import { fengniao } from "#lib/gateways/fengniao/index.ts";
import { BASE_URL, credentials, openedAccount, rsaVectors, settings } from "#lib/gateways/fengniao/test-account.ts";

const PAGE = { returnUrl: "https://shop.test/api/openid/acc_1", state: "k7x0" };

describe("the shopper's openid is WeChat's to tell", () => {
  it("at WeChat's own address, silently, with the page to come back to", () => {
    expect(openedAccount().account.openidUrl?.(PAGE)).toBe(
      "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx247c9d9d6191b108&" +
        "redirect_uri=https%3A%2F%2Fshop.test%2Fapi%2Fopenid%2Facc_1&response_type=code&scope=snsapi_base&state=k7x0#wechat_redirect",
    );
  });

  it("or at the account's, which may have a query of its own", () => {
    const { account } = openedAccount([], { wechatAuthorizeUrl: "http://127.0.0.1:3000/wechat/authorize?x=1" });
    expect(account.openidUrl?.(PAGE)).toMatch(/^http:\/\/127\.0\.0\.1:3000\/wechat\/authorize\?x=1&appid=.*#wechat_redirect$/);
  });

  it("nowhere without an official account, or without its secret", () => {
    expect(openedAccount([], { wechatAppId: undefined }).account.openidUrl?.(PAGE)).toBeNull();
    expect(openedAccount([], {}, { wechatSecret: "" }).account.openidUrl?.(PAGE)).toBeNull();
    // Without credentials: whether there is such an address at all.
    expect(fengniao.openidUrl?.(settings, null, PAGE)).toContain("wx247c9d9d6191b108");
    expect(fengniao.openidUrl?.({}, null, PAGE)).toBeNull();
  });

  it("and a code becomes an openid at WeChat's, by WeChat's wire", async () => {
    const { account, port } = openedAccount([
      answer({ access_token: "A", expires_in: 7200, openid: "oQx43wJiwtsj", scope: "snsapi_base" }),
    ]);
    expect(await account.openid?.("071abcDEF")).toEqual({ ok: true, value: "oQx43wJiwtsj" });
    expect(port.sent).toMatchObject([
      {
        method: "GET",
        url:
          "https://api.weixin.qq.com/sns/oauth2/access_token?appid=wx247c9d9d6191b108&secret=wechatSecret0071&code=071abcDEF" +
          "&grant_type=authorization_code",
        body: null,
      },
    ]);
  });

  it.each(Object.entries(WECHAT_ERRCODES))("errcode %s is %s", async (errcode, code) => {
    const { account } = openedAccount([answer({ errcode: Number(errcode), errmsg: "invalid code" })]);
    expect(await account.openid?.("071abc")).toEqual({ ok: false, kind: "refused", code, message: "invalid code", gatewayCode: errcode });
  });

  it.each([
    ["a busy system", answer({ errcode: -1, errmsg: "system error" })],
    ["an errcode nobody knows", answer({ errcode: 1 })],
    ["a page", answer("<html>")],
    ["an HTTP error", answer({ openid: "oQx43wJiwtsj" }, 502)],
    ["no openid", answer({ errcode: 0 })],
    ["an openid that is none", answer({ openid: "a b" })],
  ])("%s is unclear", async (_what, reply) => {
    expect(await openedAccount([reply]).account.openid?.("071abc")).toMatchObject({ ok: false, kind: "unknown" });
  });

  it.each([
    ["a code that is none", "a&secret=b", {}, {}],
    ["no official account", "071abc", { wechatAppId: undefined }, {}],
    ["no secret", "071abc", {}, { wechatSecret: "" }],
  ])("%s is not sent", async (_what, code, more, keys) => {
    const { account, port } = openedAccount([], more, keys);
    expect(await account.openid?.(code)).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    expect(port.sent).toEqual([]);
  });
});

describe("opening an account", () => {
  const opening = (keys: object, more: object = {}) =>
    fengniao.open({ baseUrl: BASE_URL, credentials: { ...credentials, ...keys }, settings: { ...settings, ...more } }, fakePort([]));

  it("with two numbers and a secret is enough", () => {
    const { appId, merchantNo, secret } = credentials;
    const account = fengniao.open({ baseUrl: BASE_URL, credentials: { appId, merchantNo, secret }, settings: {} }, fakePort([]));
    expect(account.methods).toEqual(fengniao.methods);
  });

  it.each([
    ["no app id", { appId: "" }],
    ["a merchant number with a sign of the wire", { merchantNo: "a&b" }],
    ["no secret", { secret: "" }],
    ["a private key that is none", { privateKey: "secret" }],
    ["the public key in place of the private", { privateKey: rsaVectors.public }],
    ["a public key that is none", { gatewayPublicKey: "key" }],
    ["a WeChat secret with a sign of the wire", { wechatSecret: "a&b" }],
  ])("with %s throws: the row is broken", (_what, over) => {
    expect(() => opening(over)).toThrow();
  });

  it.each([{ path: "//evil.example" }, { path: "gateway" }, { signType: "SHA" }, { wechatTokenUrl: "javascript:1" }, { subMchId: "x" }])(
    "with the setting %o throws",
    (over) => {
      expect(() => opening({}, over)).toThrow();
    },
  );

  it("marks the secrets, and nothing else, as secret", () => {
    const secret = Object.entries(fengniao.credentials.shape).filter(([, field]) => field.meta()?.secret === true);
    expect(secret.map(([name]) => name).sort()).toEqual(["privateKey", "secret", "wechatSecret"]);
  });

  it("offers no operation the document does not have", () => {
    const { account } = openedAccount();
    for (const name of ["bill", "rate", "queryRefund", "declare", "openPayoutNotification"]) expect(account).not.toHaveProperty(name);
    expect(fengniao.currencies).toEqual(["CNY"]);
  });
});
