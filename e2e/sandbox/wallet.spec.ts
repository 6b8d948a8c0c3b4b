import { SANDBOX_GATEWAYS } from "#lib/sandbox/gateways.ts";
import { codeText } from "#lib/sandbox/wallets.ts";
import { expect, test } from "../fixtures.ts";
import { openQr, readQr } from "../support/checkout.ts";
import { atGateway } from "../support/gateway-payments.ts";
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

test("the console shows five gateways, each with its address, its account and its schedule of notices", async ({ page, server }) => {
  await page.goto("/sandbox");
  const cards = page.locator("article[data-gateway]");
  await expect(cards).toHaveCount(5);
  for (const { id, callerNo } of SANDBOX_GATEWAYS) {
    const card = page.locator(`article[data-gateway='${id}']`);
    await expect(card).toContainText(`${server.publicUrl}/sandbox/gateway/${id}`);
    await expect(card).toContainText(callerNo);
    await expect(card).toContainText(/\d+ (?:s|min)/);
  }
});

test("every wallet's code is scanned and paid, each in its own colours", async ({ page, control, database, server }) => {
  const gateway = await atGateway(database, "xxpay", server.publicUrl);
  for (const [method, wallet] of [
    ["wechat.native", "wechat"],
    ["alipay.qr", "alipay"],
    ["qq.native", "qq"],
    ["unionpay.qr", "unionpay"],
    ["jd.native", "jd"],
    ["baidu.wallet", "baidu"],
  ] as const) {
    const { code, no } = await gateway.create(method);
    const text = codeText(wallet, code, server.publicUrl);
    const picture = `${server.publicUrl}/sandbox/gateway/xxpay/api/qrcode/create_qrcode?params=${text}`;
    await page.goto("/sandbox/wallet");
    await page.locator("textarea[name=code]").fill(wallet === "alipay" ? picture : text);
    await page.locator("form.scan button[type=submit]").click();
    await expect(page.locator(`.stage[data-wallet=${wallet}]`)).toBeVisible();
    await page.locator("button[name=do][value=pay]").click();
    await expect(page.locator("main[data-outcome=paid]")).toBeVisible();
    expect((await control.read(no)).payment.state).toBe("PAID");
  }
});

test("a code that is none is said, and leads nowhere else", async ({ page }) => {
  for (const text of ["hello", "https://evil.example/", "javascript:alert(1)"]) {
    await page.goto(`/sandbox/wallet/scan?code=${encodeURIComponent(text)}`);
    await expect(page).toHaveURL(/\/sandbox\/wallet\?problem=/);
    await expect(page.locator("p.alert")).toBeVisible();
  }
});

test("the sandbox says on every page that no real money moves", async ({ page }) => {
  const phones = ["wechat", "alipay", "qq", "unionpay", "jd", "baidu"].map((phone) => `/sandbox/${phone}`);
  for (const address of ["/sandbox", "/sandbox/wallet", "/sandbox/wallet/code", "/sandbox/shop", ...phones]) {
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
