import type { Page } from "@playwright/test";
import { registerShop } from "#lib/sandbox/shops.ts";
import { createEndpoint } from "#lib/webhooks/endpoints.ts";
import { expect, test } from "../fixtures.ts";
import { expectView, openQr } from "../support/checkout.ts";
import { expectAccessible, expectFits, recolour } from "../support/looks.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";

const ENDPOINTS = "/dashboard/developers/endpoints";
const inEnglish = (page: Page, origin: string) => page.context().addCookies([{ name: "lang", value: "en", url: origin }]);

test("an endpoint is made, tested, stopped, started and deleted; its secret is shown once", async ({ page, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  await inEnglish(page, server.publicUrl);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "admin" }), ENDPOINTS);
  await page.getByRole("link", { name: "Add endpoint" }).click();
  await page.getByLabel("Address").fill("https://127.0.0.1/hook");
  await page.getByLabel("Description").fill("Stock system");
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(page.locator("main").getByRole("alert")).toContainText("public internet");
  await expect(page.getByLabel("Description")).toHaveValue("Stock system");
  await page.getByLabel("Address").fill(`${server.publicUrl}/sandbox/shop/webhook`);
  await page.getByRole("button", { name: "Create endpoint" }).click();
  const secret = await page.getByRole("region", { name: "Signing secret" }).locator("code").innerText();
  expect(secret).toMatch(/^whsec_/);
  await registerShop(database, { id: shop.id, name: shop.name, webhookSecret: secret });

  await page.getByRole("link", { name: "Open the endpoint" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("/sandbox/shop/webhook");
  expect(await page.content()).not.toContain(secret);
  await page.getByRole("button", { name: "Send test event" }).click();
  await expect(page.locator("main").getByRole("status")).toContainText("Acknowledged with 204");
  await page.getByRole("button", { name: "Disable", exact: true }).click();
  await expect(page.locator("main").getByRole("note")).toContainText("Disabled by a person");
  await page.getByRole("button", { name: "Enable and send what waits" }).click();
  await expect(page.locator("main").getByRole("status")).toContainText("Enabled");
  await page.getByText("Delete", { exact: true }).click();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.locator("main").getByRole("status")).toHaveText("Deleted.");
  await expect(page.getByRole("heading", { name: "No endpoints yet" })).toBeVisible();
});

test("what was told is found, looked at and sent again, one or many", async ({ page, control, ledger, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  await createEndpoint({ merchantId: shop.id, live: false, url: `${server.publicUrl}/sandbox/shop/webhook` }, database);
  const token = await openQr(page, shop.slug);
  await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  await expectView(page, "paid");
  await inEnglish(page, server.publicUrl);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "admin" }), "/dashboard/developers/events");
  const paid = page.getByRole("row").filter({ hasText: "order.paid" });
  await expect(paid).toContainText("Paid in time");
  // The endpoint's own secret is not the demo shop's: that one was refused, the order's notify_url was not.
  await expect(async () => {
    await page.reload();
    await expect(paid.getByRole("link", { name: "Waiting" })).toHaveCount(1, { timeout: 200 });
    await expect(paid.getByRole("link", { name: "Acknowledged" })).toHaveCount(1, { timeout: 200 });
  }).toPass({ timeout: 20_000 });
  await paid.getByRole("link", { name: "Waiting" }).click();
  await expect(page.getByText("Try 1", { exact: true })).toBeVisible();
  await page.getByText("What it answered").first().click();
  // Five seconds after the first try there is a second, which was answered alike.
  await expect(page.getByText("bad signature").first()).toBeVisible();
  await page.getByText("Send again", { exact: true }).click();
  await page.getByRole("button", { name: "Send it again now" }).click();
  await expect(page.locator("#resend-reason-error")).toBeVisible();
  await page.getByLabel("Reason").fill("The shop mended its check");
  await page.getByLabel("Reason").press("Enter");
  await expect(page.locator("main").getByRole("status")).toContainText("same id and the same bytes");
  await page.goto("/dashboard/deliveries?type=order.paid&from=2000-99-99");
  await expect(page.locator("main").getByRole("alert")).toContainText("From");
  await expect(page.getByRole("row")).toHaveCount(3);
  await page.getByText("Send many again").click();
  await page.getByRole("button", { name: "Send them again" }).click();
  await expect(page.locator("main").getByRole("status")).toContainText("2 messages are being sent again");
});

test("its pages are accessible in both themes, and whole on a small phone", async ({ page, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  const made = await createEndpoint({ merchantId: shop.id, live: false, url: "https://shop.example.com/hook" }, database);
  const one = made.ok ? made.value.endpoint.id : "";
  await signIn(page, await hire(database, { merchantId: shop.id, role: "admin" }));
  await page.setViewportSize({ width: 360, height: 780 });
  for (const address of [ENDPOINTS, `${ENDPOINTS}/new`, `${ENDPOINTS}/${one}`, "/dashboard/developers/events"]) {
    await page.goto(address);
    await expectAccessible(page, address);
    await recolour(page, "dark");
    await expectAccessible(page, `${address} dark`);
    await expectFits(page, address);
  }
});
