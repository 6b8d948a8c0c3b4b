import { describe, expect, it } from "vitest";
import { EMBED_ORIGINS_MAX, framersOf, readEmbedOrigins, TEST_FRAMER } from "#lib/domain/embed.ts";

describe("a merchant's list of origins", () => {
  it("is read as browsers write origins, each once", () => {
    const read = readEmbedOrigins(" https://Shop.Example/ \nhttps://shop.example:443, https://m.shop.example:8443\nhttps://小店.example");
    expect(read).toEqual({ ok: true, origins: ["https://shop.example", "https://m.shop.example:8443", "https://xn--yetu2d.example"] });
    expect(readEmbedOrigins(" \n ")).toEqual({ ok: true, origins: [] });
  });

  it.each([
    ["shop.example", "format"],
    ["localhost:3000", "format"],
    ["https://", "format"],
    ["http://shop.example", "scheme"],
    ["http://localhost:8080", "scheme"],
    ["javascript:alert(1)", "scheme"],
    ["data:text/html", "scheme"],
    ["https://shop.example/pay", "more"],
    ["https://shop.example?x", "more"],
    ["https://shop.example/#x", "more"],
    ["https://me@shop.example", "more"],
    ["https://*.shop.example", "wildcard"],
    ["*", "wildcard"],
    ["https://shop.example.", "format"],
    ["https://a;script-src", "format"],
    ["https://a'self'", "format"],
  ])("refuses %s: %s", (entry, problem) => {
    expect(readEmbedOrigins(`https://good.example ${entry}`)).toMatchObject({ ok: false, problem, entry });
  });

  it("has an end", () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `https://s${index}.example`).join("\n");
    expect(readEmbedOrigins(many(EMBED_ORIGINS_MAX)).ok).toBe(true);
    expect(readEmbedOrigins(many(EMBED_ORIGINS_MAX + 1))).toMatchObject({ ok: false, problem: "too_many" });
  });
});

describe("who may frame a checkout", () => {
  it("is the list alone for live orders, and a developer's own machine as well for test orders", () => {
    expect(framersOf(["https://shop.example"], true)).toEqual(["https://shop.example"]);
    expect(framersOf(["https://shop.example"], false)).toEqual(["https://shop.example", TEST_FRAMER]);
    expect(framersOf([], true)).toEqual([]);
  });

  it("never passes on what could not have been listed: it goes into a header", () => {
    expect(framersOf(["https://a; script-src *", "*", "https:", "http://shop.example"], true)).toEqual([]);
  });
});
