import { expect, test } from "../fixtures.ts";
import { expectView, tokenOf } from "../support/checkout.ts";
import { MENU, makeLink } from "../support/links.ts";
import { openShop } from "../support/shop.ts";

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a shopper chooses, counts and answers; what is wrong is said at its input and nothing typed is lost", async ({
    page,
    database,
    server,
    ledger,
  }) => {
    const shop = await openShop(database, server.publicUrl);
    const link = await makeLink(database, shop.id, MENU);
    await page.goto(`/l/${link.slug}`);
    await page.getByRole("radio", { name: /Large/ }).check();
    await page.locator("#quantity").fill("2");
    await page.locator("#field_a").fill("12a");
    await page.locator("#field_c").fill("少糖 & no ice");
    await page.locator("form.link-form").evaluate((form: HTMLFormElement) => form.setAttribute("novalidate", ""));
    await page.locator("form.link-form button[type=submit]").click();
    await expect(page.locator("#problem[data-problem=answer_number][data-field=field_a]")).toContainText("Table");
    await expect(page.locator("#field_a")).toHaveAttribute("aria-invalid", "true");
    expect(new URL(page.url()).search).not.toContain("ice");
    await expect(page.getByRole("radio", { name: /Large/ })).toBeChecked();
    await expect(page.locator("#quantity")).toHaveValue("2");
    await expect(page.locator("#field_c")).toHaveValue("少糖 & no ice");
    expect(await ledger.ordersOfLink(link.slug)).toBe(0);
    await page.locator("#field_a").fill("12");
    await page.locator("form.link-form button[type=submit]").click();
    await page.waitForURL(/\/pay\//);
    const [order] = await ledger.query("select amount::text, title, quantity, metadata from orders where token = $1", [tokenOf(page)]);
    expect(order).toEqual({
      ...{ amount: "9700", title: "手冲咖啡 Coffee · Large × 2", quantity: 2 },
      metadata: { table: "12", note: "少糖 & no ice", choice: "Large", quantity: "2" },
    });
  });
});

test("a link that takes nothing now has a page of its own for each reason, with what to do next", async ({
  page,
  database,
  server,
  ledger,
}) => {
  const shop = await openShop(database, server.publicUrl);
  const link = await makeLink(database, shop.id, { amount: "88" });
  const STANDINGS = {
    not_yet: "opens_at = now() + interval '1 day'",
    expired: "opens_at = null, expires_at = now() - interval '1 day'",
    sold_out: "expires_at = null, stock = 2, taken_pieces = 2, taken_orders = 1",
    paid: "stock = null, reusable = false",
    retired: "active = false",
  };
  for (const [standing, change] of Object.entries(STANDINGS)) {
    await ledger.query(`update checkout_links set ${change} where id = $1`, [link.id]);
    await page.goto(`/l/${link.slug}`);
    await expectView(page, "link_closed", standing);
    await expect(page.locator("form")).toHaveCount(0);
    await expect(page.locator("main")).toContainText("茶 Tea");
  }
  await ledger.query("update checkout_links set active = true, taken_orders = 0 where id = $1", [link.id]);
  await page.goto(`/l/${link.slug}`);
  await page.locator("form.link-form button[type=submit]").click();
  await page.waitForURL(/\/pay\//);
  await page.goto(`/l/${link.slug}`);
  await expectView(page, "link_closed", "held");
  // Whoever holds the place themselves finds the way back to their order.
  await page.locator("a.primary[href^='/pay/']").click();
  await expectView(page, "choose");
});

test("the merchant's words stand on the paid page", async ({ page, database, server, control, ledger }) => {
  const shop = await openShop(database, server.publicUrl);
  const link = await makeLink(database, shop.id, { amount: "88", success_message: "See you at 7!", locale: "zh-HK" });
  await page.goto(`/l/${link.slug}`);
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-HK");
  await page.locator("form.link-form button[type=submit]").click();
  await page.waitForURL(/\/pay\//);
  await page.locator("button[value='wechat.native']").click();
  await expectView(page, "waiting", "qr");
  const [attempt] = await ledger.attempts(tokenOf(page));
  await control.pay(attempt?.gatewayOrderNo ?? "");
  await expectView(page, "paid");
  await expect(page.locator(".success-message")).toHaveText("See you at 7!");
});
