import { describe, expect, it } from "vitest";
import { ENDPOINTS } from "#lib/dialects/fengniao/endpoints.ts";
import { fengniaoDialect } from "#lib/dialects/fengniao/index.ts";
import { CODES } from "#lib/dialects/fengniao/reply.ts";
import { backend, CALLER, CREATIONS, call, jsonOf, MERCHANT, request, signedFields } from "#lib/dialects/fengniao/testing/drive.ts";
import { dialectById } from "#lib/dialects/registry.ts";

const { handle } = fengniaoDialect;
const BALANCE = JSON.stringify({ merchant_no: MERCHANT });
const post = (fields: Record<string, string>, changes: Parameters<typeof request>[0] = {}) =>
  handle(request({ text: new URLSearchParams(fields).toString(), ...changes }), backend());
const codeOf = async (reply: ReturnType<typeof post>) => jsonOf(await reply).error_code;

it("the document's 23 methods are served, each once", () => {
  const printed =
    "weixin.pay weixin.mppay weixin.qr_code_pay weixin.scan_qr_code_pay weixin.h5_pay alipay.qr_code_pay alipay.scan_qr_code_pay " +
    "alipay.ration_code alipay.wap_pay alipay.h5_pay jd.pay qq.unified unionpay.gateway unionpay.wap unionpay.withdraw " +
    "unionpay.withdraw_query unionpay.withdraw_balance_query trade.query trade.refund trade.reverse merchant.withdraw " +
    "merchant.withdraw_query merchant.balance";
  expect(ENDPOINTS.map(({ method }) => method).sort()).toEqual(printed.split(" ").sort());
  expect(Object.keys(CREATIONS).every((method) => printed.includes(method))).toBe(true);
});

describe("the address", () => {
  const fields = signedFields("merchant.balance", BALANCE);
  it.each([
    ["POST", "/gateway", 200],
    ["POST", "/gateway/", 200],
    ["POST", "/", 200],
    ["POST", "", 200],
    ["POST", "//", 200],
    ["POST", "/gateway//", 404],
    ["POST", "/Gateway", 404],
    ["POST", "/gateway/x", 404],
    ["GET", "/gateway", 405],
    ["PUT", "/gateway", 405],
    ["OPTIONS", "/", 405],
  ])("%s %s is HTTP %i", async (method, path, status) => {
    const reply = await post(fields, { method, path });
    expect(reply.status).toBe(status);
    expect(jsonOf(reply).error_code).toBe(status === 200 ? 0 : 10008);
  });
});

describe("the common parameters", () => {
  it.each([
    ["app_id", "", 10008],
    ["app_id", "2018", 10001],
    ["app_id", "1".repeat(33), 10008],
    ["method", "", 10008],
    ["method", "weixin.nothing", 13001],
    ["method", "toString", 13001],
    ["method", "weixin.pay ", 13001],
    ["method", "x".repeat(129), 10008],
    ["version", "", 10008],
    ["version", "2.0", 10008],
    ["version", "1.0.0", 10008],
    ["sign_type", "", 10008],
    ["sign_type", "SHA1", 10008],
  ])("%s = '%s', rightly signed, is %i and named", async (name, value, code) => {
    const reply = await post(signedFields("merchant.balance", BALANCE, { [name]: value }));
    expect(reply.status).toBe(200);
    expect(jsonOf(reply)).toEqual({ error_code: code, error_msg: expect.stringContaining(name) });
    expect(jsonOf(reply).error_msg).toContain(CODES[code as keyof typeof CODES]);
  });

  it.each(["app_id", "method", "version", "sign_type"])("%s missing is 10008 and named", async (name) => {
    const { [name]: _gone, ...rest } = signedFields("merchant.balance", BALANCE);
    expect(jsonOf(await post(rest))).toEqual({ error_code: 10008, error_msg: expect.stringContaining(name) });
  });

  it.each(["", " ", "0".repeat(32), "AAAA", "not base64!", "d41d8cd98f00b204e9800998ecf8427e"])("sign = '%s' is 10002", async (sign) => {
    for (const sign_type of ["MD5", "RSA"]) {
      expect(await codeOf(post({ ...signedFields("merchant.balance", BALANCE, { sign_type }), sign }))).toBe(10002);
    }
  });

  it("an unknown parameter beside them is signed too, a blank one or one that begins with @ is not", async () => {
    const fields = signedFields("merchant.balance", BALANCE, { format: "json", blank: " \t" });
    expect(await codeOf(post(fields))).toBe(0);
    expect(await codeOf(post({ ...fields, format: "xml" }))).toBe(10002);
    expect(await codeOf(post({ ...fields, more: "x" }))).toBe(10002);
    expect(await codeOf(post({ ...fields, more: "", file: "@/etc/passwd" }))).toBe(0);
  });

  it("sign_type is read in either case, and RSA is SHA-1 by the caller's own key", async () => {
    const fields = signedFields("merchant.balance", BALANCE, { sign_type: "RSA" });
    expect(await codeOf(post(fields))).toBe(0);
    expect(await codeOf(post({ ...fields, sign_type: "rsa" }))).toBe(0);
    // A body that is not encoded turns the + of base64 into spaces.
    expect(await codeOf(post({ ...fields, sign: (fields.sign ?? "").replaceAll("+", " ") }))).toBe(0);
    expect(await codeOf(post({ ...fields, content: "{}" }))).toBe(10002);
    expect(await codeOf(post({ ...fields, sign_type: "MD5" }))).toBe(10002);
    const to = backend();
    to.callers.splice(0, 1, { ...CALLER, callerPublicKey: null });
    expect(jsonOf(await handle(request({ text: new URLSearchParams(fields).toString() }), to)).error_code).toBe(10002);
  });

  it("an account without a secret can call nothing", async () => {
    for (const secret of [null, ""]) {
      const to = backend();
      to.callers.splice(0, 1, { ...CALLER, secret });
      const text = new URLSearchParams(signedFields("merchant.balance", BALANCE)).toString();
      expect(jsonOf(await handle(request({ text }), to)).error_code).toBe(10002);
    }
  });
});

