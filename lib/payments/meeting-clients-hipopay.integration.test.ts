import { createSign } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import hipopayVectors from "#lib/gateways/hipopay-merchant/vectors.json" with { type: "json" };
import mpgatewayVectors from "#lib/gateways/mpgateway/vectors.json" with { type: "json" };
import { bySorted, FORM, md5, number, strictly } from "#lib/payments/by-hand-testing.ts";
import { type Meeting, meetAt } from "#lib/payments/meeting-testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";

/**
 * Outside clients of seeds/001 and seeds/002: requests as other people's programs write them (the vectors' encodings, headers and number styles),
 * signed here by hand with the provisioned keys, are served over HTTP. Nothing of lib/gateways' signing takes part.
 */
describe("hipopay-merchant", () => {
  let meeting: Meeting<"hipopay-merchant">;
  beforeAll(async () => {
    meeting = await meetAt("hipopay-merchant");
  });
  afterAll(() => meeting.close());

  /** The four official SDKs' escapings: they differ on `~ ! * ' ( )`. */
  const ESCAPINGS = {
    python: strictly,
    php: (text: string) => strictly(text).replaceAll("%7E", "~"),
    node: encodeURIComponent,
    java: (text: string) => strictly(text).replaceAll("%2A", "*"),
  };
  const TIMES = {
    seconds: () => `${Math.floor(Date.now() / 1000)}`,
    decimals: () => (Date.now() / 1000).toFixed(2),
    milliseconds: () => `${Date.now()}`,
  };
  const sign = (text: string) => createSign("RSA-SHA256").update(text).sign(meeting.provisioned.credentials.privateKey, "base64");
  const order = (more: Record<string, string> = {}) => ({
    ...{ out_trade_id: number(), amount: "1", currency: "HKD", product_info: "a~b!c*d'e(f)g 微信𨰻", client_ip: "127.0.0.1" },
    ...{ notify_url: meeting.notifyUrl, ...more },
  });
  const headersFor = (fields: Record<string, string>, escaped = strictly, timestamp = TIMES.seconds(), header = "MerchantNO") => ({
    ...{ [header]: meeting.provisioned.credentials.merchantNo, Version: "1.0", Timestamp: timestamp },
    Signature: sign(`${bySorted(fields, escaped)},${timestamp}`),
  });
  const served = async (response: Response, out_trade_id: string) => {
    expect(await response.json()).toMatchObject({ is_success: true, response: { out_trade_id, status: "INIT" } });
    expect((await paymentByAny(meeting.database, out_trade_id))?.state).toBe("INIT");
  };

  it.each(Object.keys(ESCAPINGS) as (keyof typeof ESCAPINGS)[])(
    "signed as the %s SDK escapes, with each of the vectors' texts",
    async (sdk) => {
      for (const { params } of hipopayVectors.requests) {
        const texts = Object.entries(params).filter(([name]) => name === "product_info" && params[name as keyof typeof params] !== "");
        const fields = order(Object.fromEntries(texts) as Record<string, string>);
        const body = bySorted(fields, encodeURIComponent);
        const headers = { ...FORM, ...headersFor(fields, ESCAPINGS[sdk]) };
        await served(await meeting.raw("/wechatpay/qrcode/payment", { method: "POST", headers, body }), fields.out_trade_id);
      }
    },
  );

  it.each(Object.keys(TIMES) as (keyof typeof TIMES)[])("a Timestamp in %s, and a header name in any case", async (style) => {
    for (const header of ["MerchantNO", "MerchantNo", "merchantno"]) {
      const fields = order();
      const headers = { ...FORM, ...headersFor(fields, strictly, TIMES[style](), header) };
      await served(
        await meeting.raw("/wechatpay/qrcode/payment", { method: "POST", headers, body: new URLSearchParams(fields).toString() }),
        fields.out_trade_id,
      );
    }
  });

  it("a chunked body without Content-Length, and multipart/form-data (PHP)", async () => {
    const chunked = order();
    const stream = new Blob([new URLSearchParams(chunked).toString()]).stream();
    const init = { method: "POST", headers: { ...FORM, ...headersFor(chunked) }, body: stream, duplex: "half" } as RequestInit;
    await served(await meeting.raw("/wechatpay/qrcode/payment", init), chunked.out_trade_id);
    const multipart = order();
    const body = new FormData();
    for (const [name, value] of Object.entries(multipart)) body.set(name, value);
    await served(
      await meeting.raw("/wechatpay/qrcode/payment", { method: "POST", headers: headersFor(multipart), body }),
      multipart.out_trade_id,
    );
  });

  it("empty values, which are signed too (all four SDKs)", async () => {
    const fields = order({ auth_code: "", return_url: "" });
    await served(
      await meeting.raw("/wechatpay/qrcode/payment", {
        method: "POST",
        headers: { ...FORM, ...headersFor(fields) },
        body: new URLSearchParams(fields),
      }),
      fields.out_trade_id,
    );
    const query = { out_trade_id: fields.out_trade_id, payment_no: "" };
    await served(await meeting.raw(`/payment?${new URLSearchParams(query)}`, { headers: headersFor(query) }), fields.out_trade_id);
  });

  it("a mini program and a page's script order without a signature; the page asks first (CORS)", async () => {
    const preflight = await meeting.raw("/wechatpay/mini_program/payment", {
      method: "OPTIONS",
      headers: { origin: "https://shop.example" },
    });
    expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
    for (const path of ["/wechatpay/mini_program/payment", "/wechatpay/hk/mini_program/payment"]) {
      const fields = order({ merchant_no: meeting.provisioned.credentials.merchantNo, appid: "wx1", openid: "oX123456" });
      await served(
        await meeting.raw(path, { method: "POST", headers: { ...FORM, Version: "1.0" }, body: new URLSearchParams(fields) }),
        fields.out_trade_id,
      );
    }
    const unsigned = await meeting.raw("/wechatpay/qrcode/payment", {
      method: "POST",
      headers: { ...FORM, Version: "1.0" },
      body: new URLSearchParams(order()),
    });
    expect(await unsigned.json()).toMatchObject({ is_success: false, error: "ILLEGAL_SECURITY_PROFILE" });
  });
});

