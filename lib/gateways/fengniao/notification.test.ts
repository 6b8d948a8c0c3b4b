import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { md5Hex } from "#lib/crypto/digest.ts";
import { fengniao } from "#lib/gateways/fengniao/index.ts";
import { stringToSign, verifies } from "#lib/gateways/fengniao/sign.ts";
import { cny, contextOf, credentials, openedAccount, rsaVectors, vectors } from "#lib/gateways/fengniao/test-account.ts";
import type { InboundMessage } from "#lib/gateways/notice.ts";

const ALIPAY = vectors.notifications.find(({ id }) => id === "alipay_ok");
if (!ALIPAY) throw new Error("no vector alipay_ok");
const COMMON = { out_trade_no: "T1", trade_no: "2017", total_amount: "19.90", pay_time: "2018-03-11 09:10:10" };

function posted(fields: Record<string, string> | string): InboundMessage {
  const body = typeof fields === "string" ? fields : new URLSearchParams(fields).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return { method: "POST", query: "", headers, body: Buffer.from(body, "utf8") };
}

// For messages no vector exists of: signed with the account's secret, so only what comes after the signature is tested.
function signed(fields: Record<string, string>): Record<string, string> {
  return { ...fields, sign_type: "MD5", sign: md5Hex(stringToSign(fields, credentials.secret)) };
}

const open = (message: InboundMessage, settings = {}, keys = {}) => openedAccount([], settings, keys).account.openNotification(message);
const believed = { trustNotifications: true };

describe("verification equals the vendor's client's verdict", () => {
  it.each(vectors.notifications)("$id", ({ params, secret, string_to_sign: text, sign, verifies: verdict }) => {
    expect(stringToSign(params, secret)).toBe(text);
    expect(params.sign).toBe(sign);
    expect(verifies(params, contextOf({ secret }))).toBe(verdict);
    expect(verifies({ ...params, sign: sign.toUpperCase() }, contextOf({ secret }))).toBe(true);
    expect(verifies(params, contextOf({ secret: `${secret}x` }))).toBe(false);
  });
});

describe("a genuine notification", () => {
  it("of Alipay's is opened into our words, and makes us ask", () => {
    expect(open(posted(ALIPAY.params))).toEqual({
      ok: true,
      notification: {
        gatewayOrderNo: "T1",
        gatewayRef: "2017",
        standing: {
          ...{ kind: "paid", gatewayRef: "2017", amount: cny(1n), paidAt: new Date("2018-03-11T01:10:10Z") },
          ...{ detail: { payer: "159***25620" } },
        },
        settles: "query",
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        fields: { ...ALIPAY.params, buyer_logon_id: "***" },
      },
    });
  });

  it("settles by itself only where the account trusts it, and only when it says paid", () => {
    expect(open(posted(ALIPAY.params), believed)).toMatchObject({
      ok: true,
      notification: { settles: "inline", standing: { kind: "paid" } },
    });
    const closed = signed({ ...COMMON, trade_status: "TRADE_CLOSED" });
    expect(open(posted(closed), believed)).toMatchObject({ notification: { settles: "query", standing: { kind: "unknown" } } });
  });

  it("may come by GET, with or without the question mark", () => {
    const query = new URLSearchParams(ALIPAY.params).toString();
    for (const text of [query, `?${query}`]) {
      const opened = open({ method: "GET", query: text, headers: {}, body: new Uint8Array() });
      expect(opened).toMatchObject({ ok: true, notification: { gatewayOrderNo: "T1" } });
    }
  });

  it("of a posted form is not what stands in the address", () => {
    const query = new URLSearchParams(ALIPAY.params).toString();
    expect(open({ ...posted(""), query })).toMatchObject({ ok: false, reason: "missing_signature" });
  });

  it("has one fingerprint however often and in whatever order it comes, another when a signed field differs", () => {
    const reversed = Object.fromEntries(Object.entries(ALIPAY.params).reverse());
    const more = [ALIPAY.params, reversed, { ...ALIPAY.params, blank: "" }, signed({ ...ALIPAY.params, total_amount: "0.02" })];
    const prints = more.map((fields) => {
      const opened = open(posted(fields));
      if (!opened.ok) throw new Error(opened.reason);
      return opened.notification.fingerprint;
    });
    expect(new Set(prints.slice(0, 3)).size).toBe(1);
    expect(prints[3]).not.toBe(prints[0]);
  });

  it("by RSA verifies with the gateway's key, in an account that says RSA", () => {
    const sign = rsaVectors.signatures.find(({ of }) => of === "alipay_ok")?.signature_b64 ?? "";
    const fields = { ...ALIPAY.params, sign_type: "RSA", sign };
    const keys = { gatewayPublicKey: rsaVectors.public };
    expect(open(posted(fields), { signType: "RSA" }, keys)).toMatchObject({ ok: true });
    expect(open(posted({ ...fields, total_amount: "1" }), { signType: "RSA" }, keys)).toMatchObject({ ok: false, reason: "bad_signature" });
    // The account's algorithm counts, not the message's.
    expect(open(posted(fields), {}, keys)).toMatchObject({ ok: false, reason: "bad_signature" });
    expect(open(posted(ALIPAY.params), { signType: "RSA" }, keys)).toMatchObject({ ok: false, reason: "bad_signature" });
    expect(open(posted({ ...ALIPAY.params, sign_type: "RSA" }), {}, keys)).toMatchObject({ ok: true });
  });
});

