import { expect, test } from "../fixtures.ts";
import { choose, expectView, freshly, openOrder } from "../support/checkout.ts";

test("WeChat's PC cashier: there, paid in the wallet, back, paid", async ({ page, context, ledger }) => {
  const token = await openOrder(page);
  await freshly(page, () => choose(page, "wechat.desk"), /\/sandbox\/cashier\/pc_desk\//);
  await expect(page.locator("main")).toContainText("88.00");
  const opening = context.waitForEvent("page");
  await page.locator("a.pay[target=_blank]").click();
  const wallet = await opening;
  await wallet.locator("button[name=do][value=pay]").click();
  await expect(wallet.locator("main[data-outcome=paid]")).toBeVisible();
  // The cashier notices by itself and sends the shopper back.
  await page.waitForURL(new RegExp(`/pay/${token}`));
  await expectView(page, "paid", "paid");
  expect((await ledger.attempts(token)).map((one) => [one.method, one.state])).toEqual([["wechat.desk", "paid"]]);
});

test("Alipay's PC cashier: paid there although the notification is lost", async ({ page, control, ledger }) => {
  const token = await openOrder(page);
  await freshly(page, () => choose(page, "alipay.desk"), /\/sandbox\/cashier\/alipay_desk\//);
  const [attempt] = await ledger.attempts(token);
  await control.pay(attempt?.gatewayOrderNo ?? "", "notice_lost");
  await page.waitForURL(new RegExp(`/pay/${token}`));
  await expectView(page, "paid", "paid");
});

test("Alipay's framed code is paid beside the order", async ({ page, control, ledger }) => {
  const token = await openOrder(page);
  await choose(page, "alipay.web");
  await expectView(page, "waiting", "iframe");
  await expect(page.frameLocator("iframe.gateway-frame").locator("svg")).toBeVisible();
  const [attempt] = await ledger.attempts(token);
  await control.pay(attempt?.gatewayOrderNo ?? "");
  await expectView(page, "paid", "paid");
});

test("a desk that was never opened is not taken for paid, whatever the return address says", async ({ page, ledger }) => {
  const token = await openOrder(page);
  await choose(page, "wechat.desk");
  await page.waitForURL(/pc_desk/);
  await page.goto(`/pay/${token}/return?status=SUCCESS&no=1&agent_order_id=1&amount=88.00`);
  await expectView(page, "waiting");
  expect((await ledger.order(token)).state).toBe("open");
});
