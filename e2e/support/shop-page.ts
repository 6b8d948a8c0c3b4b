import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { expect, type FrameLocator, type Page } from "@playwright/test";

/** What a shop's page was told, in order: `["result", { … }]`, `["close", { … }]`. */
export type Told = [event: string, detail: unknown][];

/** A shop on the other side of the world: a page under `shopOrigin` that loads our script and has our button on it. */
export async function openShopPage(page: Page, shopOrigin: string, origin: string, button: string): Promise<void> {
  // A browser asks before a public page may talk to this machine, where the installation under test is.
  await page.context().grantPermissions(["local-network-access"], { origin: shopOrigin });
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><style>body{font:16px system-ui;height:3000px}</style>
<h1>Noodles</h1><p>A bowl, hot.</p>${button}<script>window.told=[];for(const name of ["result","close"])
addEventListener("shouyin-"+name,(event)=>told.push([name,event.detail]))</script><script src="${origin}/embed.js"></script></html>`;
  await page.route(`${shopOrigin}/**`, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
  await page.goto(`${shopOrigin}/`);
}

/** Serves the example page of docs/examples from this machine, at another port than the installation it names; gives its address. */
export async function serveExample(origin: string): Promise<{ address: string; close(): void }> {
  const file = path.resolve(import.meta.dirname, "../../docs/examples/html/index.html");
  const html = readFileSync(file, "utf8").replaceAll("http://localhost:3000", origin);
  const server = createServer((_, response) => void response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html));
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { address: `http://localhost:${(server.address() as AddressInfo).port}/`, close };
}

/** The checkout in the shop's page. */
export function checkoutFrame(page: Page): FrameLocator {
  return page.frameLocator("iframe[name=shouyin]");
}

export function told(page: Page): Promise<Told> {
  return page.evaluate(() => (window as unknown as { told: Told }).told);
}

/**
 * The shop's page hears only the checkout's own frame, and the checkout only the page around it: another frame of the shop's
 * page (an advertisement) says "paid" to the one and greets the other, and nothing comes of it.
 */
export async function expectStrangersUnheard(page: Page, origin: string): Promise<void> {
  const heard = await page.evaluate(async (checkout) => {
    const stranger = document.body.appendChild(document.createElement("iframe"));
    const inside = stranger.contentWindow as Window & typeof globalThis;
    const frame = [...document.querySelectorAll("div")].map((one) => one.shadowRoot?.querySelector("iframe")).find(Boolean);
    const answers: unknown[] = [];
    inside.addEventListener("message", (event) => answers.push(event.data));
    // Called by a function of its own, a message is the stranger's.
    const say = inside.eval("(to, what, origin) => to.postMessage(what, origin)") as (to: Window, what: object, origin: string) => void;
    say(window, { shouyin: "1", type: "state", state: "paid", order: "ord_0", hint: "succeeded" }, "*");
    say(window, { shouyin: "1", type: "done", url: "https://evil.example/" }, "*");
    window.postMessage({ shouyin: "1", type: "close" }, "*");
    const target = frame?.contentWindow;
    if (!target) throw new Error("no checkout is open");
    say(target, { shouyin: "stranger" }, checkout);
    // The page itself greets after the stranger; when it is answered, the stranger would have been.
    await new Promise((resolve) => {
      window.addEventListener("message", (event) => event.data?.shouyin === "probe" && resolve(null));
      target.postMessage({ shouyin: "probe" }, checkout);
    });
    stranger.remove();
    return { answers, open: frame.isConnected };
  }, origin);
  expect(heard).toEqual({ answers: [], open: true });
  expect(await told(page)).toEqual([]);
}

/** The address of the order's page inside the frame. */
export async function framedToken(page: Page): Promise<string> {
  const inside = () => page.frames().find((frame) => new URL(frame.url()).pathname.startsWith("/pay/"));
  await expect.poll(() => inside()?.url()).toBeTruthy();
  return new URL(inside()?.url() ?? "http://none/").pathname.split("/")[2] ?? "";
}
