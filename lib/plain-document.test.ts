import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { plainDocument, withoutRuntime } from "#lib/plain-document.ts";

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
