import { expect, test } from "../fixtures.ts";
import { expectView, openQr } from "../support/checkout.ts";
import { dress, expectAccessible, expectFits, LOCALES, NARROW, recolour, THEMES } from "../support/looks.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";

test("the dashboard's screens are accessible in both themes and three languages and fit small phones", async ({
  page,
  control,
  ledger,
  database,
  server,
}) => {
  test.setTimeout(180_000);
  const shop = await openShop(database, server.publicUrl);
  const token = await openQr(page, shop.slug);
  await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  await expectView(page, "paid");
  const { id } = await ledger.order(token);
  const person = await hire(database, { merchantId: shop.id, role: "owner" });
  const looks = async (name: string, address: string) => {
    await page.goto(address);
    for (const [index, locale] of LOCALES.entries()) {
      const [first, second] = index % 2 === 0 ? THEMES : ([THEMES[1], THEMES[0]] as const);
      await ledger.query("update users set locale = $2 where id = $1", [person.id, locale]);
      await dress(page, { theme: first, locale }, server.publicUrl);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expectAccessible(page, `${name} ${first} ${locale}`);
      await recolour(page, second);
      await expectAccessible(page, `${name} ${second} ${locale}`, "colours");
    }
    for (const width of NARROW) {
      await page.setViewportSize({ width, height: 780 });
      await expectFits(page, `${name} ${width}`);
      await expectAccessible(page, `${name} ${width}`);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  await looks("sign-in", "/sign-in");
  await signIn(page, person);
  await looks("home", "/dashboard");
  await looks("orders", "/dashboard/orders");
  await looks("order", `/dashboard/orders/${id}`);
  await looks("refund", `/dashboard/orders/${id}/refund`);
});
