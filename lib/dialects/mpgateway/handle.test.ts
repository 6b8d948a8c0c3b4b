import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ROUTES } from "#lib/dialects/mpgateway/handle.ts";
import { mpgatewayDialect } from "#lib/dialects/mpgateway/index.ts";
import { backend, call, envelope, md5, opened, request, signedRequest } from "#lib/dialects/mpgateway/testing/drive.ts";
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const { handle } = mpgatewayDialect;
const SAO = { action: "WxSao", txnamt: 100, merid: "89900100", orderid: "A1234567", backurl: "http://shop.example/n" };
const CODE = "3CaDEKX";

describe("the door", () => {
  it.each([
    ["an unknown merchant", signedRequest("/api/mpgateway", { ...SAO, merid: "1" }), "02", "merid"],
    ["no merchant", signedRequest("/api/mpgateway", { ...SAO, merid: undefined }), "01", "merid"],
    ["no req", request({ text: "sign=0" }), "01", "req"],
    ["a req that is no base64", request({ text: "req=%7B%7D&sign=0" }), "01", "req"],
    ["base64 of no JSON", request({ text: `req=${btoa("hello")}&sign=0` }), "01", "req"],
    ["base64 of an array", request({ text: `req=${btoa("[1]")}&sign=0` }), "01", "req"],
    ["bytes that are not UTF-8", request({ text: "req=%ff" }), "01", "编码"],
    ["a parameter twice", request({ text: "req=e30%3D&req=e30%3D" }), "01", "编码"],
    ["too much", request({ text: `req=${"A".repeat(65_536)}` }), "01", "编码"],
  ])("answers %s with an empty sign: nobody's key is known", async (_what, wire, respcode, names) => {
    const { reply, signed, json } = opened(await handle(wire, backend()));
    expect([reply.status, signed]).toEqual([200, "empty"]);
    expect(json).toEqual({ respcode, respmsg: expect.stringContaining(names) });
  });

  it.each([
    ["an empty sign", { ...envelope(SAO), sign: "" }],
    ["another's key", envelope(SAO, "another key")],
    ["a changed req", { ...envelope(SAO), req: envelope({ ...SAO, txnamt: 1 }).req }],
    ["a sign of the JSON instead of the base64", { ...envelope(SAO), sign: md5(JSON.stringify(SAO)) }],
  ])("refuses %s, signed, and repeats nothing that was sent", async (_what, parameters) => {
    const to = backend();
    const { signed, json } = opened(await handle(request({ text: new URLSearchParams(parameters).toString() }), to));
    expect(signed).toBe("good");
    expect(json).toEqual({ respcode: "03", respmsg: expect.stringContaining("sign") });
    expect(to.created).toEqual([]);
  });

  it("knows no other path or method", async () => {
    for (const wire of [
      request({ path: "/api/refund" }),
      request({ method: "GET" }),
      request({ method: "POST", path: "/wxjsapi/gopay.html" }),
    ]) {
      expect((await handle(wire, backend())).status).toBe(404);
    }
  });

  it("takes Java's base64 in lines, signed as it is", async () => {
    const lines = envelope(SAO).req.replace(/.{76}/g, (line) => `${line}\r\n`);
    expect(lines).toContain("\r\n");
    const text = new URLSearchParams({ req: lines, sign: md5(lines) }).toString();
    expect(opened(await handle(request({ text }), backend())).json.respcode).toBe("00");
  });

  it("takes a merid sent as a number, by its digits", async () => {
    expect((await call(backend(), "/api/mpgateway", { ...SAO, merid: 89900100 })).json).toMatchObject({
      respcode: "00",
      merid: "89900100",
    });
  });

  it("says 96 when the backend breaks, and not why", async () => {
    const to = backend();
    to.broken = true;
    const { reply, signed, json } = await call(to, "/api/mpgateway", SAO);
    expect([reply.status, signed, json.respcode]).toEqual([500, "empty", "96"]);
    expect(JSON.stringify(json)).not.toContain("secret");
  });
});

