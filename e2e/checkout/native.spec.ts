import { expect, test } from "../fixtures.ts";
import { checkoutMain, choose, expectView, freshly, openOrder, openQr, readQr } from "../support/checkout.ts";

test("a desktop shopper scans the code and the page turns paid by itself", async ({ page, context, ledger }) => {
  await page.goto("/l/demo");
  await freshly(page, () => page.locator("form.link-form button[type=submit]").click(), /\/pay\/\w+$/);
  await expectView(page, "choose");
  await freshly(page, () => choose(page, "wechat.native"), /\/pay\/\w+/);
  await expectView(page, "waiting", "qr");

  const text = await readQr(page);
  expect(text).toMatch(/^weixin:\/\/wxpay\/bizpayurl\?pr=\w+$/);

  const wallet = await context.newPage();
  await wallet.goto("/sandbox/wallet");
  await wallet.locator("form.scan input, form.scan textarea").first().fill(text);
  await wallet.locator("form.scan button[type=submit]").click();
  await wallet.waitForURL(/\/sandbox\/wallet\/pay\//);
  await expect(wallet.locator("main")).toContainText("88.00");
  await wallet.locator("button[name=do][value=pay]").click();
  await expect(wallet.locator("main[data-outcome=paid]")).toBeVisible();

  await expectView(page, "paid", "paid");
  await expect(page.locator("#state")).toBeFocused();
  const token = new URL(page.url()).pathname.split("/")[2] ?? "";
  const [attempt] = await ledger.attempts(token);
  await expect(checkoutMain(page)).toContainText(attempt?.gatewayOrderNo ?? "missing");
  await expect(checkoutMain(page)).toContainText(/GMT\+8|HKT|\[GMT\+8\]/);
  expect(await ledger.events(token)).toEqual(["order.created", "attempt.sent", "attempt.presented", "order.paid"]);
});

test("the code is black on white, whole and quiet around it, in the dark theme as well", async ({ page, context, baseURL }) => {
  await context.addCookies([{ name: "theme", value: "dark", url: baseURL ?? "" }]);
  await openQr(page);
  expect(await readQr(page)).toMatch(/^weixin:/);
  const box = await page.locator(".qr svg").boundingBox();
  expect(box?.width).toBeGreaterThanOrEqual(200);
});

test("the Alipay code is Alipay's", async ({ page, control, ledger }) => {
  const token = await openQr(page, "demo", "alipay.qr");
  expect(await readQr(page)).toMatch(/^https:\/\/qr\.alipay\.com\/\w+$/);
  const [attempt] = await ledger.attempts(token);
  await control.pay(attempt?.gatewayOrderNo ?? "");
  await expectView(page, "paid", "paid");
});

test("an order in yuan is paid like one in dollars", async ({ page, control, ledger }) => {
  const token = await openQr(page, "demo-cny");
  await expect(checkoutMain(page)).toContainText("99.00");
  const [attempt] = await ledger.attempts(token);
  await control.pay(attempt?.gatewayOrderNo ?? "");
  await expectView(page, "paid", "paid");
  expect((await ledger.order(token)).paidAmount).toBe(9_900n);
});

test("changing the method keeps the order and the first code alive", async ({ page, ledger }) => {
  const token = await openQr(page);
  const first = await readQr(page);
  await freshly(page, () => page.locator(`a[href="/pay/${token}?choose=1"]`).click(), /choose=1/);
  await expectView(page, "choose");
  await choose(page, "alipay.qr");
  await expectView(page, "waiting", "qr");
  expect(await readQr(page)).not.toBe(first);
  expect((await ledger.attempts(token)).map((one) => one.state)).toEqual(["presented", "presented"]);

  // Going back to the first method takes up its living try: no third attempt, the same code.
  await page.goto(`/pay/${token}?choose=1`);
  await choose(page, "wechat.native");
  await page.waitForURL(new RegExp(`/pay/${token}`));
  expect(await ledger.attempts(token)).toHaveLength(2);
});

test("a shopper may cancel at the gateway and try again under a new number", async ({ page, control, ledger }) => {
  const token = await openQr(page);
  const [first] = await ledger.attempts(token);
  // Had the sweep asked just now, the press below would not: once in five seconds.
  await ledger.holdSweep(token);
  await control.decline(first?.gatewayOrderNo ?? "");
  await page.locator("form[data-paid-form] button").click();
  await expectView(page, "failed", "declined");
  await page.locator("button[name=method][value='wechat.native']").click();
  await expectView(page, "waiting", "qr");
  const numbers = (await ledger.attempts(token)).map((one) => one.gatewayOrderNo);
  expect(new Set(numbers).size).toBe(2);
});

test("an opened order shows what it is for before anything is chosen", async ({ page, ledger }) => {
  const token = await openOrder(page);
  const { reference } = await ledger.order(token);
  await expect(checkoutMain(page)).toContainText("88.00");
  await expect(page).toHaveTitle(/88\.00/);
  await page.locator(".summary details summary").click();
  await expect(page.locator(".summary .facts")).toContainText(reference);
});
