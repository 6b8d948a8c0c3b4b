import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { md5Hex } from "#lib/crypto/digest.ts";
import { codec } from "#lib/gateways/fengniao/codec.ts";
import { canonicalText, contentText, signatureOf, stringToSign, verifies } from "#lib/gateways/fengniao/sign.ts";
import { contextOf, openedAccount, rsaVectors, vectors } from "#lib/gateways/fengniao/test-account.ts";
import { parseForm, parseJson } from "#lib/gateways/wire.ts";

const RSA = { privateKey: rsaVectors.private_pkcs8, gatewayPublicKey: rsaVectors.public };
const openOf = (request: (typeof vectors.requests)[number]) => ({
  app_id: request.app_id,
  method: request.method,
  version: "1.0",
  sign_type: "MD5",
  content: request.content_text,
});

function vector(id: string): (typeof vectors.requests)[number] {
  const found = vectors.requests.find((one) => one.id === id);
  if (!found) throw new Error(`no vector ${id}`);
  return found;
}

function textFields(content: string): Record<string, string> {
  return parseJson(content) as Record<string, string>;
}

describe("our signatures equal the vendor's PHP client's", () => {
  it.each(vectors.requests)("$id: same input, same text, same sign", (request) => {
    expect(stringToSign(openOf(request), request.secret)).toBe(request.string_to_sign);
    expect(signatureOf(openOf(request), contextOf({ appId: request.app_id, secret: request.secret }))).toBe(request.sign);
  });

  it("the document's worked example hashes to what the document prints, its misprint undone", () => {
    const example = vector("seed_worked_example");
    expect(example.secret).toBe("B8vX7jfDKHsUZcIkNuJqhoPGg9Ey4Ywz");
    expect(md5Hex(stringToSign(openOf(example), example.secret))).toBe("6f939ce90a0836f1c76e53363a6f5c27");
  });

  it.each(["qr_basic", "chinese_string_amount", "trade_query"])("%s: our whole body is theirs, byte for byte, from the fields on", (id) => {
    const request = vector(id);
    const fields = textFields(request.content_text);
    expect(contentText(fields)).toBe(request.content_text);
    const context = contextOf({ appId: request.app_id, secret: request.secret });
    const call = { verb: "POST", path: request.method, version: undefined, fields } as const;
    expect(codec.seal(call, context, new Date(0)).body).toBe(request.form_body);
  });
});

describe("sign_type=RSA is SHA-1 over the same text", () => {
  const signatureBy = (id: string): string => {
    const found = rsaVectors.signatures.find(({ of }) => of === id);
    if (!found) throw new Error(`no signature of ${id}`);
    return found.signature_b64;
  };

  it("our signature of the worked example is OpenSSL's", () => {
    const example = vector("seed_worked_example");
    const context = contextOf({ ...RSA, secret: example.secret }, { signType: "RSA" });
    expect(signatureOf(openOf(example), context)).toBe(signatureBy("seed_worked_example"));
  });

  it("OpenSSL's signature of a notification verifies; another text, key or algorithm does not", () => {
    const notice = vectors.notifications.find(({ id }) => id === "alipay_ok");
    if (!notice) throw new Error("no vector alipay_ok");
    const fields = { ...notice.params, sign: signatureBy("alipay_ok") };
    const context = contextOf({ ...RSA, secret: notice.secret }, { signType: "RSA" });
    expect(verifies(fields, context)).toBe(true);
    expect(verifies({ ...fields, total_amount: "0.02" }, context)).toBe(false);
    expect(verifies(fields, contextOf({ ...RSA, secret: "another" }, { signType: "RSA" }))).toBe(false);
    expect(verifies(fields, contextOf({ secret: notice.secret }))).toBe(false);
    expect(verifies(notice.params, context)).toBe(false);
    expect(verifies(fields, contextOf({ secret: notice.secret }, { signType: "RSA" }))).toBe(false);
  });

  it("a request says RSA; without a private key nothing is sent", async () => {
    const key = { method: "wechat.native", gatewayOrderNo: "T1", gatewayRef: null, amount: { minor: 1n, currency: "CNY" } } as const;
    const answer = { kind: "none", reached: "no", message: "" } as const;
    const { account, port } = openedAccount([answer], { signType: "RSA" }, RSA);
    await account.query?.(key);
    const form = parseForm(port.sent[0]?.body ?? "");
    expect(form.ok && form.fields.sign_type).toBe("RSA");
    const keyless = openedAccount([], { signType: "RSA" });
    expect(await keyless.account.query?.(key)).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    expect(keyless.port.sent).toEqual([]);
  });
});

describe("what is signed", () => {
  const fields = fc.dictionary(fc.stringMatching(/^[a-z_]{1,12}$/), fc.string({ unit: "grapheme", maxLength: 40 }), { maxKeys: 12 });

  it("does not change by a sign, a sign_type, blank values or values beginning with @", () => {
    fc.assert(
      fc.property(fields, (values) => {
        const { sign: _sign, sign_type: _type, ...rest } = values;
        const dressed = { ...rest, sign: "x", sign_type: "MD5", Zblank: " \t\r\n\0", Zempty: "", Zfile: "@/etc/passwd" };
        expect(canonicalText(dressed)).toBe(canonicalText(rest));
      }),
    );
  });

  it("changes with every other value and is sorted by bytes: upper case before lower", () => {
    expect(canonicalText({ b: "2", a_: "3", aa: "4", A: "1" })).toBe("A=1&a_=3&aa=4&b=2");
    expect(canonicalText({ b: "2", a_: "3", aa: "4", A: "9" })).not.toBe("A=1&a_=3&aa=4&b=2");
  });

  it("is the content's own text: ASCII that reads as what was meant, whatever it was", () => {
    fc.assert(
      fc.property(fields, (values) => {
        const text = contentText(values);
        expect(text).toMatch(/^[\x20-\x7f]*$/);
        expect(parseJson(text)).toEqual(Object.keys(values).length === 0 ? [] : values);
        const call = { verb: "POST", path: "trade.query", version: undefined, fields: values } as const;
        const form = parseForm(codec.seal(call, contextOf(), new Date(0)).body ?? "");
        expect(form.ok && form.fields.content).toBe(text);
        expect(form.ok && verifies(form.fields, contextOf())).toBe(true);
      }),
    );
  });

  it("lone surrogates, which no JSON reader takes, do not go out", () => {
    expect(contentText({ a: "\ud800x" })).toBe('{"a":"\\ufffdx"}');
    expect(contentText({ a: "😀/" })).toBe('{"a":"\\ud83d\\ude00\\/"}');
  });

  it("no fields at all are an empty list, as PHP writes it", () => {
    expect(contentText({})).toBe("[]");
  });
});
