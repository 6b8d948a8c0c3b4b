import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { asksForDocument, lightenDocument } from "#lib/plain-response.ts";

const CSS = "body{color:red}";
const POLICY = "script-src 'self' 'nonce-abc'; style-src 'self' 'nonce-abc'";
const PAGE = `<html><head><link rel="stylesheet" href="/_next/static/chunks/a_1-.css" nonce="abc" data-precedence="next"/><script src="/_next/static/chunks/a.js" async="" nonce="abc"></script></head><body><p>88.00 付款</p><script src="/checkout.js?v=1" defer="" nonce="abc"></script></body></html>`;
const LIGHT = `<html><head><style nonce="abc">${CSS}</style></head><body><p>88.00 付款</p><script src="/checkout.js?v=1" defer="" nonce="abc"></script></body></html>`;

let staticDir = "";
let server: Server | null = null;

beforeAll(() => {
  staticDir = mkdtempSync(path.join(tmpdir(), "plain-"));
  mkdirSync(path.join(staticDir, "chunks"));
  writeFileSync(path.join(staticDir, "chunks/a_1-.css"), CSS);
  writeFileSync(path.join(staticDir, "chunks/relative.css"), "a{background:url(b.png)}");
  return () => rmSync(staticDir, { recursive: true });
});

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** What a shopper gets of an answer that the framework writes as `draw` says. */
async function get(draw: (response: ServerResponse) => void, accept = "gzip, deflate") {
  server = createServer((request, response) => {
    lightenDocument(request, response, staticDir);
    response.setHeader("content-security-policy", POLICY);
    response.setHeader("link", "</_next/static/chunks/a_1-.css>; rel=preload");
    draw(response);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const { request } = await import("node:http");
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const asked = request({ port, host: "127.0.0.1", path: "/pay/x", headers: { "accept-encoding": accept } }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) });
    });
    asked.on("error", reject);
    asked.end();
  });
}

function html(response: ServerResponse, page: string): void {
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.flushHeaders();
  // The framework writes as it draws; a character may lie on the seam.
  const bytes = Buffer.from(page);
  for (let at = 0; at < bytes.length; at += 7) response.write(bytes.subarray(at, at + 7));
  response.end();
}

describe("a shopper's document on its way out", () => {
  it("loses the framework's scripts, has its sheet written in under the answer's nonce, and is compressed with its length", async () => {
    const { headers, body } = await get((response) => html(response, PAGE));
    expect(gunzipSync(body).toString()).toBe(LIGHT);
    expect(headers).toMatchObject({ "content-encoding": "gzip", "content-length": String(body.length), vary: "Accept-Encoding" });
    expect(headers).not.toHaveProperty("link");
    expect(headers).not.toHaveProperty("transfer-encoding");
  });

  it.each([
    ["gzip, deflate, br", "br", (bytes: Buffer) => brotliDecompressSync(bytes)],
    ["gzip;q=1.0, br;q=0", "gzip", (bytes: Buffer) => gunzipSync(bytes)],
    ["identity", undefined, (bytes: Buffer) => bytes],
    ["gzip;q=0", undefined, (bytes: Buffer) => bytes],
  ])("accepting %j is answered with %j", async (accept, encoding, open) => {
    const { headers, body } = await get((response) => html(response, PAGE), accept);
    expect(headers["content-encoding"]).toBe(encoding);
    expect(open(body).toString()).toBe(LIGHT);
  });

  it("keeps status and headers however the head is written", async () => {
    const { status, headers, body } = await get((response) => {
      response.writeHead(404, { "content-type": "text/html", "set-cookie": ["a=1", "b=2"] });
      response.end(PAGE);
    });
    expect(status).toBe(404);
    expect(headers["set-cookie"]).toEqual(["a=1", "b=2"]);
    expect(gunzipSync(body).toString()).toBe(LIGHT);
  });

  it("leaves a redirect and a stream of news as they are, the latter not held back", async () => {
    const redirect = await get((response) => response.writeHead(303, { location: "/pay/y" }).end());
    expect(redirect).toMatchObject({ status: 303, headers: { location: "/pay/y" } });
    server?.close();
    let arrived = false;
    const stream = await get((response) => {
      response.setHeader("content-type", "text/event-stream");
      response.flushHeaders();
      arrived = response.headersSent;
      response.end("data: 1\n\n");
    });
    expect(arrived).toBe(true);
    expect(stream.body.toString()).toBe("data: 1\n\n");
  });

  it("leaves a sheet linked that it cannot read or whose addresses would change their meaning", async () => {
    const linked = `<link rel="stylesheet" href="/_next/static/chunks/relative.css"/><link rel="stylesheet" href="/_next/static/../../secret.css"/><link rel="stylesheet" href="/_next/static/chunks/none.css"/>`;
    const { headers, body } = await get((response) => html(response, linked), "identity");
    expect(body.toString()).toBe(linked);
    expect(headers.link).toBe("</_next/static/chunks/a_1-.css>; rel=preload");
  });
});

describe("what counts as a shopper's document", () => {
  it.each(["/", "/desk", "/desk?a=1", "/l/demo", "/l/demo?lang=en", "/pay/abc?choose=1", "/nothing/here"])("%s does", (url) => {
    expect(asksForDocument({ method: "GET", url, headers: {} } as never)).toBe(true);
  });

  it.each([
    "/pay/abc/status",
    "/pay/abc/events",
    "/pay/abc/return",
    "/api/health",
    "/_next/static/a.css",
    "/checkout.js?v=1",
    "/marks/wechat.svg",
  ])("%s does not", (url) => expect(asksForDocument({ method: "GET", url, headers: {} } as never)).toBe(false));

  it("a form's post and the framework's fetch of page data do not", () => {
    expect(asksForDocument({ method: "POST", url: "/pay/abc", headers: {} } as never)).toBe(false);
    expect(asksForDocument({ method: "GET", url: "/pay/abc", headers: { rsc: "1" } } as never)).toBe(false);
  });
});