describe("GET /wxjsapi/gopay.html", () => {
  const order = payment({ clientNo: "A1234567", state: "INIT", code: CODE });
  const open = async (message: object, changes: { key?: string; method?: string } = {}) => {
    const to = backend();
    to.payments.push({ ...order, method: changes.method ?? order.method });
    const query = new URLSearchParams(envelope(message, changes.key)).toString();
    return handle(request({ method: "GET", path: "/wxjsapi/gopay.html", query }), to);
  };
  const ASKED = { merid: "89900100", orderid: "A1234567", code: CODE };

  it("sends a signed PayId on to the page that opens WeChat", async () => {
    const reply = await open(ASKED);
    expect(reply).toMatchObject({ status: 302, headers: { Location: `https://gateway.example/wechat_jsapi/${order.no}` }, body: "" });
  });

  it.each([
    ["another's key", ASKED, { key: "another key" }, 400],
    ["another PayId", { ...ASKED, code: "x" }, {}, 404],
    ["another order", { ...ASKED, orderid: "B1234567" }, {}, 404],
    ["no PayId", { ...ASKED, code: "" }, {}, 400],
    ["a payment that is not WxJsApi's", ASKED, { method: "wechat.native" }, 404],
  ])("refuses %s in words, redirecting nowhere", async (_what, message, changes, status) => {
    const reply = await open(message, changes);
    expect(reply.status).toBe(status);
    expect(reply.headers).not.toHaveProperty("Location");
    expect(reply.headers["Content-Type"]).toContain("text/plain");
  });
});

describe("GET /wxjsapi/openid.html, unsigned", () => {
  const open = (parameters: Record<string, string>) =>
    handle(request({ method: "GET", path: "/wxjsapi/openid.html", query: new URLSearchParams(parameters).toString() }), backend());

  it("goes to the page that finds out the openid, which will be appended as openid", async () => {
    const { status, headers } = await open({ merid: "89900100", payway: "3855", backurl: "https://shop.example/b?x=1" });
    const asked = Object.fromEntries(new URL(headers.Location ?? "").searchParams);
    expect([status, asked]).toEqual([302, { merchantNo: "89900100", backUrl: "https://shop.example/b?x=1", parameter: "openid" }]);
  });

  it("may leave the merchant out", async () => {
    const { status, headers } = await open({ backurl: "https://shop.example/b" });
    expect([status, new URL(headers.Location ?? "").searchParams.get("merchantNo")]).toEqual([302, ""]);
  });

  it.each([
    [{ merid: "89900100" }, 400],
    [{ backurl: "javascript:alert(1)" }, 400],
    [{ backurl: "//shop.example" }, 400],
    [{ merid: "1", backurl: "https://shop.example/b" }, 403],
  ])("refuses %j", async (parameters, status) => {
    expect((await open(parameters as Record<string, string>)).status).toBe(status);
  });
});

describe("whatever comes in, an answer goes out", () => {
  const path = fc.oneof(fc.constantFrom("/wxjsapi/openid.html", ...ROUTES.map((route) => route.path)), fc.string());

  it("random bytes create nothing and break nothing", async () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.base64String().map((req) => `req=${encodeURIComponent(req)}&sign=0`),
    );
    const arbitrary = fc.record({ method: fc.constantFrom("GET", "POST", "PUT", ""), path, query: text, text });
    await fc.assert(
      fc.asyncProperty(arbitrary, async (changes) => {
        const to = backend();
        expect((await handle(request(changes), to)).status).not.toBe(500);
        expect(to.created).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("signed JSON of any shape is answered, never with 96", async () => {
    const value = fc.oneof(fc.constantFrom("WxSao", "A1234567", 100, "100", "http://a/b"), fc.jsonValue({ maxDepth: 3 }));
    const message = fc.dictionary(fc.constantFrom(...Object.keys(SAO), "queryid", "code", "openid", "ip", "fronturl", "__proto__"), value);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("/api/mpgateway", "/api/query", "/api/cancel"), message, async (to, fields) => {
        const { reply, signed, json } = await call(backend(), to, { ...fields, merid: "89900100" });
        expect([reply.status, signed]).toEqual([200, "good"]);
        expect(json.respcode).not.toBe("96");
      }),
      { numRuns: 500 },
    );
  });

  it("a genuine request with any one character of req or sign changed creates nothing", async () => {
    const genuine = envelope(SAO);
    const change = fc.record({
      name: fc.constantFrom("req" as const, "sign" as const),
      at: fc.nat(),
      to: fc.constantFrom(..."BDFbdf02468+/="),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ name, at, to }) => {
        const text = genuine[name];
        const place = at % text.length;
        // Hex is read in either case.
        fc.pre(text[place]?.toLowerCase() !== to.toLowerCase());
        const changed = { ...genuine, [name]: `${text.slice(0, place)}${to}${text.slice(place + 1)}` };
        const store = backend();
        await handle(request({ text: new URLSearchParams(changed).toString() }), store);
        expect(store.created).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