describe("content", () => {
  it.each(["", " ", "[]", "{}", " { } "])("'%s' is no parameters at all", async (content) => {
    expect(await codeOf(post(signedFields("unionpay.withdraw_balance_query", content)))).toBe(0);
  });

  it("may be left out altogether", async () => {
    const { content: _gone, ...rest } = signedFields("unionpay.withdraw_balance_query", "");
    expect(await codeOf(post(rest))).toBe(0);
  });

  it.each(["[1]", "null", '"x"', "1", "{", "@{}", '{"a":1,}', "{'a':1}", `{"merchant_no":${"[".repeat(10_000)}${"]".repeat(10_000)}}`])(
    "a text that is no JSON object is 10008: %#",
    async (content) => {
      const fields = content.startsWith("@")
        ? { ...signedFields("merchant.balance", ""), content }
        : signedFields("merchant.balance", content);
      expect(jsonOf(await post(fields))).toEqual({ error_code: 10008, error_msg: expect.stringMatching(/content|merchant_no/) });
    },
  );

  it("a name twice means its last value, __proto__ is a name like any other, too many are refused", async () => {
    expect(
      await codeOf(post(signedFields("merchant.balance", `{"merchant_no":"x","__proto__":{"a":1},"merchant_no":"${MERCHANT}"}`))),
    ).toBe(0);
    expect(await codeOf(post(signedFields("merchant.balance", `{"__proto__":{"merchant_no":"${MERCHANT}"}}`)))).toBe(10008);
    const many = JSON.stringify(Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`a${at}`, "1"])));
    expect(await codeOf(post(signedFields("merchant.balance", many)))).toBe(10008);
  });
});

describe("a malformed request is 10008 before its signature is looked at", () => {
  const form = "application/x-www-form-urlencoded";
  const multipart = "multipart/form-data; boundary=b";
  const part = (name: string, value: string) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const app = "app_id=2018&method=m&version=1.0&sign_type=MD5";
  it.each([
    ["a name with two values", form, `${app}&a=1&a=2`],
    ["an empty name", form, `${app}&=1`],
    ["escaped bytes that are not UTF-8", form, `${app}&a=%ff`],
    ["NUL", form, `${app}&a=%00`],
    ["more than 64 KiB", form, `${app}&a=${"x".repeat(65_536)}`],
    ["more than 100 fields", form, Array.from({ length: 101 }, (_, at) => `a${at}=1`).join("&")],
    ["JSON", "application/json", "{}"],
    ["multipart without a boundary", "multipart/form-data", part("a", "1")],
    ["multipart that does not end", multipart, part("a", "1")],
    ["multipart with a file", multipart, `--b\r\nContent-Disposition: form-data; name="a"; filename="x"\r\n\r\n1\r\n--b--`],
    ["multipart with a preamble", multipart, `hello\r\n${part("a", "1")}--b--`],
  ])("%s", async (_what, contentType, text) => {
    const reply = await handle(request({ headers: { "Content-Type": contentType }, text }), backend());
    expect(jsonOf(reply).error_code).toBe(10008);
  });

  it("but a well-formed one gets as far as the account, also with a per cent sign that escapes nothing", async () => {
    for (const [contentType, text] of [
      [form, `${app}&a=100%&b=%E8%8C%B6+x&&a=100%`],
      [
        multipart,
        `${app
          .split("&")
          .map((pair) => part(pair.split("=")[0] ?? "", pair.split("=")[1] ?? ""))
          .join("")}--b--\r\n`,
      ],
    ]) {
      const reply = await handle(request({ headers: { "content-type": contentType ?? "" }, text: text ?? "" }), backend());
      expect(jsonOf(reply).error_code).toBe(10001);
    }
  });
});

it("says 1000 when the backend breaks, and not why", async () => {
  const to = backend();
  to.broken = true;
  const { reply, json } = await call(to, "merchant.balance", BALANCE);
  expect(reply.status).toBe(200);
  expect(json.error_code).toBe(1000);
  expect(reply.body).not.toContain("secret");
});

it("the registry knows this dialect by its id", () => {
  expect(dialectById("fengniao")).toBe(fengniaoDialect);
});
