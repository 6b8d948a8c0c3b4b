import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import { codec } from "#lib/gateways/mpgateway/codec.ts";
import { settings } from "#lib/gateways/mpgateway/credentials.ts";
import { restored, sign, unwrap, unwrapText, verifies, wrap } from "#lib/gateways/mpgateway/signature.ts";
import {
  BASE_URL,
  credentials,
  ECHO,
  gatewaySign,
  openedAccount,
  paymentKey,
  vectorOf,
  vectors,
} from "#lib/gateways/mpgateway/test-account.ts";
import { parseForm } from "#lib/gateways/wire.ts";

const context = { baseUrl: BASE_URL, credentials, settings: settings.parse({}) };

describe("other people's clients", () => {
  it.each(vectors.requests)(
    "$id: the same JSON text gives the same base64 and the same sign",
    ({ json_text: json, key, req, sign: theirs }) => {
      expect(Buffer.from(json, "utf8").toString("base64")).toBe(req);
      expect(sign(req, key)).toBe(theirs);
      expect(unwrapText(req)).toBe(json);
      expect(verifies(req, theirs, key)).toBe(true);
    },
  );

  it.each(vectors.requests)("$id: their form reads as the req and sign they signed", ({ form_body: body, req, sign: theirs }) => {
    expect(parseForm(body)).toEqual({ ok: true, fields: { req, sign: theirs } });
  });

  it("the same fields give the C# client's whole body, but for its lower-case escapes", () => {
    const vector = vectorOf(vectors.requests, "csharp_style");
    const fields = JSON.parse(vector.json_text) as Record<string, string>;
    const sealed = codec.seal({ verb: "POST", path: "/api/mpgateway", version: undefined, fields }, context, new Date(0));
    expect(sealed.body).toBe(vector.form_body.replace(/%3d/g, "%3D"));
    expect(sealed.url).toBe(`${BASE_URL}/api/mpgateway`);
    expect(sealed.headers["Content-Type"]).toBe("application/x-www-form-urlencoded");
  });

  it.each(["query_by_orderid", "cancel"])("%s: our own operation sends their body, byte for byte", async (id) => {
    const { account, port } = openedAccount([answer("")]);
    const vector = vectorOf(vectors.requests, id);
    const ask = id === "cancel" ? account.close : account.query;
    await ask?.(paymentKey({ gatewayRef: id === "cancel" ? "201805011234567890" : null }));
    expect(port.sent[0]?.body).toBe(vector.form_body);
  });

  it.each(vectors.responses)("$id: the gateway's answer is believed", ({ http_body: body, json_text: json }) => {
    const opened = codec.openReply({ status: 200, headers: {}, body }, "json", context);
    expect(opened).toMatchObject({ kind: "data", proof: "signature", data: { orderid: "T0001", txnamt: "100", respmsg: "成功" } });
    expect(unwrap(JSON.parse(body).resp)).toMatchObject({ formaction: JSON.parse(json).formaction });
  });
});

describe("what is signed is the text, not what it says", () => {
  const fields = fc.dictionary(fc.stringMatching(/^[a-z]{1,12}$/), fc.string({ unit: "grapheme", maxLength: 40 }), { maxKeys: 12 });

  it("what was wrapped is unwrapped, whatever it is", () => {
    fc.assert(
      fc.property(fields, (values) => {
        const base64 = wrap(values);
        expect(base64).toMatch(/^[A-Za-z0-9+/]*={0,2}$/);
        expect(unwrap(base64)).toEqual(JSON.parse(JSON.stringify(values)));
        expect(verifies(base64, gatewaySign(base64), credentials.key)).toBe(true);
      }),
    );
  });

  it("a changed sign of the text, or of the signature, or another key, does not verify", () => {
    fc.assert(
      fc.property(fields, fc.nat(), fc.constantFrom("A", "b", "7"), (values, at, other) => {
        const base64 = wrap(values);
        const index = at % base64.length;
        const changed = base64.slice(0, index) + other + base64.slice(index + 1);
        if (changed !== base64) expect(verifies(changed, gatewaySign(base64), credentials.key)).toBe(false);
        expect(verifies(base64, gatewaySign(base64), `${credentials.key}${other}`)).toBe(false);
        expect(verifies(base64, gatewaySign(base64).slice(1), credentials.key)).toBe(false);
      }),
    );
  });

  it("either hex case is accepted, and a blank where a bare + was form-decoded", () => {
    const base64 = wrap({ respmsg: "交易成功~~~>>>" });
    expect(base64).toContain("+");
    const broken = base64.replaceAll("+", " ");
    expect(verifies(broken, gatewaySign(base64).toUpperCase(), credentials.key)).toBe(true);
    expect(restored(broken)).toBe(base64);
    expect(unwrap(broken)).toEqual({ respmsg: "交易成功~~~>>>" });
  });

  it.each(["", "!!!!", "AAA", "gICAgA==", "W10=", "MQ==", "bnVsbA=="])("%j is no base64 of a JSON object", (text) => {
    expect(unwrap(text)).toBeNull();
  });

  it("a number keeps the spelling it was sent in", () => {
    expect(unwrap(Buffer.from('{"txnamt":100,"x":1e2,"y":1.10}').toString("base64"))).toEqual({ txnamt: "100", x: "1e2", y: "1.10" });
  });
});

it("a query string of resp and sign, as the document draws it, is an answer too", async () => {
  const resp = wrap({ ...ECHO, txnamt: "100", resultcode: "1001" });
  const { account } = openedAccount([answer(new URLSearchParams({ resp, sign: gatewaySign(resp) }).toString())]);
  expect(await account.query?.(paymentKey())).toMatchObject({ ok: true, value: { kind: "pending" } });
});
