import { expect, test } from "../fixtures.ts";
import { choose, expectView, openOrder, PHONE, tokenOf } from "../support/checkout.ts";
import { BLOCKED_SCRIPT } from "../support/watch.ts";

test.use({ javaScriptEnabled: false });

test.beforeEach(({ watch }) => watch.allow(BLOCKED_SCRIPT));

test("without JavaScript the code is shown, paid, and the page reaches paid", async ({ page, control, ledger }) => {
  const token = await openOrder(page);
  await expectView(page, "choose");
  await choose(page, "wechat.native");
  await expectView(page, "waiting", "qr");
  await expect(page.locator(".qr svg path")).toBeVisible();
  const [attempt] = await ledger.attempts(token);
  await control.pay(attempt?.gatewayOrderNo ?? "");
  // The page reloads itself every five seconds.
  await expectView(page, "paid", "paid");
});

test("without JavaScript nothing that needs it is shown", async ({ page }) => {
  await openOrder(page);
  await choose(page, "wechat.native");
  await expectView(page, "waiting", "qr");
  for (const needing of await page.locator(".js-only").all()) await expect(needing).toBeHidden();
});

test("without JavaScript a wrong amount comes back with its reason", async ({ page }) => {
  await page.goto("/l/demo-any");
  await page.locator("input[name=amount]").fill("0.5");
  await page.locator("form.link-form button[type=submit]").click();
  await expect(page.locator("#problem[data-problem=amount_below]")).toContainText("1.00");
});

test("without JavaScript I have paid asks the gateway", async ({ page, control, ledger }) => {
  const token = await openOrder(page);
  await choose(page, "alipay.qr");
  await ledger.holdSweep(token);
  const [attempt] = await ledger.attempts(token);
  await control.pay(attempt?.gatewayOrderNo ?? "", "notice_lost");
  await page.locator("form[data-paid-form] button").click();
  await expectView(page, "paid", "paid");
});

test.describe("on a phone", () => {
  test.use(PHONE);

  test("without JavaScript Alipay is two presses and a way back", async ({ page, ledger }) => {
    await openOrder(page);
    await choose(page, "alipay.wap");
    await page.locator("a.primary").click();
    await page.waitForURL(/\/sandbox\/wallet\/pay\//);
    await page.locator("button[name=do][value=pay]").click();
    await page.waitForURL(/\/pay\/\w+$/);
    await expectView(page, "paid", "paid");
    expect((await ledger.attempts(tokenOf(page))).length).toBe(1);
  });
});
