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

/** The other screens, each in one look: languages and themes take turns, so that every pair is somewhere. */
const OTHERS = [
  "/dashboard/refunds",
  "/dashboard/accounts",
  "/dashboard/team",
  "/dashboard/team/invite",
  "/dashboard/merchants",
  "/dashboard/notifications",
  "/dashboard/alerts",
  "/dashboard/audit",
  "/dashboard/settings",
  "/dashboard/security",
  "/dashboard/system",
] as const;

test("what is set up and looked after is accessible too, and fits a small phone with its bar", async ({
  page,
  ledger,
  database,
  server,
}) => {
  test.setTimeout(90_000);
  const shop = await openShop(database, server.publicUrl);
  const person = await hire(database, "platform");
  await page.context().addCookies([{ name: "merchant", value: shop.id, url: server.publicUrl }]);
  await signIn(page, person);
  for (const [index, address] of OTHERS.entries()) {
    const [locale, theme] = [LOCALES[index % LOCALES.length] ?? "en", THEMES[index % THEMES.length] ?? "dark"];
    await ledger.query("update users set locale = $2 where id = $1", [person.id, locale]);
    await dress(page, { theme, locale }, server.publicUrl, address);
    await expect(page.locator("html")).toHaveAttribute("lang", locale);
    await expectAccessible(page, `${address} ${theme} ${locale}`);
    await page.setViewportSize({ width: 360, height: 780 });
    await expectFits(page, `${address} 360`);
    await expectAccessible(page, `${address} 360`);
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  // The bar holds four screens and a sheet with all the others.
  await page.setViewportSize({ width: 360, height: 780 });
  const bar = page.locator("nav").last();
  await bar.locator("summary").click();
  const last = bar.locator("a[href='/dashboard/system']");
  await last.scrollIntoViewIfNeeded();
  await expect(last).toBeInViewport();
  await expectFits(page, "the sheet");
  await expectAccessible(page, "the sheet");
});
