import { test } from "../fixtures.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";
import { inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { AUDIT_ACTIONS, ownActor } from "#lib/domain/audit.ts";
test("shots", async ({ page, database, server }) => {
  test.setTimeout(120_000);
  const shop = await openShop(database, server.publicUrl);
  const owner = await hire(database, { merchantId: shop.id, role: "owner" });
  const kinds = ["order","link","account","key","payout","refund","user"];
  for (const [n, action] of AUDIT_ACTIONS.entries())
    await inTransaction(database, (tx) => appendAudit(tx, { actor: n % 5 === 4 ? ownActor("policy", "late") : n % 5 === 3 ? { kind: "key", id: "key_1", name: "Night shop", ip: "203.0.113.9", userAgent: "" } : { kind: "user", id: owner.id, name: "王小明", ip: "203.0.113.7", userAgent: "Mozilla/5.0 (X11)" }, merchantId: shop.id, action, target: { kind: kinds[n % 7] ?? "order", id: `ord_0h2v9m3kq8zr4t6w1x5y7c8d9e` }, detail: { amount: "12.50 CNY", reason: "客人改变主意" } }));
  await signIn(page, owner, "/dashboard/audit");
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.screenshot({ path: "/tmp/shot-audit-zh.png" });
  await page.context().addCookies([{ name: "theme", value: "dark", url: server.publicUrl }, { name: "locale", value: "en", url: server.publicUrl }]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/dashboard/audit");
  await page.locator("details summary").first().click();
  await page.screenshot({ path: "/tmp/shot-audit-phone.png", fullPage: true });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.screenshot({ path: "/tmp/shot-audit-en.png" });
});
