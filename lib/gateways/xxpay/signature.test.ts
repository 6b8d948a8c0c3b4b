import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codec } from "#lib/gateways/xxpay/codec.ts";
import { settings } from "#lib/gateways/xxpay/credentials.ts";
import { canonical, sign, signedFields, stringToSign, verifies } from "#lib/gateways/xxpay/signature.ts";
import {
  BASE_URL,
  created,
  credentials,
  gatewaySign,
  openedAccount,
  payoutRequest,
  sentJson,
  vectorOf,
  vectors,
} from "#lib/gateways/xxpay/test-account.ts";

const contextOf = (own = {}) => ({ baseUrl: BASE_URL, credentials: { ...credentials, payoutCode: "" }, settings: settings.parse(own) });
const fieldsOf = (json: string): Record<string, string> => {
  const fields = signedFields(json);
  if (!fields) throw new Error("no JSON object");
  return fields;
};

describe("other people's programs", () => {
  it.each(vectors.cases)("$id: the same input gives the same text and the same sign", ({ params_json: json, key, expected }) => {
    const fields = fieldsOf(json);
    expect(stringToSign(fields, key)).toBe(expected.string_to_sign);
    expect(sign(fields, key)).toBe(expected.sign);
    expect(verifies({ ...fields, sign: expected.sign.toLowerCase() }, key)).toBe(true);
  });

  it("a number and its text sign alike, so sending text is what the Java server signed", () => {
    const { params_json: json, expected } = vectorOf(vectors.cases, "create_basic");
    const call = { verb: "POST", path: "/x", version: undefined, fields: fieldsOf(json) } as const;
    const sealed = codec.seal(call, contextOf(), new Date(0));
    const sent = new URLSearchParams(sealed.body ?? "").get("params") ?? "";
    expect(JSON.parse(sent)).toMatchObject({ mchId: "20001222", amount: "100", subject: "测试商品名称", sign: expected.sign });
  });

  it("the Go client's whole body, but for its sign: that client signs an empty param2, against the document and every other", () => {
    const go = vectorOf(vectors.go_haojiehpay, "go_create_param2=");
    const { sign: theirs = "", ...fields } = fieldsOf(go.params_json);
    const sealed = codec.seal({ verb: "POST", path: "/x", version: undefined, fields }, contextOf(), new Date(0));
    const ours = sign(fields, credentials.key);
    expect(theirs).toBe(go.sign);
    expect(ours).not.toBe(theirs);
    expect(sealed.body?.replace(ours, theirs)).toBe(go.form_body);
  });

  it("query_pay: our own operation sends their JSON, signed as they sign it", async () => {
    const { params_json: json, expected } = vectorOf(vectors.cases, "query_pay");
    const { account, port } = openedAccount([created("")], { executeNotify: true }, { mchId: "1000000010" });
    await account.query?.({
      method: "wechat.native",
      gatewayOrderNo: "20160427210604000490",
      gatewayRef: null,
      amount: { minor: 1n, currency: "CNY" },
    });
    expect(sentJson(port)).toBe(json.replace(/}$/, `,"sign":"${expected.sign}"}`));
  });

  it("trans_create: our own payout is signed as theirs is", async () => {
    const { account, port } = openedAccount([created("")], {}, { payoutCode: "ffvaaBVvLFDW" });
    await account.payout?.("trans", payoutRequest());
    const sent = fieldsOf(sentJson(port));
    expect(sent.sign).toBe(vectorOf(vectors.cases, "trans_create").expected.sign);
  });

  it("response_create_with_payParams: the answer is believed; as an old server signs it, only where the account says so", () => {
    const vector = vectorOf(vectors.cases, "response_create_with_payParams");
    const answer = (own: string) => ({ status: 200, headers: {}, body: vector.params_json.replace(/}$/, `,"sign":"${own}"}`) });
    const old = "6319217A1F75DC7C434957D6DDCFBF2B";
    const kind = (own: string, setting: boolean) => codec.openReply(answer(own), "json", contextOf({ payParamsSigned: setting })).kind;
    expect(kind(vector.expected.sign, true)).toBe("data");
    expect(kind(old, true)).toBe("unknown");
    expect(kind(old, false)).toBe("data");
    expect(kind(vector.expected.sign, false)).toBe("unknown");
  });
});

describe("what is signed of JSON", () => {
  it.each([
    ['{"b":1,"a":"x"}', "a=x&b=1"],
    ['{"a":null,"b":"","c":0,"d":"0","e":false}', "c=0&d=0&e=false"],
    ['{"a":1.10,"b":1e3,"c":12345678901234567890}', "a=1.10&b=1e3&c=12345678901234567890"],
    ['{"p":{"z":"1","a":{"d":2.0,"c":[1,"x",true]},"n":null}}', 'p={"a":{"c":[1,"x",true],"d":2.0},"z":"1"}'],
    ['{"p":{"u":"http:\\/\\/a\\/b?c=\\u4e2d&d=\\"e\\""}}', 'p={"u":"http://a/b?c=中&d=\\"e\\""}'],
    ['{"Z":"1","a":"2","sign":"x"}', "Z=1&a=2"],
    ["{}", ""],
  ])("%s", (json, expected) => {
    expect(canonical(fieldsOf(json))).toBe(expected);
  });

  it.each(["", "[]", "null", '"x"', "{", `{"a":${'{"a":'.repeat(30)}1${"}".repeat(30)}}`])("%s is not signed at all", (json) => {
    expect(signedFields(json)).toBeNull();
  });
});

describe("properties", () => {
  const fields = fc.dictionary(fc.stringMatching(/^[a-zA-Z0-9]{1,12}$/), fc.string({ unit: "grapheme", maxLength: 30 }), { maxKeys: 10 });

  it("the order fields were written in, empty ones and the sign itself change nothing", () => {
    fc.assert(
      fc.property(fields, (values) => {
        const reversed = Object.fromEntries(Object.entries(values).reverse());
        expect(canonical({ ...reversed, empty: "", sign: "X" })).toBe(canonical({ ...values, empty: "" }));
      }),
    );
  });

  it("agrees with the rule written a second time, and any change breaks it", () => {
    fc.assert(
      fc.property(fields, fc.stringMatching(/^[a-z]{1,4}$/), (values, more) => {
        fc.pre(Object.keys(values).length > 0 && !("sign" in values));
        const signed = { ...values, sign: gatewaySign(values) };
        expect(verifies(signed, credentials.key)).toBe(true);
        const [name = ""] = Object.keys(values);
        expect(verifies({ ...signed, [name]: `${values[name]}${more}` }, credentials.key)).toBe(false);
        expect(verifies(signed, `${credentials.key}${more}`)).toBe(false);
        expect(verifies({ ...signed, sign: "" }, credentials.key)).toBe(false);
      }),
    );
  });

  it("what is sealed reads back as what was meant", () => {
    fc.assert(
      fc.property(fields, (values) => {
        fc.pre(!("sign" in values) && !("executeNotify" in values) && !("queryTime" in values));
        const call = { verb: "POST", path: "/x", version: undefined, fields: values } as const;
        const sealed = codec.seal(call, contextOf(), new Date(0));
        const sent = JSON.parse(new URLSearchParams(sealed.body ?? "").get("params") ?? "");
        expect(sent).toEqual({ ...JSON.parse(JSON.stringify(values)), sign: expect.stringMatching(/^[0-9A-F]{32}$/) });
        expect(verifies(sent, credentials.key)).toBe(true);
      }),
    );
  });
});
