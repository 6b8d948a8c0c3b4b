import { expect, test } from "../fixtures.ts";
import { expectView, openQr } from "../support/checkout.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";

test("home says what was paid, how far each order came, and leads to the day's orders", async ({
  page,
  control,
  ledger,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  const token = await openQr(page, shop.slug);
  await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  await expectView(page, "paid");
  await openQr(page, shop.slug); // shown, and never paid
  await page.context().addCookies([{ name: "lang", value: "en", url: server.publicUrl }]);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "viewer" }), "/dashboard?days=7");
  const takings = page.getByRole("region", { name: "Taken today" });
  await expect(takings.getByText("1 paid order")).toBeVisible();
  await expect(takings).toContainText("88.00");
  const steps = page.getByRole("region", { name: "From order to money" }).getByRole("listitem");
  await expect(steps).toHaveText([/^Opened\s*2/, /^Method chosen\s*2\s*100%/, /^Shown\s*2\s*100%/, /^Paid\s*1\s*50%/]);
  await expect(
    page
      .getByRole("row", { name: /^WeChat Pay/ })
      .getByRole("cell")
      .nth(1),
  ).toHaveText("1 / 1");
  await page
    .getByRole("link", { name: /HK\$88\.00, 1 order$/ })
    .locator("rect")
    .first()
    .click();
  await expect(page.getByRole("link", { name: "Orders" }).first()).toHaveAttribute("aria-current", "page");
});