describe("kinds of notification", () => {
  it.each([
    [
      "WeChat's, which has no status",
      { bank_type: "CFT", cash_fee: "19.90", fee_type: "CNY", openid: "oQ1", trade_type: "JSAPI" },
      "unknown",
    ],
    ["the personal code's four fields (§2.8)", {}, "unknown"],
    ["SUCCESS, as some channels say", { trade_status: "SUCCESS" }, "paid"],
    ["TRADE_FINISHED", { trade_status: "TRADE_FINISHED" }, "paid"],
    ["JD's (assumed)", { trade_status: "2" }, "paid"],
    ["UnionPay's (assumed)", { trade_status: "00" }, "paid"],
    ["UnionPay's failure", { trade_status: "02" }, "unknown"],
    ["WAIT_BUYER_PAY", { trade_status: "WAIT_BUYER_PAY" }, "unknown"],
    ["a status nobody knows", { trade_status: "PAID" }, "unknown"],
    ["a status that is not signed", { trade_status: "@SUCCESS" }, "unknown"],
  ])("%s: %o", (_what, more, kind) => {
    const opened = open(posted(signed({ ...COMMON, ...more })), believed);
    const settles = kind === "paid" ? "inline" : "query";
    expect(opened).toMatchObject({ ok: true, notification: { gatewayOrderNo: "T1", gatewayRef: "2017", standing: { kind }, settles } });
  });

  it.each([
    ["an amount with too many places", { total_amount: "19.901" }],
    ["an amount in scientific notation", { total_amount: "1e3" }],
    ["no amount", { total_amount: "" }],
    ["an amount that is not signed", { total_amount: "@19.90" }],
    ["a currency nobody knows", { fee_type: "RMB" }],
    ["no number of the gateway", { trade_no: "" }],
  ])("a paid one with %s moves nothing", (_what, change) => {
    const opened = open(posted(signed({ ...COMMON, trade_status: "SUCCESS", ...change })), believed);
    expect(opened).toMatchObject({ ok: true, notification: { standing: { kind: "unknown" }, settles: "query" } });
  });

  it("a paid one in another currency says so: its amount will not be the order's", () => {
    const opened = open(posted(signed({ ...COMMON, trade_status: "SUCCESS", fee_type: "HKD" })), believed);
    expect(opened).toMatchObject({ notification: { standing: { kind: "paid", amount: { minor: 1990n, currency: "HKD" } } } });
  });

  it("any amount is read to the fen", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 9_999_999_999_999n }), (minor) => {
        const text = `${minor / 100n}.${(minor % 100n).toString().padStart(2, "0")}`;
        const opened = open(posted(signed({ ...COMMON, trade_status: "SUCCESS", total_amount: text })));
        expect(opened).toMatchObject({ notification: { standing: { kind: "paid", amount: cny(minor) } } });
      }),
      { numRuns: 60 },
    );
  });
});

describe("whose it is", () => {
  it.each([
    [{}, undefined],
    [{ app_id: credentials.appId, merchant_no: credentials.merchantNo }, undefined],
    [{ app_id: "2017081443803662" }, "the notification is for another app_id"],
    [{ merchant_no: "1" }, "the notification is for another merchant_no"],
    // Not covered by the signature: anybody may have put it there.
    [{ app_id: "@evil", merchant_no: " " }, undefined],
  ])("%o: %s", (more, conflict) => {
    const opened = open(posted(signed({ ...COMMON, ...more })));
    expect(opened.ok && opened.notification.conflict).toBe(conflict);
  });
});

describe("what is refused", () => {
  it.each([
    ["a name twice", "out_trade_no=1&out_trade_no=2&sign=x", "duplicate_field"],
    ["a broken escape", "out_trade_no=%zz", "unreadable"],
    ["bytes that are no UTF-8", "out_trade_no=%ff", "unreadable"],
    ["a value with &", "out_trade_no=1%26total_amount%3D9&sign=x", "ambiguous_value"],
    ["a value with =", "subject=a%3Db&sign=x", "ambiguous_value"],
    ["a name with =", "a%3Db=1&sign=x", "ambiguous_value"],
    ["no signature", "out_trade_no=1", "missing_signature"],
    ["an empty signature", "out_trade_no=1&sign=", "missing_signature"],
    ["another signature", "out_trade_no=1&sign=3a597b7e869fa1931d3a2ef26ee3cfda", "bad_signature"],
    ["nothing", "", "missing_signature"],
    ["a body beyond 64 KiB", `a=${"x".repeat(65_536)}`, "unreadable"],
  ])("%s", (_what, body, reason) => {
    expect(open(posted(body))).toMatchObject({ ok: false, reason });
  });

  it.each(Object.keys(ALIPAY.params).filter((name) => name !== "body" && name !== "sign_type"))(
    "a genuine one whose %s was changed or dropped, or that was added to",
    (name) => {
      const { [name]: value = "", ...rest } = ALIPAY.params;
      for (const fields of [{ ...rest, [name]: `${value}0` }, rest, { ...ALIPAY.params, extra: "1" }]) {
        const reason = name === "sign" && fields === rest ? "missing_signature" : "bad_signature";
        expect(open(posted(fields))).toMatchObject({ ok: false, reason });
      }
    },
  );

  it("names the order it claims to be about, so that a person can find it", () => {
    expect(open(posted({ ...ALIPAY.params, total_amount: "9" }))).toMatchObject({ ok: false, gatewayOrderNo: "T1" });
  });

  it("a genuine one without our number", () => {
    const { out_trade_no: _number, ...rest } = COMMON;
    expect(open(posted(signed(rest)))).toMatchObject({ ok: false, reason: "missing_field" });
  });
});

it("is acknowledged by the document's word", () => {
  expect(fengniao.acknowledgement).toEqual({ status: 200, contentType: "text/plain; charset=utf-8", body: "SUCCESS" });
});
