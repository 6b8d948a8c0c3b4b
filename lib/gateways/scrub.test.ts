import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Exchange } from "#lib/gateways/port.ts";
import { maskFields, scrubExchange, scrubMessage, secretValues } from "#lib/gateways/scrub.ts";

const NAMES = new Set(["openid", "name"]);

function exchange(over: Partial<Exchange>): Exchange {
  return {
    ...{ operation: "query", method: "GET", url: "https://a.test/", requestHeaders: {}, requestBody: "", status: 200, responseBody: "" },
    ...{ error: null, startedAt: new Date(0), durationMs: 1, ...over },
  };
}
const scrub = (over: Partial<Exchange>, sent: Record<string, string> = {}, values: string[] = []) =>
  scrubExchange(exchange(over), sent, { names: NAMES, values });

describe("a record", () => {
  it("hides a personal value every time it is repeated, not only under its name", () => {
    const { responseBody, error } = scrub({ responseBody: "o123 and o123 again", error: "o123: o123" }, { openid: "o123" });
    expect([responseBody, error]).toEqual(["*** and *** again", "***: ***"]);
  });

  it("hides by name only whole names, in queries, forms and JSON", () => {
    const { url, requestBody, responseBody } = scrub({
      url: "https://a.test/?openid=o1&myopenid=2&nickname=n",
      requestBody: "name=%E4%BD%A0&username=u",
      responseBody: '{"openid" : "o\\"1","filename":"f","name":123,"names":"n"}',
    });
    expect(url).toBe("https://a.test/?openid=***&myopenid=2&nickname=n");
    expect(requestBody).toBe("name=***&username=u");
    expect(responseBody).toBe('{"openid" : "***","filename":"f","name":"***","names":"n"}');
  });

  it("does not blot out short ASCII values elsewhere: their names cover them", () => {
    expect(scrub({ requestBody: "name=Li&subject=Listen" }, { name: "Li" }).requestBody).toBe("name=***&subject=Listen");
  });

  it("is done soon for an answer made to take for ever, and keeps nothing that it did not look for", () => {
    const started = performance.now();
    const many = JSON.stringify({ name: Array.from({ length: 60_000 }, (_, n) => `person ${n}`) });
    expect(scrub({ responseBody: many }, {}).responseBody).toBe("***");
    expect(scrub({ responseBody: "\\".repeat(900_000) }, {}).responseBody).toContain("900000 characters");
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it("hides secrets in headers and addresses", () => {
    const { url, requestHeaders } = scrub({ url: "https://a.test/?k=s3cr3t-key", requestHeaders: { Key: "s3cr3t-key" } }, {}, [
      "s3cr3t-key",
    ]);
    expect([url, requestHeaders]).toEqual(["https://a.test/?k=***", { Key: "***" }]);
  });
});

describe("secrets of credentials", () => {
  const schema = z.object({ id: z.string(), key: z.string().meta({ secret: true }) });

  it("are the marked ones, and of a key file each line that says something", () => {
    const pem = "-----BEGIN PRIVATE KEY-----\nAAAABBBBCCCC\nshort\n-----END PRIVATE KEY-----";
    expect(secretValues(schema, { id: "identifier", key: "12345678" })).toEqual(["12345678", "12345678"]);
    expect(secretValues(schema, { id: "identifier", key: pem })).toContain("AAAABBBBCCCC");
    expect(secretValues(schema, { id: "identifier", key: pem })).not.toContain("-----END PRIVATE KEY-----");
  });
});

it("a gateway's sentence that repeats what was sent of a person is masked; the rest of it stays", () => {
  const sensitive = { names: NAMES, values: ["s3cr3t-key"] };
  const said = scrubMessage("openid oABCDEF1 does not fit, ?openid=other&no=7, key s3cr3t-key", { openid: "oABCDEF1", no: "7" }, sensitive);
  expect(said).toBe("openid *** does not fit, ?openid=***&no=7, key ***");
});

it("fields for people are masked by name; an empty one stays empty", () => {
  expect(maskFields({ openid: "o1", name: "", no: "1" }, NAMES)).toEqual({ openid: "***", name: "", no: "1" });
});
