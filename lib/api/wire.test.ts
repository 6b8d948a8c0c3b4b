import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cut } from "#db/queries/api-page.ts";
import { cursorText, readCursor } from "#lib/api/cursor.ts";
import { MASKED_FIELDS, maskedBody } from "#lib/api/mask.ts";
import { quotaHeaders, quotas } from "#lib/api/rate.ts";
import { readJson } from "#lib/api/read-json.ts";
import { OPERATIONS } from "#lib/api/registry.ts";
import { router } from "#lib/api/router.ts";
import { versionOf } from "#lib/api/version.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("JSON", () => {
  it("reads what JSON.parse reads, where no name stands twice", () => {
    const names = fc.string({ unit: "binary" }).filter((name) => name !== "__proto__");
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 4 }, fc.string(), fc.integer(), fc.boolean(), fc.constant(null), tie("list"), tie("object")),
      list: fc.array(tie("any"), { maxLength: 4 }),
      object: fc.dictionary(names, tie("any"), { maxKeys: 4, noNullPrototype: true }),
    })).any;
    fc.assert(
      fc.property(value, (one) => {
        const text = JSON.stringify(one);
        expect(readJson(bytes(text))).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  it.each([
    ['{"a":1,"a":2}', "a"],
    ['{"x":{"b":[{"c":1},{"c":1,"c":2}]}}', "c"],
    [String.raw`{"a":1,"\u0061":2}`, "a"],
    ['{"a":"\\"b\\":1","b":1,"b" :2}', "b"],
    ['{"__proto__":1}', "__proto__"],
  ])("names the name that stands twice in %s", (text, name) => {
    expect(readJson(bytes(text))).toEqual({ ok: false, code: "json_name_repeated", name });
  });

  it.each(['{"a":1},', "", "undefined", `${"[".repeat(13)}${"]".repeat(13)}`])("refuses %j", (text) => {
    expect(readJson(bytes(text))).toEqual({ ok: false, code: "json_invalid" });
  });

  it("the same name in two objects is no repetition, and colons in texts are no names", () => {
    expect(readJson(bytes('[{"a":1},{"a":1}]')).ok).toBe(true);
    expect(readJson(bytes('{"a":"x\\":","b":["a:","a:"]}')).ok).toBe(true);
  });
});

describe("limits", () => {
  it("count per key and minute, say what is left, and begin anew", () => {
    let now = 0;
    const { take } = quotas("key", () => now);
    expect([take("a", 2), take("a", 2), take("a", 2)].map(({ allowed, remaining }) => [allowed, remaining])).toEqual([
      [true, 1],
      [true, 0],
      [false, 0],
    ]);
    expect(take("b", 2).allowed).toBe(true);
    now = 45_500;
    expect(quotaHeaders(take("a", 2))).toEqual({ "RateLimit-Policy": '"key";q=2;w=60', RateLimit: '"key";r=0;t=15', "Retry-After": "15" });
    now = 60_000;
    expect(quotaHeaders(take("a", 2))).toEqual({ "RateLimit-Policy": '"key";q=2;w=60', RateLimit: '"key";r=1;t=60' });
  });
});

describe("lists", () => {
  const rows = Array.from({ length: 30 }, (_one, index) => ({
    at: new Date(Math.floor(index / 3)),
    id: `x${String(index).padStart(2, "0")}`,
  }));
  const newest = rows.toReversed();
  /** What the database gives for `windowOf`. */
  const read = (limit: number, after: (typeof rows)[number] | null, before: (typeof rows)[number] | null) => {
    const older = (one: (typeof rows)[number], than: (typeof rows)[number]) =>
      one.at < than.at || (+one.at === +than.at && one.id < than.id);
    const found = before ? rows.filter((one) => older(before, one)) : newest.filter((one) => !after || older(one, after));
    return cut(found.slice(0, limit + 1), { limit, after, before }, (row) => row);
  };

  it("pages of any size, forwards and then backwards, give every row once and in order", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (limit) => {
        const pages = [read(limit, null, null)];
        for (let last = pages[0]; last?.hasMore; last = pages.at(-1)) pages.push(read(limit, last.after as (typeof rows)[number], null));
        expect(pages.flatMap((page) => page.rows)).toEqual(newest);
        const back = [];
        for (let at = pages.at(-1)?.before ?? null; at; ) {
          const page = read(limit, null, at as (typeof rows)[number]);
          back.unshift(...page.rows);
          at = page.hasMore ? page.before : null;
        }
        expect([...back, ...(pages.at(-1)?.rows ?? [])]).toEqual(newest);
      }),
    );
  });

  it("a cursor reads back, and what is none of ours is null", () => {
    const place = { at: new Date(1_795_000_000_123), id: "ord_0h2v9m3kq8zr4t6w1x5y7c8d9e.000000004" };
    expect(readCursor(cursorText(place))).toEqual(place);
    for (const text of ["", "x", "!!!", cursorText(place).slice(3), Buffer.from("1.a b").toString("base64url")])
      expect(readCursor(text)).toBeNull();
  });
});

describe("routes", () => {
  const find = router(OPERATIONS);

  it("every operation is found at its path by its verb, and no two share one", () => {
    for (const one of OPERATIONS) {
      const route = find(one.method, one.path.replaceAll(/\{(\w+)\}/g, "$1-1"));
      expect(route.kind === "found" && route.operation.id).toBe(one.id);
    }
    expect(new Set(OPERATIONS.map(({ method, path }) => `${method} ${path}`)).size).toBe(OPERATIONS.length);
    expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length);
  });

  it("parameters come as they stand, HEAD is GET, and other verbs are told apart from unknown paths", () => {
    expect(find("HEAD", "/orders/ord_1")).toMatchObject({ kind: "found", params: { order: "ord_1" } });
    expect(find("PUT", "/orders/ord_1")).toEqual({ kind: "other_method", allowed: ["GET", "HEAD", "OPTIONS"] });
    for (const path of ["", "/", "/orders/", "/orders/a/b/c", "//orders"]) expect(find("DELETE", path).kind, path).not.toBe("found");
  });
});

describe("what is logged", () => {
  it("has every field masked, at any depth, that a schema calls secret or personal", () => {
    const personal = ["auth_code", "card_number", "payer", "openid", "secret"];
    for (const name of personal) expect(MASKED_FIELDS).toContain(name);
    const body = { title: "Tea", payer: { name: "Wong" }, list: [{ card_number: "4111" }], secret: "whsec_x" };
    const kept = maskedBody(body, 10) ?? "";
    expect(JSON.parse(kept)).toEqual({ title: "Tea", payer: "[masked]", list: [{ card_number: "[masked]" }], secret: "[masked]" });
  });

  it("is cut, absent where there was nothing, and a size alone where it was no JSON", () => {
    expect(maskedBody({ a: "x".repeat(20_000) }, 20_000)?.length).toBeLessThan(8300);
    expect([maskedBody({}, 0), maskedBody(undefined, 7)]).toEqual([null, "[not JSON: 7 bytes]"]);
  });
});

describe("versions", () => {
  it.each([
    [null, "2026-11-20"],
    ["", "2026-11-20"],
    ["2026-11-20", "2026-11-20"],
    ["2026-11-21", null],
    ["latest", null],
  ])("%j is %j", (header, version) => expect(versionOf(header)).toBe(version));
});
