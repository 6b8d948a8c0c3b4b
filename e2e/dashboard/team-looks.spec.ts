import { test } from "../fixtures.ts";
import { dress } from "../support/looks.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";

test("looks", async ({ page, database, server }) => {
  test.setTimeout(120_000);
  const shop = await openShop(database, server.publicUrl, { merchant: { brand: { colour: "#8a1c3b", supportContact: "+852 5555 0100" } } });
  const owner = await hire(database, { merchantId: shop.id, role: "owner" });
  await database.$client.query("update users set platform_admin = true where id = $1", [owner.id]);
  await hire(database, { merchantId: shop.id, role: "viewer" });
  await signIn(page, owner, "/dashboard/team/invite");
  await dress(page, { theme: "light", locale: "en" }, server.publicUrl);
  await page.locator("input[name=email]").fill("mei@example.com");
  await page.locator("input[value=operator]").check();
  await page.screenshot({ path: "/tmp/shots-team/invite-en.png", fullPage: true });
  await page.locator("main form button[type=submit]").last().click();
  await page.locator("code").waitFor();
  await page.screenshot({ path: "/tmp/shots-team/invited-en.png", fullPage: true });
  const link = (await page.locator("code").textContent()) ?? "";
  const { rows } = await database.$client.query("select user_id from memberships where merchant_id = $1 and role = 'viewer'", [shop.id]);
  const { rows: inv } = await database.$client.query("select id from invitations where merchant_id = $1", [shop.id]);
  const looks = [
    { name: "desk-en", theme: "light", locale: "en", width: 1280 },
    { name: "desk-cn", theme: "light", locale: "zh-CN", width: 1280 },
    { name: "phone-cn-dark", theme: "dark", locale: "zh-CN", width: 390 },
    { name: "phone-hk", theme: "light", locale: "zh-HK", width: 360 },
  ] as const;
  const pages = {
    team: "/dashboard/team",
    member: `/dashboard/team/${rows[0].user_id}`,
    invitation: `/dashboard/team/invite/${inv[0].id}`,
    settings: "/dashboard/settings",
    merchants: "/dashboard/merchants",
    newMerchant: "/dashboard/merchants/new",
    merchant: `/dashboard/merchants/${shop.id}`,
  };
  for (const { name, theme, locale, width } of looks) {
    await page.setViewportSize({ width, height: 900 });
    for (const [what, address] of Object.entries(pages)) {
      await dress(page, { theme, locale }, server.publicUrl, address);
      await page.waitForLoadState("networkidle");
      await page.screenshot({ path: `/tmp/shots-team/${what}-${name}.png`, fullPage: true });
    }
  }
  await page.context().clearCookies();
  for (const { name, theme, locale, width } of looks) {
    await page.setViewportSize({ width, height: 900 });
    await dress(page, { theme, locale }, server.publicUrl, link);
    await page.screenshot({ path: `/tmp/shots-team/join-${name}.png`, fullPage: true });
  }
  await page.goto("/invite/0h2abcdefghjkmnpqrstvwxyz0");
  await page.screenshot({ path: "/tmp/shots-team/join-unknown.png", fullPage: true });
});
