import { expect, test } from "../fixtures.ts";
import { checkoutMain, expectView } from "../support/checkout.ts";

test("inside Alipay's own browser the payment opens by itself, is paid and comes back, all in one screen", async ({ page, ledger }) => {
  await page.goto(`/sandbox/alipay?${new URLSearchParams({ url: "/l/demo" })}`);
  const screen = page.frameLocator("[data-testid=phone-page]");
  await screen.locator("form.link-form button[type=submit]").click();
  await screen.locator("button[name=do][value=pay]").click();
  await expectView(screen, "paid", "paid");
  const token = (await checkoutMain(screen).getAttribute("data-token")) ?? "";
  expect((await ledger.attempts(token)).map((one) => [one.method, one.state])).toEqual([["alipay.wap", "paid"]]);
});
