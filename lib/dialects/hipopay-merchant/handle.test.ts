import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hipopayMerchantDialect } from "#lib/dialects/hipopay-merchant/index.ts";
import { ROUTES } from "#lib/dialects/hipopay-merchant/routes.ts";
import { backend, call, jsonOf, MERCHANT, NOW, request, signedRequest } from "#lib/dialects/hipopay-merchant/testing/drive.ts";
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const { handle } = hipopayMerchantDialect;
const PATH = "/wechatpay/qrcode/payment";
const ORDER = { out_trade_id: "A-1", amount: "8.88", currency: "HKD", product_info: "茶", client_ip: "10.129.35.61" };
const MINI = { ...ORDER, merchant_no: MERCHANT.callerNo, appid: "wx1", openid: "o1" };

describe("the Timestamp header", () => {
  const seconds = NOW.getTime() / 1000;
  it.each([
    ["integer seconds (PHP, Java)", String(seconds), true],
    ["seconds with decimals (Python)", `${seconds}.35`, true],
    ["milliseconds (Node)", String(NOW.getTime()), true],
    ["ten minutes old", String(seconds - 600), true],
    ["older than ten minutes", String(seconds - 601), false],
    ["ten minutes ahead, in milliseconds", String(NOW.getTime() + 600_000), true],
    ["further ahead", String(NOW.getTime() + 600_001), false],
    ["empty", "", false],
    ["negative", `-${seconds}`, false],
    ["a date", "2019-08-15 17:34:55", false],
    ["an exponent", "1e9", false],
  ])("%s is taken as its age demands", async (_what, timestamp, taken) => {
    const { json } = await call(backend(), "POST", PATH, ORDER, { timestamp });
    expect(taken ? json.is_success : json.error).toBe(taken || "ILLEGAL_SECURITY_PROFILE");
  });
});

describe("the door", () => {
  it.each([
    ["merchantno", "", "ILLEGAL_SECURITY_PROFILE"],
    ["merchantno", "unknown", "ILLEGAL_SECURITY_PROFILE"],
    ["merchantno", "HP2", "ILLEGAL_SECURITY_PROFILE"],
    ["signature", "", "ILLEGAL_SECURITY_PROFILE"],
    ["signature", "not base64!", "ILLEGAL_SECURITY_PROFILE"],
    ["signature", "AAAA", "ILLEGAL_SECURITY_PROFILE"],
    ["version", "", "PARAM_ERROR"],
    ["version", "9.9", "PARAM_ERROR"],
  ])("refuses %s = '%s' in the document's envelope", async (name, value, error) => {
    const { reply, json } = await call(backend(), "POST", PATH, ORDER, { [name]: value });
    expect(reply.status).toBe(200);
    expect(reply.headers["Content-Type"]).toBe("application/json; charset=utf-8");
    expect(json).toEqual({ is_success: false, error, error_message: expect.stringMatching(/./) });
  });

  it("takes Version 3.0 as 1.0, and no other merchant's number in the body", async () => {
    expect((await call(backend(), "POST", PATH, ORDER, { version: "3.0" })).json.is_success).toBe(true);
    expect((await call(backend(), "POST", PATH, { ...ORDER, merchant_no: "HP2" })).json.error).toBe("ILLEGAL_PARTNER");
    expect((await call(backend(), "POST", PATH, { ...ORDER, merchant_no: MERCHANT.callerNo })).json.is_success).toBe(true);
  });

  it("answers 404 for unknown paths and methods", async () => {
    for (const [method, path] of [
      ["POST", "/nothing"],
      ["GET", PATH],
      ["DELETE", "/payment"],
      ["OPTIONS", PATH],
    ] as const) {
      const reply = await handle(request({ method, path }), backend());
      expect(reply.status).toBe(404);
      expect(jsonOf(reply)).toMatchObject({ is_success: false, error: "ILLEGAL_SERVICE" });
    }
  });

  it("says 500 when the backend breaks, and not why", async () => {
    const to = backend();
    to.broken = true;
    const { reply, json } = await call(to, "POST", PATH, ORDER);
    expect(reply.status).toBe(500);
    expect(json).toMatchObject({ is_success: false, error: "SYSTEM_ERROR" });
    expect(reply.body).not.toContain("secret");
  });

  it("does not take the query of a POST, which is not signed, for fields", async () => {
    const to = backend();
    await handle({ ...signedRequest("POST", PATH, ORDER), query: "amount=1&is_rmb=TRUE" }, to);
    expect(to.created).toMatchObject([{ amount: "8.88", currency: "HKD" }]);
  });

  it.each([
    ["application/x-www-form-urlencoded", "a=1&a=2"],
    ["application/x-www-form-urlencoded", "a=%zz"],
    ["application/x-www-form-urlencoded", `a=${"x".repeat(65_536)}`],
    ["application/json", "{}"],
    ["multipart/form-data", "--b--"],
  ])("refuses a malformed %s body before anything else", async (contentType, text) => {
    const reply = await handle(request({ headers: { version: "1.0", "content-type": contentType }, text }), backend());
    expect(jsonOf(reply).error).toBe("PARAM_ERROR");
  });
});

