import { expect, test } from "../fixtures.ts";
import { expectView, openQr } from "../support/checkout.ts";
import { openGatewayShop } from "../support/gateway-shop.ts";
import { expectAccessible } from "../support/looks.ts";
import { hire, signIn } from "../support/person.ts";

test("an order is found from what a shopper's cut screenshot shows of the wallet's number, by keyboard alone", async ({
  page,
  control,
  ledger,
  database,
  server,
}) => {
  const shop = await openGatewayShop(database, server.publicUrl, "xxpay");
  const token = await openQr(page, shop.slug);
  const payment = await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  await expectView(page, "paid");
  const order = await ledger.order(token);
  const [receipt] = await ledger.query<{ wallet: string }>("select wallet_no as wallet from sandbox.payments where no = $1", [payment.no]);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "operator" }), "/dashboard/deliveries");

  const help = page.getByRole("dialog");
  // The keys are there once the page's script is.
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(help).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(help).toContainText("订单");
  await expectAccessible(page, "the list of keys");
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();

  await page.keyboard.press("/");
  await expect(page.locator("#number")).toBeFocused();
  // While somebody types, a letter is a letter and a slash a slash.
  await page.keyboard.type("j/g?");
  await expect(page.locator("#number")).toHaveValue("j/g?");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(receipt?.wallet.slice(-8) ?? "");
  await page.keyboard.press("Enter");
  await page.waitForURL(/number=/);
  await expect(page.locator("tbody tr")).toHaveCount(1);
  // Each of these is a document: its keys are there once its script is. In a list of one row `j` stays on it.
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(page.locator("tbody tr a").first()).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/dashboard/orders/${order.id}`));
  await expect(page.locator("h1")).toContainText(order.reference);
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("o");
    await expect(page).toHaveURL(/\/dashboard\/orders$/, { timeout: 2000 });
  }).toPass();
});
