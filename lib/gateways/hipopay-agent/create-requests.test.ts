import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import { createRequest, openedAccount } from "#lib/gateways/hipopay-agent/test-account.ts";
import { parseForm } from "#lib/gateways/wire.ts";

describe("what is not sent", () => {
  const without = (name: "openid" | "authCode" | "appId") => {
    const request = createRequest();
    delete request[name];
    return request;
  };
  it.each([
    ["wechat.jsapi", without("openid"), "invalid_request"],
    ["wechat.mini_program", without("openid"), "invalid_request"],
    ["wechat.mini_program", without("appId"), "invalid_request"],
    ["wechat.app", without("appId"), "invalid_request"],
    ["wechat.barcode", without("authCode"), "invalid_request"],
    ["alipay.barcode", without("authCode"), "invalid_request"],
    ["alipay.barcode", createRequest({ authCode: "1&amount=1" }), "invalid_request"],
    ["wechat.barcode", createRequest({ authCode: "1&amount=1" }), "invalid_request"],
    ["wechat.jsapi", createRequest({ openid: "o&amount=1" }), "invalid_request"],
    ["wechat.app", createRequest({ appId: "wx=1" }), "invalid_request"],
    ["wechat.native", createRequest({ amount: { minor: 0n, currency: "HKD" } }), "amount_rejected"],
    ["unionpay.qr", createRequest(), "unsupported"],
  ] as const)("%s: a request that cannot be meant is refused before the wire", async (method, request, code) => {
    const { account, port } = openedAccount();
    expect(await account.create(method, request)).toMatchObject({ ok: false, kind: "refused", code });
    expect(port.sent).toEqual([]);
    expect(port.recorded).toEqual([]);
  });
});

it("amounts go out in the currency's own places, whatever the currency", async () => {
  const sent: Record<string, string> = {};
  for (const [currency, minor] of [
    ["JPY", 1500n],
    ["KRW", 1n],
    ["CNY", 1n],
    ["USD", 1990n],
  ] as const) {
    const { account, port } = openedAccount([answer("")]);
    await account.create("wechat.jsapi", createRequest({ amount: { minor, currency } }));
    sent[currency] = /(?:^|&)amount=([^&]*)/.exec(port.sent[0]?.body ?? "")?.[1] ?? "";
  }
  expect(sent).toEqual({ JPY: "1500", KRW: "1", CNY: "0.01", USD: "19.90" });
});

it.each([
  ["wechat.native", "product_info"],
  ["wechat.native", "device_info"],
  ["wechat.native", "product_id"],
  ["alipay.qr", "subject"],
  ["alipay.wap", "subject"],
] as const)("%s: free text in %s is cleaned on the wire", async (method, name) => {
  const text = 'a&b=c<d>"e\\f\ng';
  const { account, port } = openedAccount([answer("")]);
  await account.create(method, createRequest({ subject: text, deviceInfo: text, productId: text }));
  const form = parseForm(port.sent[0]?.body ?? "");
  expect(form.ok && form.fields[name]).toBe("a b c d  e f g");
});
