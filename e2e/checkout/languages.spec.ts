import { expect, test } from "../fixtures.ts";
import { openOrder } from "../support/checkout.ts";

test("a chosen language stays for the whole way, and the switch says which one it is", async ({ page }) => {
  const token = await openOrder(page);
  await page.locator("footer a[hreflang=en]").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("footer a[aria-current=true]")).toHaveText("English");
  await page.goto(`/pay/${token}`);
  await expect(page.locator("h1")).toHaveText("Choose how to pay");
  await page.goto("/sandbox/shop");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("without a choice the browser's language decides, and an unknown ?lang= changes nothing", async ({ browser, baseURL, watch }) => {
  for (const [accepts, lang] of [
    ["en-GB", "en"],
    ["zh-TW", "zh-HK"],
    ["zh-SG", "zh-CN"],
    ["de-DE", "en"],
  ] as const) {
    const context = await browser.newContext({ locale: accepts, ...(baseURL && { baseURL }) });
    watch.follow(context);
    const page = await context.newPage();
    await page.goto("/l/demo?lang=klingon");
    await expect(page.locator("html"), accepts).toHaveAttribute("lang", lang);
    await context.close();
  }
});
