import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Payment } from "#lib/dialects/backend.ts";
import type { WireRequest } from "#lib/dialects/dialect.ts";
import { fengniaoDialect } from "#lib/dialects/fengniao/index.ts";
import { CALLER, jsonOf, request } from "#lib/dialects/fengniao/testing/drive.ts";
import vectors from "#lib/dialects/fengniao/vectors.json" with { type: "json" };
import { FakeBackend, payment } from "#lib/dialects/testing/fake-backend.ts";

const URLENCODED = "application/x-www-form-urlencoded";
const BOUNDARY = "------------------------d74496d66958873e";

/** What a genuine one of each recorded request answers; all but 0 prove by naming a field that the signature fitted. */
const ANSWERS: Record<string, { code: number; names?: string }> = {
  qr_basic: { code: 0 },
  seed_worked_example: { code: 0 },
  chinese_string_amount: { code: 0 },
  empty_values: { code: 10008, names: "out_refund_no" },
  trade_query: { code: 0 },
  csharp_style_reimplemented: { code: 0 },
};

type Vector = (typeof vectors.requests)[number];

/** The recorded bytes, and the same fields in every other form a client may choose. */
function wiresOf(vector: Vector): { form: string; wire: WireRequest }[] {
  const { app_id, method, content_text: content } = vector;
  const fields = { app_id, method, version: "1.0", content, sign_type: "MD5", sign: vector.sign };
  const encoded = new URLSearchParams(fields).toString();
  const multipart = (quote: string) =>
    `${Object.entries(fields)
      .map(([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name=${quote}${name}${quote}\r\n\r\n${value}\r\n`)
      .join("")}--${BOUNDARY}--\r\n`;
  const type = { "content-type": `multipart/form-data; boundary=${BOUNDARY}` };
  const { content: _, ...rest } = fields;
  return [
    { form: "recorded bytes", wire: request({ text: vector.form_body }) },
    { form: "recorded bytes at / without a type", wire: request({ path: "/", headers: {}, text: vector.form_body }) },
    { form: "recorded bytes at /gateway/", wire: request({ path: "/gateway/", text: vector.form_body }) },
    { form: "upper-case sign", wire: request({ text: new URLSearchParams({ ...fields, sign: vector.sign.toUpperCase() }).toString() }) },
    { form: "charset", wire: request({ headers: { "Content-Type": `${URLENCODED}; charset=UTF-8` }, text: encoded }) },
    { form: "query", wire: request({ query: encoded }) },
    {
      form: "query and body",
      wire: request({ query: new URLSearchParams(rest).toString(), text: new URLSearchParams({ content, method }).toString() }),
    },
    { form: "PHP multipart", wire: request({ headers: type, text: multipart('"') }) },
    { form: ".NET multipart", wire: request({ headers: type, text: multipart("") }) },
  ];
}

const CASES = vectors.requests.flatMap((vector) =>
  wiresOf(vector).map((each) => ({ name: `${vector.id}, ${each.form}`, vector, ...each })),
);

function stocked(vector: Vector): FakeBackend {
  const { app_id: callerNo, secret } = vector;
  const to = new FakeBackend([{ ...CALLER, callerNo, secret, merchantNos: [...CALLER.merchantNos, "M1"] }]);
  if (vector.id === "trade_query") to.payments.push(row("T1503043962", { merchantNo: "20170815152552020001" }));
  return to;
}

function row(clientNo: string, changes: Partial<Payment> = {}): Payment {
  return payment({ method: "alipay.qr", currency: "CNY", amount: "0.01", fee: "0.00", clientNo, ...changes });
}

describe("requests recorded from real clients", () => {
  it("have an answer for every vector", () => {
    expect(vectors.requests.map(({ id }) => id).sort()).toEqual(Object.keys(ANSWERS).sort());
  });

  it.each(CASES)("are accepted: $name", async ({ vector, wire }) => {
    const reply = await fengniaoDialect.handle(wire, stocked(vector));
    const expected = ANSWERS[vector.id];
    expect(reply.status).toBe(200);
    expect(jsonOf(reply).error_code).toBe(expected?.code);
    if (expected?.names) expect(jsonOf(reply).error_msg).toContain(expected.names);
  });

  it.each(CASES)("are 10002 once a letter of the content or the method is changed: $name", async ({ vector, wire }) => {
    const tampered = (text: string) => [text.replace(/out_trade/, "out_Trade"), text.replace(/(alipay|weixin|trade)\.(\w)/, "$1.$2_")];
    const text = Buffer.from(wire.body).toString("utf8");
    const [bodies, queries] = [tampered(text), tampered(wire.query)];
    for (const at of [0, 1]) {
      const [body = "", query = ""] = [bodies[at], queries[at]];
      expect(body + query).not.toBe(text + wire.query);
      const reply = await fengniaoDialect.handle({ ...wire, query, body: Buffer.from(body) }, stocked(vector));
      expect(jsonOf(reply).error_code).toBe(10002);
    }
  });

  it.each(vectors.requests)("are 10002 when the content is the same JSON in other letters: $id", async (vector) => {
    const content = vector.content_text.replace("{", "{ ");
    const fields = { app_id: vector.app_id, method: vector.method, version: "1.0", content, sign_type: "MD5", sign: vector.sign };
    const reply = await fengniaoDialect.handle(request({ text: new URLSearchParams(fields).toString() }), stocked(vector));
    expect(jsonOf(reply).error_code).toBe(10002);
  });

  it.each(CASES)("are 10002 under another secret, 10001 for an app nobody knows: $name", async ({ vector, wire }) => {
    const to = stocked(vector);
    to.callers.splice(0, 1, { ...CALLER, callerNo: vector.app_id, secret: `${vector.secret}x` });
    expect(jsonOf(await fengniaoDialect.handle(wire, to)).error_code).toBe(10002);
    to.callers.splice(0, 1);
    expect(jsonOf(await fengniaoDialect.handle(wire, to)).error_code).toBe(10001);
  });

  it("include the document's worked example with its printed signature", () => {
    const vector = vectors.requests.find(({ id }) => id === "seed_worked_example");
    expect(vector?.sign).toBe("6f939ce90a0836f1c76e53363a6f5c27");
    expect(
      createHash("md5")
        .update(vector?.string_to_sign ?? "")
        .digest("hex"),
    ).toBe(vector?.sign);
  });

  it("create what they say: the amount by its text, the Chinese unescaped", async () => {
    const created = await Promise.all(
      vectors.requests.map(async (vector) => {
        const to = stocked(vector);
        await fengniaoDialect.handle(request({ text: vector.form_body }), to);
        return to.created.map(({ method, merchantNo, clientNo, amount, subject }) => [method, merchantNo, clientNo, amount, subject]);
      }),
    );
    expect(created.flat()).toEqual([
      ["alipay.qr", "20170815152552020001", "T1503043962", "0.01", "test"],
      ["alipay.qr", "20170815152552020001", "T1503043962", "0.01", "支付宝收款"],
      ["wechat.native", "20180225150354026148", "O_1", "12.00", "微信扫码支付"],
      ["wechat.h5", "M1", "T1", "0.01", "T1"],
    ]);
  });
});
