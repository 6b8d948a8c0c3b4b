import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ENDPOINTS } from "#lib/dialects/fengniao/endpoints.ts";
import { fengniaoDialect } from "#lib/dialects/fengniao/index.ts";
import { CODES } from "#lib/dialects/fengniao/reply.ts";
import { backend, CREATIONS, call, jsonOf, MERCHANT, request, signedFields } from "#lib/dialects/fengniao/testing/drive.ts";
import { payment, payout } from "#lib/dialects/testing/fake-backend.ts";

const { handle } = fengniaoDialect;

describe("whatever comes in, an answer goes out", () => {
  it("random bytes are refused and change nothing", async () => {
    const arbitrary = fc.record({
      method: fc.constantFrom("GET", "POST", "PUT", ""),
      path: fc.oneof(fc.constantFrom("/gateway", "/"), fc.string()),
      query: fc.string({ unit: "binary" }),
      type: fc.constantFrom("", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "x"),
      body: fc.uint8Array({ maxLength: 500 }),
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ type, ...rest }) => {
        const to = backend();
        const reply = await handle(request({ ...rest, headers: { "content-type": type } }), to);
        expect([10001, 10002, 10008]).toContain(jsonOf(reply).error_code);
        expect(to.created.length + to.paidOut.length + to.refunds.length).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  it("signed fields of any text are an answer or a named refusal, never 1000", async () => {
    const names = fc.constantFrom(...new Set(ENDPOINTS.flatMap(({ needs, takes }) => [...Object.keys(needs), ...Object.keys(takes)])));
    const value = fc.oneof(
      fc.constantFrom(MERCHANT, "T_1", "W_1", "0.01", 5, "1", "07", "https://shop.example", "10.0.0.1", "03080000", "6222020000001234"),
      fc.string({ unit: "grapheme" }),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ENDPOINTS), fc.dictionary(names, value), async (endpoint, content) => {
        const to = backend();
        const stocked = { merchantNo: MERCHANT, currency: "CNY", clientNo: "T_1" };
        to.payments.push(payment(stocked), payment({ ...stocked, no: "U", method: "unionpay.wap", clientNo: "1" }));
        to.payouts.push(payout({ channel: "unionpay", clientNo: "W_1" }));
        const base = CREATIONS[endpoint.method] ?? {};
        for (const fields of [content, { ...base, ...content }]) {
          const { reply, json } = await call(to, endpoint.method, fields);
          expect(reply.status).toBe(200);
          expect(Object.keys(CODES)).toContain(String(json.error_code));
          expect(json.error_code).not.toBe(1000);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("a genuine request with one character changed, taken away or put in creates nothing", async () => {
    const entry = fc.constantFrom(...Object.entries(CREATIONS));
    const edit = fc.record({
      at: fc.nat(),
      kind: fc.constantFrom("change", "remove", "insert"),
      by: fc.string({ minLength: 1, maxLength: 1 }),
    });
    await fc.assert(
      fc.asyncProperty(entry, fc.constantFrom("MD5", "RSA"), edit, async ([method, content], sign_type, { at, kind, by }) => {
        const fields = signedFields(method, JSON.stringify(content), { sign_type });
        const text = fields.content ?? "";
        const place = at % text.length;
        const kept = kind === "insert" ? text.slice(place) : text.slice(place + 1);
        const changed = text.slice(0, place) + (kind === "remove" ? "" : by) + kept;
        fc.pre(changed !== text);
        const to = backend();
        const reply = await handle(request({ text: new URLSearchParams({ ...fields, content: changed }).toString() }), to);
        expect(jsonOf(reply).error_code).toBe(10002);
        expect(to.created).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
