import { describe, expect, it } from "vitest";
import { withoutRuntime } from "#lib/plain-document.ts";

describe("a shopper's page without the framework's runtime", () => {
  it("loses chunk scripts, their preloads and the flight data", () => {
    const html = `<head><link rel="preload" as="script" fetchPriority="low" nonce="n" href="/_next/static/chunks/a.js"/><script src="/_next/static/chunks/a.js" async="" nonce="n"></script></head><body><p>x</p><script nonce="n">(self.__next_f=self.__next_f||[]).push([0])</script><script nonce="n">self.__next_f.push([1,"\\u003c/script>"])</script><script nonce="n" id="_R_">(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({})</script></body>`;
    expect(withoutRuntime(html)).toBe("<head></head><body><p>x</p></body>");
  });

  it("keeps style sheets, our own scripts, forms and noscript", () => {
    const html = `<link rel="stylesheet" href="/_next/static/chunks/a.css"/><link rel="preload" as="image" href="/m.svg"/><script nonce="n">(function(){})()</script><script src="/checkout.js?v=1" defer="" nonce="n"></script><form method="POST"><input type="hidden" name="$ACTION_ID_1"/></form><noscript><meta http-equiv="refresh" content="5"/></noscript>`;
    expect(withoutRuntime(html)).toBe(html);
  });
});
