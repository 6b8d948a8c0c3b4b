import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hipopayAgentDialect } from "#lib/dialects/hipopay-agent/index.ts";
import { ROUTES } from "#lib/dialects/hipopay-agent/routes.ts";
import { AGENT, backend, call, jsonOf, NOW, request, signedRequest } from "#lib/dialects/hipopay-agent/testing/drive.ts";
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const { handle } = hipopayAgentDialect;
const SCANNED = { merchant_no: "xxx", currency: "HKD", amount: "100", product_info: "茶", ip: "102.142.32.12" };
const MP = { merchant_no: "xxx", currency: "HKD", amount: "1", product_info: "x", openid: "o1" };

describe("the Timestamp header", () => {
  const seconds = NOW.getTime() / 1000;
  it.each([
    ["integer seconds (PHP, Java)", String(seconds), 200],
    ["seconds with decimals (Python)", `${seconds}.35`, 200],
    ["milliseconds (Node)", String(NOW.getTime()), 200],
    ["ten minutes old", String(seconds - 600), 200],
    ["older than ten minutes", String(seconds - 601), 411],
    ["ten minutes ahead, in milliseconds", String(NOW.getTime() + 600_000), 200],
    ["further ahead", String(NOW.getTime() + 600_001), 411],
    ["empty", "", 411],
    ["negative", `-${seconds}`, 411],
    ["a date", "2018-05-18 16:00:00", 411],
    ["an exponent", "1e9", 411],
  ])("%s answers as its age demands", async (_what, timestamp, status) => {
    expect((await call(backend(), "POST", "/order/scanned_pay", SCANNED, { timestamp })).reply.status).toBe(status);
  });
});

describe("the door", () => {
  it.each([
    ["agentno", "", 401],
    ["agentno", "unknown", 401],
    ["signature", "", 401],
    ["signature", "not base64!", 401],
    ["signature", "AAAA", 401],
    ["version", "", 400],
    ["version", "9.9", 400],
  ])("refuses %s = '%s'", async (name, value, status) => {
    const { reply, json } = await call(backend(), "POST", "/order/scanned_pay", SCANNED, { [name]: value });
    expect(reply.status).toBe(status);
    expect(json).toEqual({ meta: { status_code: status, message: expect.stringMatching(/./), success: false }, data: null });
  });

  it("refuses a merchant of another agent with 403, and unknown paths and methods with 404", async () => {
    expect((await call(backend(), "POST", "/order/scanned_pay", { ...SCANNED, merchant_no: "another" })).reply.status).toBe(403);
    expect((await call(backend(), "GET", "/rate", { merchant_no: "another", currency: "USD" })).reply.status).toBe(403);
    expect((await call(backend(), "POST", "/order/nothing", SCANNED)).reply.status).toBe(404);
    expect((await call(backend(), "GET", "/order/scanned_pay", SCANNED)).reply.status).toBe(404);
    expect((await handle(request({ method: "OPTIONS" }), backend())).status).toBe(404);
  });

  it("says 500 when the backend breaks, and not why", async () => {
    const to = backend();
    to.broken = true;
    const { reply } = await call(to, "POST", "/order/scanned_pay", SCANNED);
    expect(reply.status).toBe(500);
    expect(reply.body).not.toContain("secret");
  });

  it("does not take the query of a POST, which is not signed, for fields", async () => {
    const to = backend();
    const wire = { ...signedRequest("POST", "/order/scanned_pay", SCANNED), query: "agent_order_id=forged&amount=1" };
    expect((await handle(wire, to)).status).toBe(200);
    expect(to.created).toMatchObject([{ clientNo: null, amount: "100" }]);
  });
});

// Nothing here is signed: what parses would be refused with 411 or 401.
describe("a malformed body is 400 before anything else", () => {
  const form = "application/x-www-form-urlencoded";
  const multipart = "multipart/form-data; boundary=b";
  const part = (name: string, value: string) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  it.each([
    ["a name twice", form, "a=1&a=2"],
    ["a name twice, once encoded", form, "a=1&%61=2"],
    ["an empty name", form, "=1"],
    ["half an escape", form, "a=%4"],
    ["an escape that is none", form, "a=%zz"],
    ["escaped bytes that are not UTF-8", form, "a=%ff"],
    ["NUL", form, "a=%00"],
    ["more than 64 KiB", form, `a=${"x".repeat(65_536)}`],
    ["JSON", "application/json", "{}"],
    ["multipart without a boundary", "multipart/form-data", part("a", "1")],
    ["multipart that does not end", multipart, part("a", "1")],
    ["multipart with a name twice", multipart, `${part("a", "1")}${part("a", "2")}--b--`],
    ["multipart with a file", multipart, `--b\r\nContent-Disposition: form-data; name="a"; filename="x"\r\n\r\n1\r\n--b--`],
    ["multipart with a preamble", multipart, `hello\r\n${part("a", "1")}--b--`],
  ])("%s", async (_what, contentType, text) => {
    const reply = await handle(request({ headers: { version: "1.0", "content-type": contentType }, text }), backend());
    expect(reply.status).toBe(400);
  });

  it("but a well-formed one in any of the three forms gets as far as the Timestamp", async () => {
    for (const [contentType, text] of [
      [form, "a=1&b=%E8%8C%B6+x&&c"],
      ["", "a=1"],
      [multipart, `${part("a", "1")}${part("b", "")}--b--\r\n`],
      ['multipart/form-data; boundary="b"', "--b--"],
    ]) {
      const reply = await handle(request({ headers: { version: "1.0", "content-type": contentType ?? "" }, text: text ?? "" }), backend());
      expect(reply.status).toBe(411);
    }
  });

  it("raw bytes that are not UTF-8", async () => {
    expect((await handle(request({ headers: { version: "1.0" }, body: Uint8Array.of(0x61, 0x3d, 0xff) }), backend())).status).toBe(400);
    const text = Buffer.concat([
      Buffer.from('--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n'),
      Buffer.of(0xff),
      Buffer.from("\r\n--b--"),
    ]);
    expect((await handle(request({ headers: { version: "1.0", "content-type": multipart }, body: text }), backend())).status).toBe(400);
  });
});

