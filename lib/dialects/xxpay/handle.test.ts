import fc from "fast-check";
import jsQR from "jsqr";
import { describe, expect, it } from "vitest";
import { payment } from "#lib/dialects/testing/fake-backend.ts";
import { ROUTES } from "#lib/dialects/xxpay/handle.ts";
import { xxpayDialect } from "#lib/dialects/xxpay/index.ts";
import { ACCOUNT, backend, call, md5, opened, request, signedRequest } from "#lib/dialects/xxpay/testing/drive.ts";

const { handle } = xxpayDialect;
const PATH = "/api/pay/create_order";
const ASKED = {
  ...ACCOUNT,
  productId: 8002,
  mchOrderNo: "T1",
  currency: "cny",
  amount: 100,
  notifyUrl: "http://domain/notify.htm",
  subject: "商品",
  body: "商品",
};

describe("the door", () => {
  const params = (text: string) => request({ text: new URLSearchParams({ params: text }).toString() });
  it.each([
    ["an unknown merchant", signedRequest(PATH, { ...ASKED, mchId: "9" }), "0015"],
    ["another's appId", signedRequest(PATH, { ...ASKED, appId: "x" }), "0015"],
    ["no merchant", signedRequest(PATH, { ...ASKED, mchId: "" }), "0014"],
    ["no sign", params(JSON.stringify(ASKED)), "0001"],
    ["an empty sign", params(JSON.stringify({ ...ASKED, sign: "" })), "0001"],
    ["another's key", signedRequest(PATH, ASKED, "another key"), "0013"],
    ["params that are no JSON", params("{"), "0014"],
    ["params that are an array", params("[]"), "0014"],
    ["params nested without end", params(`{"a":${"[".repeat(5000)}${"]".repeat(5000)}}`), "0014"],
    ["NUL", params('{"mchId":"20001222\\u0000"}'), "0014"],
    ["half a character", params('{"mchId":"\\ud800"}'), "0014"],
    ["bytes that are not UTF-8", request({ text: "params=%ff" }), "0014"],
    ["a field twice", request({ text: "mchId=20001222&mchId=1" }), "0014"],
    ["too much", request({ text: `params=${"x".repeat(65_536)}` }), "0014"],
    ["too many fields", request({ text: Array.from({ length: 101 }, (_, at) => `f${at}=1`).join("&") }), "0014"],
    ["nothing", request(), "0014"],
  ])("answers %s with %s: %s", async (_what, wire, errCode) => {
    const to = backend();
    const { status, signed, json } = opened(await handle(wire, to));
    expect([status, signed]).toEqual([200, "not"]);
    expect(json).toEqual({ retCode: "FAIL", retMsg: expect.stringMatching(/./), errCode, errDes: expect.stringMatching(/./) });
    expect(to.created).toEqual([]);
  });

  it("takes the query for nothing once there is a body", async () => {
    const forged = { ...signedRequest(PATH, ASKED), query: "amount=1&mchOrderNo=forged" };
    const to = backend();
    expect(opened(await handle(forged, to)).json.retCode).toBe("SUCCESS");
    expect(to.created).toMatchObject([{ amount: "1.00", clientNo: "T1" }]);
  });

  it("knows no other path or method", async () => {
    for (const changes of [{ path: "/api/pay/refund" }, { method: "PUT" }, { path: "/api/qrcode/create_qrcode" }]) {
      expect((await handle(request(changes), backend())).status).toBe(404);
    }
  });

  it("says 0010 when the backend breaks, and not why", async () => {
    const to = backend();
    to.broken = true;
    const { status, json } = await call(to, PATH, ASKED);
    expect([status, json.errCode]).toEqual([200, "0010"]);
    expect(JSON.stringify(json)).not.toContain("secret");
  });

  it.each([
    [
      "a number by its own digits",
      '{"mchId":20001222,"rate":2.0,"big":12345678901234567890}',
      { rate: "2.0", big: "12345678901234567890" },
    ],
    ["booleans as words", '{"mchId":20001222,"a":true,"b":false}', { a: "true", b: "false" }],
    ["nested JSON compact and sorted", '{"mchId":20001222,"x": {"b": [1.0, null], "a": "路/"}}', { x: '{"a":"路/","b":[1.0,null]}' }],
    ["null and empty not at all", '{"mchId":20001222,"a":null,"b":""}', {}],
  ])("signs %s", async (_what, text, signed) => {
    const sign = md5({ mchId: "20001222", ...signed });
    const wire = { ...params(text.replace(/}$/, `,"sign":"${sign}"}`)), path: "/api/query/query_balance" };
    expect(opened(await handle(wire, backend())).json.retCode).toBe("SUCCESS");
  });
});

