import { expect, test } from "../fixtures.ts";
import { expectView } from "../support/checkout.ts";
import { dress, expectAccessible, expectFits, NARROW } from "../support/looks.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";
import { checkoutFrame } from "../support/shop-page.ts";

test("an admin lists the pages that may frame the checkout, a wrong one is named, and the real button opens it there and then", async ({
  page,
  request,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl, { merchant: { brand: { colour: "#8a1c3b" } } });
  await signIn(page, await hire(database, { merchantId: shop.id, role: "admin" }), "/dashboard/developers/embed");
  await dress(page, { theme: "light", locale: "en" }, server.publicUrl);
  const code = page.locator("pre");
  await expect(code).toContainText(`<shouyin-button link="${shop.slug}" color="#8a1c3b">`);
  const origins = page.getByLabel("Origins, one a line");
  await origins.fill("https://shop.example\nhttp://shop.example");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#origins-text-error")).toContainText("“http://shop.example” is not https");
  await expect(origins).toHaveValue("https://shop.example\nhttp://shop.example");
  await origins.fill("https://Shop.example/, https://m.shop.example:8443");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
  await expect(origins).toHaveValue("https://shop.example\nhttps://m.shop.example:8443");
  const policy = async () => (await request.get(`/l/${shop.slug}`)).headers()["content-security-policy"];
  await expect.poll(policy).toContain("frame-ancestors 'self' https://shop.example https://m.shop.example:8443 http://localhost:*;");

  // Somebody else's list is out of reach, whatever the form says.
  const other = await openShop(database, server.publicUrl);
  await page.locator("form input[name=merchant]").evaluate((input: HTMLInputElement, id) => {
    input.value = id;
  }, other.id);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#origins-text-error")).toContainText("You may not do this");
  const { rows } = await database.$client.query("select embed_origins from merchants where id = $1", [other.id]);
  expect(rows).toEqual([{ embed_origins: [] }]);

  await page.getByRole("button", { name: "Pay", exact: true }).click();
  await expectView(checkoutFrame(page), "link");
  await page.getByRole("button", { name: "Close" }).click();
  await expect(page.locator("dialog[open]")).toHaveCount(0);
  await expectAccessible(page, "button page");
  await dress(page, { theme: "dark", locale: "zh-HK" }, server.publicUrl);
  await expectAccessible(page, "button page, dark");
  await page.setViewportSize({ width: NARROW[0] ?? 360, height: 780 });
  await expectFits(page, "button page, narrow");

  // Who may only look sees the list and no form.
  await database.$client.query("update memberships set role = 'viewer' where merchant_id = $1", [shop.id]);
  await page.reload();
  await expect(page.getByText("https://m.shop.example:8443", { exact: true })).toBeVisible();
  await expect(page.locator("textarea")).toHaveCount(0);
});
