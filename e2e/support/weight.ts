import { expect, type Page, type Request } from "@playwright/test";
import { BYTE_BUDGETS, type Kind, kindOf, writtenIn } from "../../scripts/bench/weight-budgets.ts";

export interface Load {
  /** Compressed bodies. What is written into the HTML counts again as what it is. */
  bytes: Record<Kind, number>;
  encoding: string | undefined;
  html: string;
  addresses: string[];
}

/** Opens `address` with an empty cache and weighs what the page itself (not a gateway's frame in it) loads. */
export async function weigh(page: Page, address: string): Promise<Load> {
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
export function lastDocument(page: Page): () => string {
  let last = "";
  page.on("request", (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame() && request.method() === "GET") last = request.url();
  });
  return () => last;
}

/** Names each budget that is passed over, and every request that goes to somebody else. */
export function expectLight({ bytes, encoding, addresses }: Load, origin: string): void {
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