describe("GET /api/qrcode/create_qrcode", () => {
  const open = (query: string) => handle(request({ method: "GET", path: "/api/qrcode/create_qrcode", query }), backend());

  it.each([
    ["weixin://wxpay/bizpayurl?pr=3CaDEKX", "weixin://wxpay/bizpayurl?pr=3CaDEKX"],
    ["https%3A%2F%2Fqr.alipay.com%2Fbax07593fh9xkcrimmy8203b", "https://qr.alipay.com/bax07593fh9xkcrimmy8203b"],
    ["%E6%94%AF%E4%BB%98+%26%23%3Cb%3E", "支付 &#<b>"],
  ])("draws params=%s so that a phone reads %s", async (params, text) => {
    const reply = await open(`params=${params}`);
    expect(reply).toMatchObject({ status: 200, headers: { "Content-Type": "image/svg+xml; charset=utf-8" } });
    expect(scanned(reply.body)).toBe(text);
  });

  it.each(["", "params=", "params=%zz", `params=${"x".repeat(1001)}`, "other=1"])("refuses %j in words", async (query) => {
    expect(await open(query)).toMatchObject({ status: 400, headers: { "Content-Type": "text/plain; charset=utf-8" } });
  });

  it("draws anything up to its limit", async () => {
    const reply = await open(`params=${encodeURIComponent("界".repeat(700))}`);
    expect(reply.status).toBe(200);
  });
});

// Paints the picture's modules and lets a decoder of other people read it.
function scanned(svg: string): string | undefined {
  const side = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const scale = 6;
  const width = side * scale;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, column, row] of svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let y = Number(row) * scale; y < (Number(row) + 1) * scale; y += 1) {
      for (let x = Number(column) * scale; x < (Number(column) + 1) * scale; x += 1)
        pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return jsQR(pixels, width, width)?.data;
}

describe("whatever comes in, an answer goes out", () => {
  const path = fc.oneof(fc.constantFrom("/api/qrcode/create_qrcode", ...ROUTES.map((route) => route.path)), fc.string());

  it("random bytes create nothing and break nothing", async () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.json().map((json) => `params=${encodeURIComponent(json)}`),
    );
    await fc.assert(
      fc.asyncProperty(fc.record({ method: fc.constantFrom("GET", "POST", "PUT", ""), path, query: text, text }), async (changes) => {
        const to = backend();
        const reply = await handle(request(changes), to);
        expect(reply.body).not.toContain('"0010"');
        expect([to.created, to.paidOut]).toEqual([[], []]);
      }),
      { numRuns: 1000 },
    );
  });

  it("signed fields of any text are answered, never with 0010", async () => {
    const names = [
      ...Object.keys(ASKED),
      "payOrderId",
      "executeNotify",
      "extra",
      "param1",
      "clientIp",
      "bankCode",
      "accountNo",
      "__proto__",
    ];
    const value = fc.oneof(
      fc.constantFrom("8000", "T1", "100", 100, true, "cny", "HPT00001", payment().no),
      fc.string({ unit: "grapheme" }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ROUTES), fc.dictionary(fc.constantFrom(...names), value), async (route, fields) => {
        const to = backend();
        to.payments.push(payment());
        const { status, json } = await call(to, route.path, { ...fields, ...ACCOUNT });
        expect(status).toBe(200);
        expect(json.errCode).not.toBe("0010");
      }),
      { numRuns: 600 },
    );
  });

  it("a genuine request with any one character changed creates nothing", async () => {
    const genuine: Record<string, string> = Object.fromEntries(Object.entries(ASKED).map(([name, value]) => [name, String(value)]));
    genuine.sign = md5(genuine);
    const change = fc.record({ name: fc.constantFrom(...Object.keys(genuine)), at: fc.nat(), to: fc.constantFrom(..."xyzXYZ02468.") });
    await fc.assert(
      fc.asyncProperty(change, async ({ name, at, to }) => {
        const text = genuine[name] ?? "";
        const place = at % text.length;
        fc.pre(text[place] !== to);
        const changed = { ...genuine, [name]: `${text.slice(0, place)}${to}${text.slice(place + 1)}` };
        const store = backend();
        const { json } = opened(await handle(request({ text: new URLSearchParams(changed).toString() }), store));
        expect([json.retCode, store.created]).toEqual(["FAIL", []]);
      }),
      { numRuns: 500 },
    );
  });

  it("nor does one with a field more or a field less", async () => {
    const genuine: Record<string, unknown> = { ...ASKED, sign: md5(ASKED) };
    for (const name of Object.keys(ASKED)) {
      const { [name]: _, ...less } = genuine;
      const more = { ...genuine, [`${name}2`]: "1" };
      for (const changed of [less, more]) {
        const store = backend();
        await handle(request({ text: new URLSearchParams({ params: JSON.stringify(changed) }).toString() }), store);
        expect(store.created).toEqual([]);
      }
    }
  });
});
