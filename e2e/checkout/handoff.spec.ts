import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { expectView, openQr } from "../support/checkout.ts";
import type { Control } from "../support/control.ts";
import type { Ledger } from "../support/ledger.ts";
import { openShop } from "../support/shop.ts";

test.use({ stays: false });

const SHOP = /\/sandbox\/shop\?/;

async function payHere(page: Page, slug: string, { control, ledger }: { control: Control; ledger: Ledger }): Promise<string> {
  const token = await openQr(page, slug);
  await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  return token;
}

/** Milliseconds from asking for the paid document to leaving it for the shop. */
function stay(page: Page): Promise<number> {
  let asked = 0;
  return new Promise((resolve) => {
    page.on("request", (request) => {
      if (!request.isNavigationRequest()) return;
      if (SHOP.test(request.url())) resolve(Date.now() - asked);
      else if (/\/pay\/\w+$/.test(request.url())) asked = Date.now();
    });
  });
}

test("the shopper goes back when the shop has heard of the payment, not before three seconds", async ({
  page,
  control,
  ledger,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl, { returnUrl: `${server.publicUrl}/sandbox/shop` });
  const stayed = stay(page);
  const token = await payHere(page, shop.slug, { control, ledger });
  await expect(page.locator(".handoff")).toBeVisible();
  expect(await stayed).toBeGreaterThanOrEqual(3000);
  const rows = await ledger.query<{ state: string }>(
    "select d.state from deliveries d join orders o on o.id = d.order_id where o.token = $1",
    [token],
  );
  expect(rows.map((row) => row.state)).toContain("acknowledged");
  await page.waitForURL(SHOP);
  // Back from the shop the receipt stays.
  await page.goBack();
  await expectView(page, "paid", "paid");
  await expect(page.locator(".handoff")).toBeHidden();
});

test("a shop that does not answer keeps the shopper fifteen seconds at most", async ({ page, control, ledger, database, server }) => {
  const shop = await openShop(database, server.publicUrl, { returnUrl: `${server.publicUrl}/sandbox/shop` });
  await ledger.query("update checkout_links set notify_url = 'http://127.0.0.1:9/nobody' where slug = $1", [shop.slug]);
  const token = await payHere(page, shop.slug, { control, ledger });
  await expectView(page, "paid", "paid");
  // The page's clock from here on is the test's, and so is where it begins to count.
  await page.clock.install();
  await page.evaluate((key) => sessionStorage.removeItem(key), `handoff ${token}`);
  await page.goto(`/pay/${token}`);
  await expect(page.locator(".handoff")).toBeVisible();
  // Ahead by more than a busy machine takes to hear of it: a clock is never stopped in its own past.
  await page.clock.pauseAt(Date.now() + 3000);
  await page.clock.runFor(7000);
  await expect(page.locator(".handoff")).toBeVisible();
  await page.clock.runFor(6000);
  await page.waitForURL(SHOP);
});

test("whoever wants to stay stays, and a reload is no reason to leave", async ({ page, control, ledger, database, server }) => {
  const shop = await openShop(database, server.publicUrl, { returnUrl: `${server.publicUrl}/sandbox/shop` });
  // A shop that does not answer leaves time to press.
  await ledger.query("update checkout_links set notify_url = 'http://127.0.0.1:9/nobody' where slug = $1", [shop.slug]);
  const token = await payHere(page, shop.slug, { control, ledger });
  await page.locator(".handoff button").click();
  await expect(page.locator(".handoff")).toBeHidden();
  await page.clock.install();
  await page.goto(`/pay/${token}`);
  await expect(page.locator(".handoff")).toBeHidden();
  await page.clock.runFor(20_000);
  await expectView(page, "paid", "paid");
  await page.locator(".receipt-actions a.primary").click();
  await page.waitForURL(SHOP);
});