describe("POST /mp_pay from a page's own script", () => {
  const unsigned = (fields: Record<string, string>, headers: Record<string, string> = { version: "1.0" }) =>
    request({ path: "/mp_pay", headers, text: new URLSearchParams(fields).toString() });

  it("is answered unsigned, with the CORS headers its browser needs, also on a refusal", async () => {
    const preflight = await handle(request({ method: "OPTIONS", path: "/mp_pay" }), backend());
    expect(preflight.status).toBe(204);
    expect(preflight.headers["Access-Control-Allow-Headers"]).toContain("Version");
    const accepted = await handle(unsigned(MP), backend());
    const refused = await handle(unsigned({ ...MP, amount: "" }), backend());
    expect([accepted.status, refused.status]).toEqual([200, 400]);
    for (const reply of [preflight, accepted, refused]) expect(reply.headers["Access-Control-Allow-Origin"]).toBe("*");
  });

  it("needs the Version header and a merchant somebody has", async () => {
    expect((await handle(unsigned(MP, {}), backend())).status).toBe(400);
    expect((await handle(unsigned({ ...MP, merchant_no: "nobody" }), backend())).status).toBe(403);
    const nameless = await handle(unsigned({ currency: "HKD" }), backend());
    expect(jsonOf(nameless).meta).toMatchObject({ status_code: 400, message: expect.stringContaining("merchant_no") });
  });

  it("is held to the whole signature as soon as one header of it is shown", async () => {
    const timestamp = String(NOW.getTime() / 1000);
    expect((await call(backend(), "POST", "/mp_pay", MP)).reply.status).toBe(200);
    expect((await handle(unsigned(MP, { version: "1.0", agentno: AGENT.callerNo, timestamp }), backend())).status).toBe(401);
    expect((await handle(unsigned(MP, { version: "1.0", timestamp, signature: "AAAA" }), backend())).status).toBe(401);
    expect((await handle(unsigned(MP, { version: "1.0", signature: "AAAA" }), backend())).status).toBe(411);
  });

  it("is the only path that takes an unsigned POST", async () => {
    for (const { method, path, access } of ROUTES) {
      const expected = method === "POST" && path !== "/mp_pay" ? "signed" : access;
      expect({ path, access }).toEqual({ path, access: expected });
    }
    const reply = await handle(request({ headers: { version: "1.0" }, text: "merchant_no=xxx" }), backend());
    expect(reply.status).toBe(411);
  });
});

describe("whatever comes in, an answer goes out", () => {
  const path = fc.oneof(fc.constantFrom(...ROUTES.map((route) => route.path)), fc.string());
  const contentType = fc.constantFrom(
    "",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    "x",
  );

  it("random bytes are a 4xx", async () => {
    const arbitrary = fc.record({
      method: fc.constantFrom("GET", "POST", "PUT", "", "HEAD"),
      path,
      query: fc.oneof(fc.string(), fc.string({ unit: "binary" })),
      headers: fc.dictionary(fc.constantFrom("AgentNo", "Signature", "Version", "Timestamp", "x"), fc.string({ unit: "binary" })),
      type: contentType,
      body: fc.uint8Array({ maxLength: 500 }),
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ type, headers, ...rest }) => {
        const reply = await handle(request({ ...rest, headers: { version: "1.0", ...headers, "content-type": type } }), backend());
        expect(reply.status).toBeGreaterThanOrEqual(400);
        expect(reply.status).toBeLessThan(500);
      }),
      { numRuns: 2000 },
    );
  });

  it("signed fields of any text are a 4xx or an answer, never a 500", async () => {
    const names = fc.constantFrom(
      ...["merchant_no", "currency", "amount", "product_info", "subject", "openid", "ip", "auth_code", "return_url", "notify_url"],
      ...["order_no", "payment_no", "refund_amount", "customs", "mch_customs_no", "start_date", "end_date", "agent_no", "sub_order_no"],
    );
    const value = fc.oneof(
      fc.constantFrom("xxx", "HKD", "JPY", "0.1", "1", "2017062221294656822821341", "ZONGSHU", "20180501", AGENT.callerNo, "1.1.1.1"),
      fc.string({ unit: "grapheme" }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ROUTES), fc.dictionary(names, value), async (route, fields) => {
        const to = backend();
        to.payments.push(payment(), payment({ no: "0.1", method: "alipay.wap" }));
        const reply = await handle(signedRequest(route.method, route.path, fields), to);
        expect([200, 302, 400, 403, 404, 555]).toContain(reply.status);
      }),
      { numRuns: 600 },
    );
  });
});
