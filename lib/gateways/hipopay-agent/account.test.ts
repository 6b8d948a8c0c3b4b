import { describe, expect, it } from "vitest";
import { answer, fakePort } from "#lib/gateways/fake-port.ts";
import { hipopayAgent } from "#lib/gateways/hipopay-agent/index.ts";
import { WECHAT_SAMPLES } from "#lib/gateways/hipopay-agent/samples-wechat.ts";
import { BASE_URL, credentials, openedAccount } from "#lib/gateways/hipopay-agent/test-account.ts";

describe("a mini program's login code", () => {
  it("becomes an openid, by the document's reply", async () => {
    const { account, port } = openedAccount([answer(WECHAT_SAMPLES.miniProgramOpenid)]);
    expect(await account.openid?.("071abc")).toEqual({ ok: true, value: "kxc13i13J123" });
    expect(port.sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET ${BASE_URL}/mini_program/openid?code=071abc&merchant_no=xxx`,
    ]);
  });

  it("that is none is not sent", async () => {
    const { account, port } = openedAccount();
    expect(await account.openid?.("a&b")).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    expect(port.sent).toEqual([]);
  });
});

describe("opening an account", () => {
  it.each([
    ["a private key that is none", { privateKey: "secret" }],
    ["the public key in place of the private", { privateKey: credentials.gatewayPublicKey }],
    ["no agent number", { agentNo: "" }],
    ["a merchant number with a sign of the wire", { merchantNo: "a&b" }],
  ])("with %s throws: the row is broken", (_what, over) => {
    expect(() => hipopayAgent.open({ baseUrl: BASE_URL, credentials: { ...credentials, ...over }, settings: {} }, fakePort([]))).toThrow();
  });

  it("with a path that leaves the base URL, or a setting of no such name in its place, throws", () => {
    for (const path of ["//evil.example/x", "order", "/a b", "/x?y=1"])
      expect(() => openedAccount([], { paths: { order: path } })).toThrow();
    expect(() => openedAccount([], { paths: { nosuch: "/x" } })).toThrow();
  });

  it("marks the private key, and nothing else, as secret", () => {
    const secret = Object.entries(hipopayAgent.credentials.shape).filter(([, field]) => field.meta()?.secret === true);
    expect(secret.map(([name]) => name)).toEqual(["privateKey"]);
  });
});
