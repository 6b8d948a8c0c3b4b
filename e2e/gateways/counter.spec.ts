import { expect, test } from "../fixtures.ts";
import { openGatewayShop } from "../support/gateway-shop.ts";
import { hire, signIn } from "../support/person.ts";
import { expectPaidOnce } from "../support/ways.ts";
import { PAYMENTS } from "./payments.ts";

for (const one of PAYMENTS) {
  const { way } = one;
  if (way.how !== "counter") continue;
  test(`at the counter: ${one.gateway} ${one.title}`, async ({ page, control, ledger, database, server }) => {
    const shop = await openGatewayShop(database, server.publicUrl, one.gateway, { settings: one.settings ?? {} });
    const cashier = await hire(database, { merchantId: shop.id, role: "operator" });
    await signIn(page, cashier, "/dashboard/counter?currency=CNY");
    await page.locator("input[name=amount]").fill("8.80");
    const code = await control.code(way.wallet, way.from);
    // As a scanner does: digits typed where the focus is, then Enter.
    await page.locator("input[name=amount]").press("Enter");
    await expect(page.locator("input[name=code]")).toBeFocused();
    await page.keyboard.insertText(code);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/dashboard\/counter\/\w+/);
    await expect(page.locator("[data-scan=paid]")).toBeVisible();
    expect(await page.content()).not.toContain(code);
    const id = new URL(page.url()).pathname.split("/").at(-1);
    const [order] = await ledger.query<{ token: string }>("select token from orders where id = $1", [id]);
    const number = await expectPaidOnce({ page, control, ledger, shop }, order?.token ?? "", one);
    const { payment } = await control.read(number);
    expect(payment).toMatchObject({ state: "PAID", channel: way.from === "hong_kong" ? "HK" : "CN" });
  });
}
