import { expect, test } from "../fixtures.ts";
import { openQr, readQr } from "../support/checkout.ts";
import { dress, expectAccessible, expectFits, LOCALES, NARROW } from "../support/looks.ts";

test("the wallet pays what was scanned, once", async ({ page, context }) => {
  await openQr(page);
  const text = await readQr(page);
  const wallet = await context.newPage();
  await wallet.goto(`/sandbox/wallet/scan?code=${encodeURIComponent(text)}`);
  const address = wallet.url();
  await wallet.locator("button[name=do][value=pay]").click();
  await expect(wallet.locator("main[data-outcome=paid]")).toBeVisible();
  await wallet.goto(address);
  await expect(wallet.locator("main[data-outcome=paid]")).toBeVisible();
  await expect(wallet.locator("button[name=do][value=pay]")).toHaveCount(0);
});

test("an empty balance and a Hong Kong wallet are refused in words, and the payment lives on", async ({ page, context, ledger }) => {
  const token = await openQr(page);
  const wallet = await context.newPage();
  await wallet.goto(`/sandbox/wallet/scan?code=${encodeURIComponent(await readQr(page))}`);
  for (const source of ["empty", "hong_kong"]) {
    await wallet.locator(`input[name=wallet][value=${source}]`).check();
    await wallet.locator("button[name=do][value=pay]").click();
    await expect(wallet.locator("p.alert")).toBeVisible();
  }
  expect((await ledger.order(token)).state).toBe("open");
  await wallet.locator("input[name=wallet][value=balance]").check();
  await wallet.locator("button[name=do][value=pay]").click();
  await expect(wallet.locator("main[data-outcome=paid]")).toBeVisible();
});

test("a code that is none is said, and leads nowhere else", async ({ page }) => {
  for (const text of ["hello", "https://evil.example/", "javascript:alert(1)"]) {
    await page.goto(`/sandbox/wallet/scan?code=${encodeURIComponent(text)}`);
    await expect(page).toHaveURL(/\/sandbox\/wallet\?problem=/);
    await expect(page.locator("p.alert")).toBeVisible();
  }
});

test("the sandbox says on every page that no real money moves", async ({ page }) => {
  for (const address of ["/sandbox", "/sandbox/wallet", "/sandbox/wallet/code", "/sandbox/shop", "/sandbox/wechat", "/sandbox/alipay"]) {
    await page.goto(address);
    await expect(page.locator(".stripe"), address).toBeVisible();
  }
});

test("wallet, console and shop are accessible in three languages and fit small phones", async ({ page, context, server }) => {
  test.slow();
  await openQr(page);
  const wallet = await context.newPage();
  const code = encodeURIComponent(await readQr(page));
  for (const address of [`/sandbox/wallet/scan?code=${code}`, "/sandbox/wallet", "/sandbox", "/sandbox/shop"]) {
    await wallet.setViewportSize({ width: 1280, height: 800 });
    await wallet.goto(address);
    for (const locale of LOCALES) {
      await dress(wallet, { theme: "light", locale }, server.publicUrl);
      await expect(wallet.locator("html")).toHaveAttribute("lang", locale);
      await expectAccessible(wallet, `${address} ${locale}`);
    }
    for (const width of NARROW) {
      await wallet.setViewportSize({ width, height: 780 });
      await expectFits(wallet, `${address} ${width}`);
    }
  }
});
