import type { Page, Request } from "@playwright/test";
import { BYTE_BUDGETS, type Kind, kindOf, writtenIn } from "../../scripts/bench/weight-budgets.ts";
import { expect, test } from "../fixtures.ts";
import { openQr } from "../support/checkout.ts";
import { STATES } from "../support/states.ts";

/** Addresses that are no state of an order. */
const PLACES = { "the desk without parameters": "/desk", "an address nobody has": "/no/such/address" } as const;

interface Load {
  /** Compressed bodies. What is written into the HTML counts again as what it is. */
  bytes: Record<Kind, number>;
  encoding: string | undefined;
  html: string;
  addresses: string[];
}

/** Opens `address` with an empty cache and weighs what the page itself (not a gateway's frame in it) loads. */
async function weigh(page: Page, address: string): Promise<Load> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const requests: Request[] = [];
  const see = (request: Request): void => {
    if (request.frame() === page.mainFrame()) requests.push(request);
  };
  page.on("request", see);
  const answer = await page.goto(address, { waitUntil: "load" });
  const html = (await answer?.text()) ?? "";
  page.off("request", see);
  await session.detach();
  const bytes = Object.fromEntries(Object.keys(BYTE_BUDGETS).map((kind) => [kind, 0])) as Load["bytes"];
  for (const request of requests) {
    const kind = kindOf(request.url(), request.resourceType(), new URL(page.url()).origin);
    // News (the stream never ends by itself) has no budget; whatever else there is has been loaded by now.
    if (kind in BYTE_BUDGETS) bytes[kind] += (await request.sizes()).responseBodySize;
  }
  const written = writtenIn(html);
  bytes.css += written.css;
  bytes.script += written.script;
  return { bytes, encoding: answer?.headers()["content-encoding"], html, addresses: requests.map((request) => request.url()) };
}

/** The address of the document that was asked for last: its script may take things out of the one on the screen. */
function lastDocument(page: Page): () => string {
  let last = "";
  page.on("request", (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame() && request.method() === "GET") last = request.url();
  });
  return () => last;
}

/** Names each budget that is passed over, and every request that goes to somebody else. */
function expectLight({ bytes, encoding, addresses }: Load, origin: string): void {
  const over = Object.entries(BYTE_BUDGETS).filter(([kind, budget]) => bytes[kind as Kind] > budget);
  expect(over.map(([kind, budget]) => `${kind}: ${bytes[kind as Kind]} bytes of ${budget}`)).toEqual([]);
  expect(addresses.filter((address) => new URL(address).origin !== origin)).toEqual([]);
  expect(addresses.filter((address) => new URL(address).pathname.endsWith(".js") && address.includes("/_next/"))).toEqual([]);
  expect(["gzip", "br"]).toContain(encoding);
  // Nothing weighs nothing: a page that was not seen to load its script was not weighed.
  expect(bytes.html).toBeGreaterThan(500);
  expect(bytes.css).toBeGreaterThan(500);
  expect(bytes.script).toBeGreaterThan(500);
}

for (const [state, bring] of Object.entries(STATES)) {
  test(`light: ${state}`, async ({ page, control, ledger, database, server, watch }) => {
    const origin = server.publicUrl;
    if (state === "nothing here") watch.allow(/^404 GET .*\/l\/no-such-link$/);
    const last = lastDocument(page);
    await bring({ page, control, ledger, database, origin });
    expectLight(await weigh(page, last()), origin);
  });
}

for (const [place, path] of Object.entries(PLACES)) {
  test(`light: ${place}`, async ({ page, server, watch }) => {
    watch.allow(new RegExp(`^4\\d\\d GET .*${path}$`));
    expectLight(await weigh(page, path), server.publicUrl);
  });
}

test("the first HTML shows code and amount by itself, its style sheet in it", async ({ page }) => {
  const token = await openQr(page);
  const { html, addresses } = await weigh(page, `/pay/${token}`);
  expect(html).toContain("88.00");
  expect(html).toMatch(/<svg[^>]*role="img"[^>]*>(?:<[^>]*>)*<path[^>]* d="M\d/);
  expect(addresses.filter((address) => new URL(address).pathname.endsWith(".css"))).toEqual([]);
});

test("the script is compressed and kept for ever under the hash of its content", async ({ page, request }) => {
  await page.goto("/l/demo");
  const address = await page.locator("script[src*='checkout.js']").getAttribute("src");
  const headers = (await request.get(address ?? "")).headers();
  expect(address).toMatch(/\?v=[0-9a-f]{12}$/);
  expect(headers["cache-control"]).toMatch(/max-age=31536000, immutable/);
  expect(["gzip", "br"]).toContain(headers["content-encoding"]);
});
