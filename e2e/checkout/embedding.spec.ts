import { expect, test } from "../fixtures.ts";
import { openOrder } from "../support/checkout.ts";

test("a checkout cannot be framed by a foreign page, runs only its own scripts and tells nobody where it was", async ({ page }) => {
  const token = await openOrder(page);
  const answer = await page.goto(`/pay/${token}`);
  const policy = answer?.headers()["content-security-policy"] ?? "";
  const rule = (name: string) => policy.split("; ").find((one) => one.startsWith(`${name} `)) ?? "";
  expect(rule("frame-ancestors")).toBe("frame-ancestors 'self'");
  expect(rule("script-src")).toMatch(/^script-src 'self' 'nonce-[\w+/=]+'$/);
  expect(rule("style-src")).not.toContain("unsafe-inline");
  expect(rule("object-src")).toBe("object-src 'none'");
  expect(rule("base-uri")).toBe("base-uri 'none'");
  expect(answer?.headers()["referrer-policy"]).toBe("same-origin");
  expect(answer?.headers()["x-content-type-options"]).toBe("nosniff");
  const second = await page.goto(`/pay/${token}`);
  expect(second?.headers()["content-security-policy"]).not.toBe(policy);
});

test("nothing on a checkout comes from another host", async ({ page, baseURL }) => {
  const hosts = new Set<string>();
  page.on("request", (request) => hosts.add(new URL(request.url()).origin));
  await openOrder(page);
  await page.waitForLoadState("load");
  expect([...hosts].filter((host) => host !== "null")).toEqual([baseURL]);
});

test("the page's own script is small and is all a shopper needs", async ({ page, request }) => {
  await openOrder(page);
  const address = (await page.locator("script[src^='/checkout.js']").getAttribute("src")) ?? "";
  const script = await request.get(address, { headers: { "accept-encoding": "gzip" } });
  expect(script.headers()["cache-control"]).toContain("immutable");
  const { gzipSync } = await import("node:zlib");
  expect(gzipSync(await script.body()).length).toBeLessThanOrEqual(6 * 1024);
});
