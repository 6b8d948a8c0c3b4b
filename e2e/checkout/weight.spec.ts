import { expect, test } from "../fixtures.ts";
import { openQr } from "../support/checkout.ts";
import { expectLight, weigh } from "../support/weight.ts";

/** Addresses that are no state of an order; accessible.spec.ts weighs those. */
const PLACES = { "the desk without parameters": "/desk", "an address nobody has": "/no/such/address" } as const;

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
