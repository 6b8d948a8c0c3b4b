import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { ALIPAY, checkoutMain, expectView, openOrder, openQr } from "../support/checkout.ts";

test("a GET never starts anything: not five loads, not a bot, not a preview", async ({ page, request, ledger }) => {
  const token = await openOrder(page);
  for (let load = 0; load < 5; load += 1) {
    await page.goto(`/pay/${token}`);
    await expectView(page, "choose");
  }
  for (const address of ["", "?go=1", "?choose=1", "?method=wechat.native", "/status", "/return"])
    expect((await request.get(`/pay/${token}${address}`)).status()).toBe(200);
  expect(await ledger.attempts(token)).toEqual([]);
  expect(await ledger.events(token)).toEqual(["order.created"]);
});

test("a double click makes one attempt", async ({ page, ledger }) => {
  const token = await openOrder(page);
  await page.locator("button[value='wechat.native']").dblclick();
  await expectView(page, "waiting", "qr");
  expect(await ledger.attempts(token)).toHaveLength(1);
});

test("two tabs choosing at the same moment make one attempt and show one code", async ({ page, context, ledger }) => {
  const token = await openOrder(page);
  const second = await context.newPage();
  await second.goto(`/pay/${token}`);
  // Pressed a moment later, by the page itself. Whichever tab comes second may be shown the other's attempt before its own
  // click: that reload takes the pending press with it, and what is asserted below must hold all the same.
  // On a slow machine it may even be shown it before its button is looked for: there is none any more.
  const press = (tab: Page) =>
    tab
      .locator("button[value='wechat.native']")
      .evaluate(
        (button: HTMLElement) => {
          setTimeout(() => button.click(), 20);
        },
        undefined,
        { timeout: 3000 },
      )
      .catch((error: Error) => expect(error.message).toMatch(/context was destroyed|navigation|Timeout/));
  await Promise.all([press(page), press(second)]);
  for (const tab of [page, second]) await expectView(tab, "waiting", "qr");
  expect(await ledger.attempts(token)).toHaveLength(1);
  expect(await page.locator(".qr path").getAttribute("d")).toBe(await second.locator(".qr path").getAttribute("d"));
});

test("refresh, back and forward make nothing new", async ({ page, ledger }) => {
  const token = await openQr(page);
  const code = await page.locator(".qr path").getAttribute("d");
  await page.reload();
  await expectView(page, "waiting", "qr");
  await page.goBack();
  await page.goForward();
  await expectView(page, "waiting", "qr");
  expect(await page.locator(".qr path").getAttribute("d")).toBe(code);
  expect(await ledger.attempts(token)).toHaveLength(1);
});

test("two tabs of a paid order agree, and neither can pay again", async ({ page, context, ledger, control }) => {
  const token = await openQr(page);
  const second = await context.newPage();
  await second.goto(`/pay/${token}?choose=1`);
  await expectView(second, "choose");
  const [attempt] = await ledger.attempts(token);
  await control.pay(attempt?.gatewayOrderNo ?? "");
  for (const tab of [page, second]) await expectView(tab, "paid", "paid");
  await second.goto(`/pay/${token}?choose=1`);
  await expectView(second, "paid");
  await expect(second.locator("button[name=method]")).toHaveCount(0);
});

test.describe("in Alipay's browser, where one method is made for it", () => {
  test.use(ALIPAY);

  test("the page submits itself once an order, however often it is loaded", async ({ page, ledger }) => {
    const token = await openOrder(page);
    await page.waitForURL(/\/sandbox\//);
    for (let load = 0; load < 3; load += 1) {
      await page.goto(`/pay/${token}`);
      await expect(checkoutMain(page)).toHaveAttribute("data-token", token);
      await expectView(page, "waiting", "redirect");
    }
    expect(await ledger.attempts(token)).toHaveLength(1);
  });
});
