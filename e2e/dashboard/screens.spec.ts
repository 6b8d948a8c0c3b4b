import { expect, test } from "../fixtures.ts";
import { expectView, openQr } from "../support/checkout.ts";
import { dress, expectAccessible, expectFits, LOCALES } from "../support/looks.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";
import { expectOnly } from "../support/words.ts";

const SCREENS = ["/refunds", "/notifications", "/deliveries", "/links", "/accounts", "/accounts/new?gateway=hipopay-agent"] as const;

test("every other screen opens for an owner in each language, accessible and whole on a phone", async ({
  page,
  control,
  ledger,
  database,
  server,
}) => {
  test.slow();
  const shop = await openShop(database, server.publicUrl);
  const token = await openQr(page, shop.slug);
  await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  await expectView(page, "paid");
  const person = await hire(database, { merchantId: shop.id, role: "owner" });
  await signIn(page, person);
  for (const screen of SCREENS) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`/dashboard${screen}`);
    for (const locale of LOCALES) {
      await ledger.query("update users set locale = $2 where id = $1", [person.id, locale]);
      await dress(page, { theme: "light", locale }, server.publicUrl);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expect(page.locator("h1")).toBeVisible();
      await expectAccessible(page, `${screen} ${locale}`);
    }
    await page.setViewportSize({ width: 360, height: 780 });
    await expectFits(page, screen);
  }
});

test("sign-in, orders and an order speak one language each", async ({ page, control, ledger, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  const token = await openQr(page, shop.slug);
  await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  await expectView(page, "paid");
  const { id } = await ledger.order(token);
  const person = await hire(database, { merchantId: shop.id, role: "owner" });
  const speak = async (address: string) => {
    await page.goto(address);
    for (const locale of LOCALES) {
      await ledger.query("update users set locale = $2 where id = $1", [person.id, locale]);
      await dress(page, { theme: "light", locale }, server.publicUrl);
      // Names of operations, events and fields on the wire stay as they are.
      await expectOnly(page, locale, /\b(create|query|order|attempt|refund|wechat|alipay)[\w. ]*|webhook/gi);
    }
  };
  await speak("/sign-in");
  await signIn(page, person);
  await speak("/dashboard");
  await speak("/dashboard/orders");
  await speak(`/dashboard/orders/${id}/refund`);
});
