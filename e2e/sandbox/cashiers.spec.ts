import type { Page } from "@playwright/test";
import { CASHIER_PAGES } from "#lib/sandbox/cashier-pages.ts";
import { expect, test } from "../fixtures.ts";
import { atGateway, CASHIER_METHODS } from "../support/gateway-payments.ts";
import { dress, expectAccessible, expectFits, LOCALES, NARROW, recolour } from "../support/looks.ts";

const PAGES = Object.keys(CASHIER_PAGES) as (keyof typeof CASHIER_PAGES)[];
const BANK = { bank_code: "01050000", pay_type: "1", card_last4: "1234" };

async function payInWallet(page: Page): Promise<void> {
  await page.locator("a.pay[href*='in=cashier']").click();
  await page.locator("button[name=do][value=pay]").click();
}

/** What a shopper does at each kind of cashier; a desk's and a frame's code is paid elsewhere. */
const PAYING: Partial<Record<(typeof CASHIER_PAGES)[keyof typeof CASHIER_PAGES], (page: Page) => Promise<void>>> = {
  wallet: (page) => page.locator("button[name=do][value=pay]").click(),
  handover: payInWallet,
  sheet: payInWallet,
  bank: (page) => page.locator("button[name=do][value=pay]").click(),
};

for (const name of PAGES)
  test(`${name} takes the payment and sends the shopper back`, async ({ page, control, database, server }) => {
    const gateway = await atGateway(database, "fengniao", server.publicUrl);
    const payment = await gateway.create(CASHIER_METHODS[name], { extra: BANK });
    await page.goto(gateway.backend.pageUrl(payment, name));
    const pay = PAYING[CASHIER_PAGES[name]];
    if (pay) await pay(page);
    else await control.pay(payment.no);
    if (name === "alipay_qr_frame") await expect(page.locator("main[data-outcome=PAID]")).toBeVisible();
    else await page.waitForURL("**/sandbox/shop?back=1");
    expect((await control.read(payment.no)).payment.state).toBe("PAID");
  });

test("a cashier's address takes a form's POST as well (seeds/003 §2.1.5)", async ({ page, database, server }) => {
  const gateway = await atGateway(database, "xxpay", server.publicUrl);
  const payment = await gateway.create("unionpay.quick");
  const url = gateway.backend.pageUrl(payment, "unionpay_quick");
  await page.goto("/sandbox/shop");
  await page.evaluate((action) => {
    const form = Object.assign(document.createElement("form"), { method: "post", action });
    form.append(Object.assign(document.createElement("input"), { name: "token", value: "x" }));
    document.body.append(form);
    form.submit();
  }, url);
  await expect(page.locator(".desk[data-wallet=unionpay] .amount")).toContainText("88.00");
});

test("a bank's page says which bank and card, and no more of a card than four digits", async ({ page, database, server }) => {
  const gateway = await atGateway(database, "fengniao", server.publicUrl);
  const payment = await gateway.create("unionpay.gateway", { extra: { ...BANK, card_last4: "6222020000001234" } });
  await page.goto(gateway.backend.pageUrl(payment, "unionpay_gateway"));
  await expect(page.locator(".bank-facts")).toContainText("建设银行 01050000");
  await expect(page.locator(".bank-facts")).toContainText("借记卡");
  await expect(page.locator(".bank-facts")).toContainText("1234");
  await expect(page.locator(".bank-facts")).not.toContainText("6222");
});

test("cancelling at a bank fails the payment, and there is a way back", async ({ page, control, database, server }) => {
  const gateway = await atGateway(database, "fengniao", server.publicUrl);
  const payment = await gateway.create("unionpay.wap", { extra: { cancel_url: `${server.publicUrl}/sandbox/shop?cancelled=1` } });
  await page.goto(gateway.backend.pageUrl(payment, "unionpay_wap"));
  await page.locator("button[name=do][value=decline]").click();
  await expect(page.locator("main[data-outcome=failed]")).toBeVisible();
  expect((await control.read(payment.no)).payment.state).toBe("FAIL");
  await page.locator("a.pay").click();
  await page.waitForURL("**/sandbox/shop?cancelled=1");
});

for (const [phone, name, method] of [
  ["wechat", "wechat_jsapi", "wechat.jsapi"],
  ["alipay", "alipay_jsapi", "alipay.jsapi"],
] as const)
  test(`${name} opens the sheet over itself inside ${phone}`, async ({ page, database, server }) => {
    const gateway = await atGateway(database, "mpgateway", server.publicUrl);
    const payment = await gateway.create(method);
    const path = new URL(gateway.backend.pageUrl(payment, name)).pathname;
    await page.goto(`/sandbox/${phone}?${new URLSearchParams({ url: path })}`);
    const sheet = page.frameLocator("[data-testid=phone-sheet]");
    await sheet.locator("button[name=do][value=pay]").click();
    await expect(page.locator("[data-testid=phone-sheet]")).toBeHidden();
    expect((await gateway.backend.find(gateway.caller, { no: payment.no }))?.state).toBe("PAID");
    // Paid, the page under the sheet is the shop again, where the payment leads back to.
    await expect(page.frameLocator("[data-testid=phone-page]").locator("main")).toContainText("演示商店");
  });

test("cashiers are accessible in three languages and fit small phones", async ({ page, database, server }) => {
  test.slow();
  const gateway = await atGateway(database, "fengniao", server.publicUrl);
  for (const name of ["wechat_h5", "wechat_jsapi", "unionpay_gateway", "bank_transfer", "jd_h5", "baidu_wallet", "qq_h5"] as const) {
    const payment = await gateway.create(CASHIER_METHODS[name], { extra: BANK });
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(gateway.backend.pageUrl(payment, name));
    for (const locale of LOCALES) {
      await dress(page, { theme: "light", locale }, server.publicUrl);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expectAccessible(page, `${name} ${locale}`);
    }
    await recolour(page, "dark");
    await expectAccessible(page, `${name} dark`, "colours");
    for (const width of NARROW) {
      await page.setViewportSize({ width, height: 780 });
      await expectFits(page, `${name} ${width}`);
    }
  }
});
