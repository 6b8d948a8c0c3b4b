import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanText, escapeStrictly, parseChinaTime, parseForm, parseJson, sortedByBytes } from "#lib/gateways/wire.ts";

describe("JSON", () => {
  it("keeps every number as it was written", () => {
    expect(parseJson('{"a":0.8777,"b":[1e2,-0,12345678901234567890.10],"c":"1","d":null,"e":true}')).toEqual({
      ...{ a: "0.8777", b: ["1e2", "-0", "12345678901234567890.10"], c: "1", d: null, e: true },
    });
  });

  it.each(["", "{", "undefined", "{'a':1}"])("%j is none", (text) => {
    expect(parseJson(text)).toBeUndefined();
  });

  it.each(['{"a":1,"a":1}', '{"b":[{"a":1,"\\u0061":2}]}', '{"a":{"x":1},"b":2,"a":{"x":1}}'])(
    "%s says a name twice and is none",
    (text) => {
      expect(parseJson(text)).toBeUndefined();
    },
  );

  it("may use a name again in another object, or as a value", () => {
    expect(parseJson('{"a":{"a":"a"},"b":[{"a":"}"},{"a":"{\\"a\\":1"}]}')).toEqual({ a: { a: "a" }, b: [{ a: "}" }, { a: '{"a":1' }] });
  });

  it("reads whatever JSON.stringify writes", () => {
    fc.assert(fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => parseJson(JSON.stringify(value)) !== undefined));
  });
});

describe("forms", () => {
  it("are read strictly", () => {
    expect(parseForm("a=1&b=&c=%E8%BF%99+%2B&d")).toEqual({ ok: true, fields: { a: "1", b: "", c: "这 +", d: "" } });
    expect(parseForm("")).toEqual({ ok: true, fields: {} });
    expect(parseForm("__proto__=1")).toEqual({ ok: true, fields: Object.fromEntries([["__proto__", "1"]]) });
  });

  it.each([
    ["a=1&a=1", "duplicate_field"],
    ["a=%", "unreadable"],
    ["=1", "unreadable"],
    ["a=1&", "unreadable"],
    [Array.from({ length: 201 }, (_, index) => `a${index}=1`).join("&"), "unreadable"],
    [Buffer.from([0x61, 0x3d, 0xff]), "unreadable"],
  ])("%s is refused", (body, reason) => {
    expect(parseForm(body)).toMatchObject({ ok: false, reason });
  });
});

describe("text", () => {
  it("leaves the wire without a sign that could end or open a field, and keeps its length", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(cleanText(text)).not.toMatch(/[&=<>"\\\p{Cc}]/u);
        expect([...cleanText(text)]).toHaveLength([...text].length);
      }),
    );
  });

  it("is escaped so that only letters, digits and _.- stay, lone surrogates included", () => {
    expect(escapeStrictly("~!*'() 这\ud800")).toBe("%7E%21%2A%27%28%29%20%E8%BF%99%EF%BF%BD");
    expect(escapeStrictly("AZaz09_.-")).toBe("AZaz09_.-");
  });

  it("sorts by bytes, not by UTF-16 units or by a language", () => {
    expect(sortedByBytes(["b", "a", "B", "_", "aa", "\u{1f600}", "\uffee"])).toEqual(["B", "_", "a", "aa", "b", "\uffee", "\u{1f600}"]);
  });
});

describe("times of UTC+8", () => {
  it.each([
    ["2017-06-22 21:29:47", "2017-06-22T13:29:47.000Z"],
    ["20190403171704", "2019-04-03T09:17:04.000Z"],
    ["2020-02-29 00:00:00", "2020-02-28T16:00:00.000Z"],
  ])("%s is %s", (text, iso) => {
    expect(parseChinaTime(text)?.toISOString()).toBe(iso);
  });

  it.each([
    "",
    "xxxxx",
    "2019-02-29 00:00:00",
    "2017-06-22 24:00:00",
    "2017-06-22 21:29:60",
    "2017-06-22T21:29:47Z",
    " 2017-06-22 21:29:47",
  ])("%j is none", (text) => {
    expect(parseChinaTime(text)).toBeNull();
  });
});