describe("mpgateway", () => {
  let meeting: Meeting<"mpgateway">;
  beforeAll(async () => {
    meeting = await meetAt("mpgateway");
  });
  afterAll(() => meeting.close());

  const post = async (path: string, json: string, write: (base64: string, sign: string) => string) => {
    const { merid, key } = meeting.provisioned.credentials;
    const base64 = Buffer.from(json.replaceAll("89900100", merid), "utf8").toString("base64");
    const response = await meeting.raw(path, { method: "POST", headers: FORM, body: write(base64, md5(base64 + key)) });
    const { resp, sign } = (await response.json()) as { resp: string; sign: string };
    expect(sign).toBe(md5(resp + key));
    return JSON.parse(Buffer.from(resp, "base64").toString("utf8")) as Record<string, unknown>;
  };
  const STYLES: Record<string, (base64: string, sign: string) => string> = {
    "PHP, upper-case escapes": (base64, sign) => `req=${encodeURIComponent(base64)}&sign=${sign}`,
    "C#, lower-case escapes": (base64, sign) =>
      `req=${encodeURIComponent(base64).replace(/%[0-9A-F]{2}/g, (one) => one.toLowerCase())}&sign=${sign}`,
    "base64 as it is, its + a blank to whoever decodes": (base64, sign) => `req=${base64}&sign=${sign.toUpperCase()}`,
  };

  it.each(Object.keys(STYLES))("creates, asks and cancels as the vectors do: %s", async (style) => {
    const write = STYLES[style];
    if (!write) throw new Error("no style");
    for (const { id, json_text } of mpgatewayVectors.requests.filter((one) => /"action"/.test(one.json_text))) {
      const orderid = number();
      const text = json_text
        .replace(/"orderid":"[^"]*"/, `"orderid":"${orderid}"`)
        .replace(/}$/, `,"goods":"测试>>>???${id}"}`.replace(/^,"goods"/, ',"memo"'));
      expect(await post("/api/mpgateway", text, write)).toMatchObject({ respcode: "00", orderid, txnamt: id === "pay_chinese" ? 1 : 100 });
      const asked = await post("/api/query", `{"merid":"89900100","orderid":"${orderid}"}`, write);
      expect(asked).toMatchObject({ respcode: "00", resultcode: "1001", orderid });
      expect(await post("/api/cancel", `{"merid":"89900100","queryid":"${String(asked.queryid)}"}`, write)).toMatchObject({
        respcode: "00",
        orderid,
      });
    }
  });

  it("a merchant nobody knows is answered without a signature: there is no key (§2.2)", async () => {
    const req = Buffer.from('{"merid":"1","orderid":"A1234567"}').toString("base64");
    const response = await meeting.raw("/api/query", {
      method: "POST",
      headers: FORM,
      body: new URLSearchParams({ req, sign: md5(`${req}x`) }),
    });
    const { resp, sign } = (await response.json()) as { resp: string; sign: string };
    expect(sign).toBe("");
    expect(Buffer.from(resp, "base64").toString("utf8")).toContain("商户号不存在");
  });
});
