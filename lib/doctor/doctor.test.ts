import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { diff } from "#lib/doctor/diff.ts";
import { NO_KEY } from "#lib/doctor/keys.ts";
import { readMessage } from "#lib/doctor/message.ts";
import { READERS } from "#lib/doctor/readers.ts";
import { textOf } from "#lib/doctor/recipe.ts";
import type { SchemeId } from "#lib/doctor/specimen.ts";
import { KEYS } from "#lib/doctor/testing/shop.ts";

const KEY = { ...NO_KEY, text: "k".repeat(16) };
const fields = fc.dictionary(fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/), fc.string({ unit: "binary", maxLength: 20 }), {
  minKeys: 1,
  maxKeys: 12,
});
const formOf = (record: Record<string, string>) =>
  Object.entries(record)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.replace(/\p{Surrogate}/gu, "?"))}`)
    .join("&");

describe("the rules the doctor varies", () => {
  const read = (scheme: SchemeId, form: string) => {
    const head = scheme.startsWith("hipopay") ? "Timestamp: 1795190400\nSignature: c2ln\n\n" : "";
    return READERS[scheme](readMessage(scheme === "desk" ? `https://pay.example/desk?${form}` : head + form), KEY, "MD5");
  };

  it.each(["hipopay-request", "hipopay-notification", "xxpay", "fengniao", "desk"] as const)(
    "%s: write what the codec itself writes",
    (scheme) => {
      fc.assert(
        fc.property(fields, (record) => {
          const specimen = read(scheme, formOf({ a: "1", ...record }));
          expect(specimen && textOf(specimen.recipe)).toBe(specimen?.canonical);
        }),
        { numRuns: 200 },
      );
    },
  );

  it("webhook: sign what the Standard Webhooks library verifies", () => {
    const body = '{"a":"茶"}';
    const at = new Date(1_795_190_400_000);
    const signature = new Webhook(KEYS.webhook).sign("msg_1", at, body);
    const pasted = `webhook-id: msg_1\nwebhook-timestamp: 1795190400\nwebhook-signature: ${signature}\n\n${body}`;
    expect(READERS.webhook(readMessage(pasted), KEY, "MD5")).toMatchObject({ canonical: `msg_1.1795190400.${body}`, given: signature });
  });
});

describe("what people paste", () => {
  const REQUEST = {
    "an HTTP request": "POST /notify?x=1 HTTP/1.1\nHost: a.example\nSignature: s+/=\n\na=1&b=%20",
    "one with CRLF": "POST /notify?x=1 HTTP/1.1\r\nHost: a.example\r\nSignature: s+/=\r\n\r\na=1&b=%20",
    "a curl command": "curl -X POST 'https://a.example/notify?x=1' \\\n  -H 'Signature: s+/=' --data-raw 'a=1&b=%20'",
    "a curl command in double quotes": 'curl "https://a.example/notify?x=1" -H "Signature: s+/=" -d "a=1&b=%20"',
  };

  it.each(Object.entries(REQUEST))("%s is read", (_name, text) => {
    const message = readMessage(text);
    expect([message.method, message.path, message.query, message.body]).toEqual(["POST", "/notify", "x=1", "a=1&b=%20"]);
    expect(message.headers.get("signature")).toBe("s+/=");
  });

  it("headers and a body without a first line, an address, a form, JSON are read", () => {
    expect(readMessage("webhook-id: msg_1\n\n{\n}").body).toBe("{\n}");
    expect(readMessage("https://pay.example/desk?a=1#x")).toMatchObject({ path: "/desk", query: "a=1", body: "" });
    expect(readMessage("a=1&b=2").body).toBe("a=1&b=2");
    expect(readMessage('{"a":1}').body).toBe('{"a":1}');
  });

  it("nothing that is pasted breaks the reader", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.string({ maxLength: 300 })), (text) => {
        for (const reader of Object.values(READERS)) reader(readMessage(text), KEY, "MD5");
      }),
    );
  });
});

describe("two texts side by side", () => {
  it("each side, put together, is the text; what is common is common to both", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (a, b) => {
        const { left, right } = diff(a, b);
        expect(left.map(({ text }) => text).join("")).toBe(a);
        expect(right.map(({ text }) => text).join("")).toBe(b);
        const same = (pieces: typeof left) =>
          pieces
            .filter((one) => one.same)
            .map(({ text }) => text)
            .join("");
        expect(same(left)).toBe(same(right));
      }),
    );
  });

  it("marks the field that differs and nothing else", () => {
    expect(diff("a=1&b=88.00&c=3", "a=1&b=88&c=3")).toEqual({
      left: [
        { text: "a=1&b=", same: true },
        { text: "88.00", same: false },
        { text: "&c=3", same: true },
      ],
      right: [
        { text: "a=1&b=", same: true },
        { text: "88", same: false },
        { text: "&c=3", same: true },
      ],
    });
  });
});
