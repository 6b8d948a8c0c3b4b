import { globSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { isShopperDocument, plainDocument, withoutRuntime } from "#lib/plain-document.ts";

describe("a shopper's page without the framework's runtime", () => {
  it("loses chunk scripts, their preloads and the flight data", () => {
    const html = `<head><link rel="preload" as="script" fetchPriority="low" nonce="n" href="/_next/static/chunks/a.js"/><script src="/_next/static/chunks/a.js" async="" nonce="n"></script></head><body><p>x</p><script nonce="n">(self.__next_f=self.__next_f||[]).push([0])</script><script nonce="n">self.__next_f.push([1,"\\u003c/script>"])</script><script nonce="n" id="_R_">(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({})</script></body>`;
    expect(withoutRuntime(html)).toBe("<head></head><body><p>x</p></body>");
  });

  it("keeps style sheets, our own scripts, forms and noscript", () => {
    const html = `<link rel="stylesheet" href="/_next/static/chunks/a.css"/><link rel="preload" as="image" href="/m.svg"/><script nonce="n">(function(){})()</script><script src="/checkout.js?v=1" defer="" nonce="n"></script><form method="POST"><input type="hidden" name="$ACTION_ID_1"/></form><noscript><meta http-equiv="refresh" content="5"/></noscript>`;
    expect(withoutRuntime(html)).toBe(html);
  });

  it("keeps its scripts when it is the empty document of a bug, which only they can fill", () => {
    const html = `<html id="__next_error__"><head><script src="/_next/static/chunks/a.js" async=""></script></head><body></body></html>`;
    expect(withoutRuntime(html)).toBe(html);
  });
});

describe("telling shoppers' documents from all others", () => {
  /** The paths of a route group's pages, each dynamic part filled in. */
  function pagesOf(groups: string): string[] {
    const pages = globSync(`app/${groups}/**/page.tsx`);
    return pages.map((file) =>
      `/${file
        .split("/")
        .slice(2, -1)
        .filter((part) => !part.startsWith("("))
        .join("/")}`.replaceAll(/\[[^\]]*\]/g, "x"),
    );
  }

  it("knows every page there is", () => {
    const [ours, others] = [pagesOf("(checkout)"), [...pagesOf("(auth)"), ...pagesOf("(dashboard)"), ...pagesOf("(sandbox)")]];
    expect(ours).toEqual(expect.arrayContaining(["/", "/pay/x", "/l/x"]));
    expect(others).toEqual(expect.arrayContaining(["/sign-in", "/dashboard", "/sandbox"]));
    expect(ours.filter((page) => !isShopperDocument(page))).toEqual([]);
    expect(others.filter((page) => isShopperDocument(page))).toEqual([]);
  });

  it("leaves routes and files alone", () => {
    const routes = globSync("app/**/route.ts").map(
      (file) =>
        `/${file
          .split("/")
          .slice(1, -1)
          .filter((part) => !part.startsWith("("))
          .join("/")}`,
    );
    expect(routes.length).toBeGreaterThan(5);
    expect(routes.filter((route) => isShopperDocument(route.replaceAll(/\[[^\]]*\]/g, "x")))).toEqual([]);
    expect(["/checkout.js", "/icon.svg", "/_next/static/chunks/a.css"].filter(isShopperDocument)).toEqual([]);
  });
});

describe("asking our own server for a shopper's page", () => {
  it("passes nothing on that belongs to the shopper's connection or body, so that no request swallows the next one", async () => {
    const seen: { url: string; headers: Record<string, unknown> }[] = [];
    const server = createServer((request, response) => {
      seen.push({ url: request.url ?? "", headers: request.headers });
      response.setHeader("content-type", "text/html");
      response.end(`<p>${request.url}</p>`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    Object.assign(process.env, { DATABASE_URL: "postgres://nobody@127.0.0.1/none", PORT: String(port) });
    const headers = new Headers({
      "content-length": "400",
      "transfer-encoding": "chunked",
      expect: "100-continue",
      upgrade: "websocket",
      te: "trailers",
      "accept-language": "zh-HK",
    });
    const pages = [];
    for (const name of ["a", "b", "c"]) pages.push(await plainDocument(new URL(`http://x/pay/${name}`), headers));
    expect(await Promise.all(pages.map((page) => page?.text()))).toEqual(["<p>/pay/a</p>", "<p>/pay/b</p>", "<p>/pay/c</p>"]);
    for (const { headers: sent } of seen) {
      expect(sent).toMatchObject({ "accept-language": "zh-HK" });
      for (const name of ["content-length", "transfer-encoding", "expect", "upgrade", "te"]) expect(sent).not.toHaveProperty(name);
    }
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