describe("an order from a mini program's or page's own script (seeds/001, Place an Order)", () => {
  const unsigned = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    request({ path, headers, text: new URLSearchParams(fields).toString() });
  const OPEN = [
    "/wechatpay/mini_program/payment",
    "/wechatpay/hk/mini_program/payment",
    "/wechatpay/mp/payment",
    "/wechatpay/hk/online/mp/payment",
  ];

  it.each(OPEN)("POST %s is answered unsigned, with or without Version, with the CORS headers a browser needs", async (path) => {
    const preflight = await handle(request({ method: "OPTIONS", path }), backend());
    expect(preflight.status).toBe(204);
    expect(preflight.headers["Access-Control-Allow-Headers"]).toContain("Version");
    const accepted = await handle(unsigned(path, MINI, { version: "1.0" }), backend());
    const bare = await handle(unsigned(path, MINI), backend());
    const refused = await handle(unsigned(path, { ...MINI, amount: "" }), backend());
    expect([accepted, bare, refused].map((reply) => jsonOf(reply).is_success)).toEqual([true, true, false]);
    for (const reply of [preflight, accepted, refused]) expect(reply.headers["Access-Control-Allow-Origin"]).toBe("*");
  });

  it("needs a merchant somebody has, the same one in header and body, and a Version that exists", async () => {
    const ask = async (fields: Record<string, string>, headers: Record<string, string>) =>
      jsonOf(await handle(unsigned("/wechatpay/mini_program/payment", fields, headers), backend()));
    expect(await ask({ ...MINI, merchant_no: "" }, {})).toMatchObject({
      error: "PARAM_ERROR",
      error_message: expect.stringContaining("merchant_no"),
    });
    expect((await ask({ ...MINI, merchant_no: "nobody" }, {})).error).toBe("ILLEGAL_PARTNER");
    expect((await ask(MINI, { MerchantNo: "HP2" })).error).toBe("ILLEGAL_PARTNER");
    expect((await ask(MINI, { MerchantNO: MERCHANT.callerNo })).is_success).toBe(true);
    expect((await ask(MINI, { version: "9" })).error).toBe("PARAM_ERROR");
  });

  it("is held to the whole signature as soon as one is shown, or its Timestamp", async () => {
    const path = "/wechatpay/mini_program/payment";
    const timestamp = String(NOW.getTime() / 1000);
    const ask = async (headers: Record<string, string>) => jsonOf(await handle(unsigned(path, MINI, headers), backend())).error;
    expect((await call(backend(), "POST", path, MINI)).json.is_success).toBe(true);
    expect(await ask({ version: "1.0", merchantno: MERCHANT.callerNo, timestamp })).toBe("ILLEGAL_SECURITY_PROFILE");
    expect(await ask({ version: "1.0", timestamp, signature: "AAAA" })).toBe("ILLEGAL_SECURITY_PROFILE");
    expect(await ask({ version: "1.0", signature: "AAAA" })).toBe("ILLEGAL_SECURITY_PROFILE");
  });

  it("is all that is taken unsigned", async () => {
    expect(
      ROUTES.filter((route) => route.access === "either")
        .map((route) => route.path)
        .sort(),
    ).toEqual([...OPEN].sort());
    for (const { method, path } of ROUTES.filter((route) => route.access === "signed")) {
      const text = new URLSearchParams(MINI).toString();
      const reply = await handle(request({ method, path, headers: { version: "1.0" }, query: text, text }), backend());
      expect(jsonOf(reply).error).toBe("ILLEGAL_SECURITY_PROFILE");
    }
  });
});

