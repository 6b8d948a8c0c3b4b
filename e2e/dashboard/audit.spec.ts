import { expect, test } from "../fixtures.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";

test("what people did is read in the audit, narrowed by its address, and proven whole; who may not read it is told so", async ({
  page,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  const owner = await hire(database, { merchantId: shop.id, role: "owner" });
  await signIn(page, owner, "/dashboard/developers/keys/new");
  await page.locator("#name").fill("Night shop");
  await page.locator("main form button[type=submit]").last().click();
  await expect(page.getByText(/^sk_test_/).first()).toBeVisible();

  await page.goto("/dashboard/audit?action=keys.make");
  const row = page.locator("tbody tr");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("测试员");
  await expect(row).toContainText("创建了 API 密钥");
  await expect(row.getByRole("link")).toHaveAttribute("href", /\/developers\/keys\/key_/);
  await row.getByText("详情").click();
  await expect(row.locator("dl")).toContainText("Night shop");
  // A key's secret stands nowhere in it.
  await expect(row).not.toContainText("sk_test_");

  await page.getByRole("button", { name: "现在验证" }).click();
  await expect(page.getByText(/完好：\d+ 行全部经过验证|刚刚验证过/).last()).toBeVisible();
  await page.goto("/dashboard/audit?action=keys.revoke");
  await expect(page.locator("tbody tr")).toHaveCount(0);

  await signIn(page, await hire(database, { merchantId: shop.id, role: "operator" }), "/dashboard/audit");
  await expect(page.locator("tbody tr")).toHaveCount(0);
  await expect(page.getByRole("main")).toContainText("权限");
});
