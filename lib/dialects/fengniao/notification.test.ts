import { createHash, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Payment } from "#lib/dialects/backend.ts";
import { fengniaoDialect } from "#lib/dialects/fengniao/index.ts";
import { backend, CALLER, CREATIONS, call, GATEWAY_KEYS } from "#lib/dialects/fengniao/testing/drive.ts";
import vectors from "#lib/dialects/fengniao/vectors.json" with { type: "json" };
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const { notification, acknowledged, returnUrl } = fengniaoDialect;
const NOW = new Date("2018-05-18T08:00:00Z");
const PAID: Partial<Payment> = {
  no: "P1",
  clientNo: "T_1",
  currency: "CNY",
  amount: "0.01",
  payAmount: "0.01",
  subject: "支付宝收款",
  notifyUrl: "https://shop.example/n",
  openid: "o1",
};

/** The receiver's rule as the recorded client has it, written by hand: blanks dropped, sorted by ASCII, key behind, lower-case MD5. */
function textOf(params: Record<string, string>, secret: string): string {
  let text = "";
  for (const name of Object.keys(params).sort()) {
    const value = params[name] ?? "";
    if (name === "sign" || name === "sign_type" || value.trim() === "" || value.startsWith("@")) continue;
    text += `${name}=${value}&`;
  }
  return `${text}key=${secret}`;
}

function verifies(params: Record<string, string>, secret: string): boolean {
  return createHash("md5").update(textOf(params, secret), "utf8").digest("hex") === params.sign;
}

function sent(changes: Partial<Payment>): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(notification(CALLER, payment({ ...PAID, ...changes }), NOW)?.body));
}

describe("the verifier of this test", () => {
  it.each(vectors.notifications)("agrees with the recorded client: $id", ({ params, secret, string_to_sign }) => {
    const known = Object.fromEntries(Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== undefined));
    expect(textOf(known, secret)).toBe(string_to_sign);
    expect(verifies(known, secret)).toBe(true);
    expect(verifies({ ...known, total_amount: "0.02" }, secret)).toBe(false);
  });
});