describe("whatever comes in, an answer goes out", () => {
  const header = fc.string({ unit: "binary" });

  it("random bytes are refused", async () => {
    const arbitrary = fc.record({
      method: fc.constantFrom("GET", "POST", "PUT", "", "HEAD"),
      path: fc.oneof(fc.constantFrom(...ROUTES.map((route) => route.path)), fc.string()),
      query: fc.oneof(fc.string(), header),
      headers: fc.dictionary(fc.constantFrom("MerchantNO", "Signature", "Version", "Timestamp", "x"), header),
      type: fc.constantFrom("", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "multipart/form-data; boundary="),
      body: fc.uint8Array({ maxLength: 500 }),
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ type, headers, ...rest }) => {
        const reply = await handle(request({ ...rest, headers: { version: "1.0", ...headers, "content-type": type } }), backend());
        expect(jsonOf(reply).is_success).toBe(false);
        expect([200, 404]).toContain(reply.status);
      }),
      { numRuns: 2000 },
    );
  });

  it("signed fields of any text are an answer, never a 500", async () => {
    const names = fc.constantFrom(
      ...["merchant_no", "out_trade_id", "currency", "amount", "product_info", "client_ip", "openid", "appid", "auth_code", "return_url"],
      ...["notify_url", "is_rmb", "hk_wallet", "response_version", "payment_no", "out_refund_id", "refund_no", "refund_amount", "customs"],
      ...["out_order_no", "mch_customs_no", "start_date", "end_date", "sub_order_no"],
    );
    const value = fc.oneof(
      fc.constantFrom("HKD", "JPY", "0.1", "1", "TRUE", "3.0", "P1", "ZONGSHU", "SHENZHEN", "20190801", MERCHANT.callerNo, "1.1.1.1"),
      fc.string({ unit: "grapheme" }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ROUTES), fc.dictionary(names, value), async (route, fields) => {
        const to = backend();
        to.payments.push(payment({ no: "P1", clientNo: "1" }), payment({ no: "0.1", method: "alipay.wap" }));
        expect((await handle(signedRequest(route.method, route.path, fields), to)).status).toBe(200);
      }),
      { numRuns: 800 },
    );
  });

  it("a genuine request changed in any one field, or by one more, is refused", async () => {
    const name = fc.constantFrom(...Object.keys(ORDER), "notify_url", "is_rmb");
    await fc.assert(
      fc.asyncProperty(name, fc.string({ unit: "grapheme" }), async (changed, value) => {
        const fields: Record<string, string> = { ...ORDER };
        fc.pre(fields[changed] !== value);
        const { headers } = signedRequest("POST", PATH, ORDER);
        const to = backend();
        const text = new URLSearchParams({ ...fields, [changed]: value }).toString();
        expect(jsonOf(await handle(request({ path: PATH, headers, text }), to)).error).toBe("ILLEGAL_SECURITY_PROFILE");
        expect(to.created).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("a signature changed in any bit is refused", async () => {
    const wire = signedRequest("POST", PATH, ORDER);
    const bytes = Buffer.from(wire.headers.signature ?? "", "base64");
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length * 8 - 1), async (bit) => {
        const forged = Buffer.from(bytes);
        forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const headers = { ...wire.headers, signature: forged.toString("base64") };
        expect(jsonOf(await handle({ ...wire, headers }, backend())).error).toBe("ILLEGAL_SECURITY_PROFILE");
      }),
      { numRuns: 200 },
    );
  });
});
