import { expect, test } from "../fixtures.ts";
import { expectView, openQr } from "../support/checkout.ts";

test("the demo shop is told of the payment by a webhook whose signature it verified, once", async ({ page, control, ledger }) => {
  const token = await openQr(page);
  await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  await expectView(page, "paid");
  const { reference } = await ledger.order(token);
  const rows = page.locator("[data-testid=shop-events] tbody tr", { hasText: reference });
  await expect(async () => {
    await page.goto("/sandbox/shop");
    await expect(rows.filter({ hasText: "order.paid" })).toHaveCount(1, { timeout: 1000 });
  }).toPass();
  await expect(rows.filter({ hasText: "order.paid" })).toHaveAttribute("data-verified", "true");
});

test("a webhook signed by somebody else is refused and shown as such", async ({ page, request }) => {
  const id = `msg_${Date.now()}`;
  const answer = await request.post("/sandbox/shop/webhook", {
    data: { type: "order.paid", data: { reference: id } },
    headers: { "webhook-id": id, "webhook-timestamp": String(Math.floor(Date.now() / 1000)), "webhook-signature": `v1,${"A".repeat(43)}=` },
  });
  expect(answer.status()).toBe(400);
  await page.goto("/sandbox/shop");
  await expect(page.locator("tr", { hasText: id })).toHaveAttribute("data-verified", "false");
});

test("the shop's goods lead to checkout, on a desktop and in each wallet's phone", async ({ page }) => {
  await page.goto("/sandbox/shop");
  const addresses = await page.locator(".goods a").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  expect(addresses).toHaveLength(9);
  for (const address of addresses) {
    await page.goto(address);
    const shop = address.startsWith("/l/") ? page : page.frameLocator("[data-testid=phone-page]");
    await expect(shop.locator("form.link-form"), address).toBeVisible();
  }
});