describe("a notification", () => {
  const COMMON = { out_trade_no: "T_1", trade_no: "P1", total_amount: "0.01", pay_time: "2017-06-22 21:29:59", sign_type: "MD5" };
  const WECHAT = { ...COMMON, bank_type: "CFT", cash_fee: "0.01", fee_type: "CNY", is_subscribe: "N", openid: "o1" };
  const ALIPAY = {
    ...COMMON,
    buyer_logon_id: "a@b.example",
    trade_status: "TRADE_SUCCESS",
    buyer_pay_amount: "0.01",
    point_amount: "0.00",
    subject: "支付宝收款",
    body: "两盒",
    fund_bill_list: '[{"amount":"0.01","fundChannel":"ALIPAYACCOUNT"}]',
  };

  it.each<[string, object]>([
    ["wechat.native", { ...WECHAT, trade_type: "NATIVE" }],
    ["wechat.jsapi", { ...WECHAT, trade_type: "JSAPI" }],
    ["wechat.h5", { ...WECHAT, trade_type: "MWEB" }],
    ["wechat.barcode", { ...WECHAT, trade_type: "MICROPAY" }],
    ["qq.native", { ...WECHAT, trade_type: "NATIVE" }],
    ["alipay.qr", ALIPAY],
    ["alipay.wap", ALIPAY],
    ["alipay.personal", COMMON],
    ["jd.native", COMMON],
    ["unionpay.gateway", COMMON],
    ["unionpay.wap", COMMON],
  ])("of %s has its channel's fields and verifies under the recorded rule", (method, fields) => {
    const params = sent({ method, buyerEmail: "a@b.example", extra: { body: "两盒", sign_type: "MD5" } });
    const { sign, ...rest } = params;
    expect(rest).toEqual(fields);
    expect(sign).toMatch(/^[0-9a-f]{32}$/);
    expect(verifies(params, CALLER.secret ?? "")).toBe(true);
  });

  it("is a form POST to the notify_url", () => {
    expect(notification(CALLER, payment(PAID), NOW)).toMatchObject({
      method: "POST",
      url: "https://shop.example/n",
      headers: { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" },
    });
  });

  it("verifies whatever the shopper and the shop wrote, and no longer once money or number is changed", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 40 });
    const method = fc.constantFrom("alipay.qr", "wechat.native", "jd.native", "unionpay.wap");
    fc.assert(
      fc.property(method, text, text, fc.option(text), (pays, subject, body, openid) => {
        const params = sent({ method: pays, subject, openid, buyerEmail: openid, extra: { body } });
        expect(verifies(params, CALLER.secret ?? "")).toBe(true);
        for (const name of ["out_trade_no", "trade_no", "total_amount", "pay_time"]) {
          expect(verifies({ ...params, [name]: `${params[name]}1` }, CALLER.secret ?? "")).toBe(false);
        }
        expect(verifies(params, "another secret")).toBe(false);
      }),
    );
  });

  it("is signed as the call that created the payment was: RSA over the same text, by the gateway's key", async () => {
    const to = backend();
    await call(to, "weixin.qr_code_pay", CREATIONS["weixin.qr_code_pay"] ?? {}, { sign_type: "RSA" });
    expect(to.created[0]?.extra).toEqual({ sign_type: "RSA" });
    const { sign = "", ...params } = sent({ method: "wechat.native", extra: to.created[0]?.extra ?? {} });
    expect(params.sign_type).toBe("RSA");
    const text = Buffer.from(textOf(params, CALLER.secret ?? ""));
    expect(verify("RSA-SHA1", text, GATEWAY_KEYS.publicKey, Buffer.from(sign, "base64"))).toBe(true);
  });

  it("is sent to nobody without a notify_url, nor for a payment that is not PAID", () => {
    expect(notification(CALLER, payment({ ...PAID, notifyUrl: null }), NOW)).toBeNull();
    for (const state of ["INIT", "FAIL", "EXPIRED", "CLOSED"] as const) {
      expect(notification(CALLER, payment({ ...PAID, state }), NOW)).toBeNull();
    }
  });

  it("names the account whose secret or key is missing", () => {
    const rsa = payment({ ...PAID, extra: { sign_type: "RSA" } });
    expect(() => notification({ ...CALLER, secret: null }, payment(PAID), NOW)).toThrow(CALLER.callerNo);
    expect(() => notification({ ...CALLER, gatewayPrivateKey: null }, rsa, NOW)).toThrow(CALLER.callerNo);
  });

  it("there is none of a withdrawal", () => expect(fengniaoDialect.payoutNotification).toBeUndefined());
});

describe("an answer", () => {
  it.each([
    [200, "SUCCESS", true],
    [200, "success", true],
    [204, "Success", true],
    [200, " SUCCESS\r\n", true],
    [200, "SUCCESS.", false],
    [200, '"SUCCESS"', false],
    [200, "UNSUCCESSFUL", false],
    [200, "ok\nSUCCESS", false],
    [200, "FAIL", false],
    [200, "", false],
    [302, "SUCCESS", false],
    [500, "SUCCESS", false],
  ])("%i %j counts as received: %s", (status, body, received) => {
    expect(acknowledged({ status, body })).toBe(received);
  });

  it("that did not count is followed by the documented waits: eight calls within 25 hours", () => {
    const minutes = [4, 10, 10, 60, 120, 360, 900];
    expect(fengniaoDialect.retrySeconds).toEqual(minutes.map((each) => each * 60));
  });
});

describe("the way back", () => {
  const back = (changes: Partial<Payment>) => returnUrl(payment({ returnUrl: "https://shop.example/r?a=1#b", ...changes }), CALLER);
  const cancel = { extra: { cancel_url: "https://shop.example/c" } };

  it("is the plain address, nothing added", () => {
    expect(back({})).toBe("https://shop.example/r?a=1#b");
    expect(back({ returnUrl: null })).toBeNull();
  });

  it("is cancel_url for a payment that cannot be paid any more, where there is one", () => {
    for (const state of ["FAIL", "EXPIRED", "CLOSED"] as const) {
      expect(back({ state, ...cancel })).toBe("https://shop.example/c");
      expect(back({ state })).toBe("https://shop.example/r?a=1#b");
    }
    for (const state of ["INIT", "PAID"] as const) expect(back({ state, ...cancel })).toBe("https://shop.example/r?a=1#b");
  });
});
