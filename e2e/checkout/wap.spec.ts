import { expect, test } from "../fixtures.ts";
import { ALIPAY, choose, expectView, freshly, openOrder, openWap, PHONE, tokenOf } from "../support/checkout.ts";

test.use(PHONE);

test.describe("inside Alipay", () => {
  test.use(ALIPAY);

  test("one press is the order, the only wallet there is, and the jump to it", async ({ page }) => {
    await page.goto("/l/demo");
    await freshly(page, () => page.locator("form.link-form button[type=submit]").click(), /\/sandbox\/wallet\/pay\/\w+\?in=cashier/);
  });
});

test("on a phone Alipay is one press, is paid, and the way back shows paid", async ({ page, ledger }) => {
  await openOrder(page);
  await freshly(page, () => choose(page, "alipay.wap"), /\/sandbox\/wallet\/pay\/\w+\?in=cashier/);
  await expect(page.locator("main")).toContainText("88.00");
  await freshly(page, () => page.locator("button[name=do][value=pay]").click(), /\/pay\/\w+/);
  await expectView(page, "paid", "paid");
  expect(new URL(page.url()).search).toBe("");
  expect((await ledger.attempts(tokenOf(page))).map((one) => [one.method, one.state])).toEqual([["alipay.wap", "paid"]]);
});

test("a notification that never comes is not missed: the landing asks the gateway", async ({ page, ledger, control }) => {
  await openWap(page);
  await page.locator("details.fault-fields summary").click();
  await page.locator("select[name=fault]").selectOption("notice_lost");
  await page.locator("button[name=do][value=pay]").click();
  await page.waitForURL(/\/pay\/\w+/);
  await expectView(page, "paid", "paid");
  const [attempt] = await ledger.attempts(tokenOf(page));
  const { notices } = await control.read(attempt?.gatewayOrderNo ?? "");
  expect(notices.map((one) => one.state)).toEqual(["lost"]);
});

test("coming back without having paid jumps nowhere, believes no address, asks whether it is paid, and offers to try again", async ({
  page,
  ledger,
}) => {
  const token = await openWap(page);
  await page.goBack();
  await expect(page).not.toHaveURL(/\/sandbox\//);
  for (const address of ["", "", "/return?status=TRADE_SUCCESS&trade_status=TRADE_FINISHED&amount=88.00"]) {
    await page.goto(`/pay/${token}${address}`);
    await expectView(page, "waiting", "redirect");
  }
  expect((await ledger.order(token)).state).toBe("open");
  expect(await ledger.attempts(token)).toHaveLength(1);

  await expect(page.locator("h1")).toHaveText("付款完成了吗？");
  await page.locator("form[data-paid-form] button.primary").click();
  await expect(page.locator(".action .note", { hasText: "尚未收到您的付款" })).toBeVisible();
  await page.locator("a.secondary").click();
  await page.locator("button[name=do][value=pay]").click();
  await expectView(page, "paid", "paid");
});

test("a phone may choose a code instead and is told how to scan it on itself", async ({ page }) => {
  const token = await openWap(page);
  await page.goto(`/pay/${token}`);
  await page.locator(".action a[href$='?choose=1']").click();
  await page.locator("button[name=method][value='wechat.native']").click();
  await expectView(page, "waiting", "qr");
  await expect(page.locator(".action")).toContainText("从相册扫码");
});

test("a declined payment comes back as declined, with the way on", async ({ page, control, ledger }) => {
  const token = await openWap(page);
  await page.locator("button[name=do][value=decline]").click();
  await page.locator("section.result a.pay, section.result a.quiet").first().click();
  await expectView(page, "failed", "declined");
  await page.locator("button[name=method][value='alipay.wap']").click();
  await page.waitForURL(/in=cashier/);
  const [, second] = await ledger.attempts(token);
  await control.pay(second?.gatewayOrderNo ?? "");
  await page.goto(`/pay/${token}`);
  await expectView(page, "paid", "paid");
});
