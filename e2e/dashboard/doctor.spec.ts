import { deskSecrets } from "#lib/payments/desk-secret.ts";
import { expect, test } from "../fixtures.ts";
import { openQr } from "../support/checkout.ts";
import { deskAddress } from "../support/desk-address.ts";
import { dress, expectAccessible, expectFits, LOCALES, recolour } from "../support/looks.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";
import { BLOCKED_SCRIPT } from "../support/watch.ts";
import { expectOnly } from "../support/words.ts";

const DOCTOR = "/dashboard/developers/doctor";

test("a refused notification leads to the doctor, who says whose key it is not; in every language, and on a phone", async ({
  page,
  control,
  ledger,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  const token = await openQr(page, shop.slug);
  const [attempt] = await ledger.attempts(token);
  await control.forge(attempt?.gatewayOrderNo ?? "");
  await expect
    .poll(async () => (await ledger.query("select 1 from refused_notifications where merchant_id = $1", [shop.id])).length)
    .toBe(1);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), "/dashboard/notifications?verdict=refused");
  await page.getByRole("link", { name: "为什么拒收" }).click();
  await page.getByRole("link", { name: "在签名诊断中打开" }).click();
  await page.waitForURL(/\/doctor\?refused=/);
  await expect(page.locator("#finding")).toHaveText(/不是您的任何密钥所签|密钥正确，内容不同/);
  await expect(page.locator("main")).toContainText("规则逐步说明");
  for (const locale of LOCALES) {
    await dress(page, { theme: "light", locale }, server.publicUrl);
    // What stands on the wire stays as it is.
    const wire = (await page.locator("main :is(pre, textarea, select, code)").allInnerTexts()).flatMap((text) => text.split("\n"));
    await expectOnly(page, locale, anyOf([...wire, "HipoPay", "API", "HTTP", "curl", "JSON"]));
  }
  await page.reload();
  await expectAccessible(page, "doctor");
  await recolour(page, "dark");
  await expectAccessible(page, "doctor, dark");
  await page.setViewportSize({ width: 360, height: 780 });
  await expectFits(page, "doctor");
});

/** Any of these texts, longer ones first. */
function anyOf(texts: readonly string[]): RegExp {
  const known = [...new Set(texts.map((text) => text.trim()).filter(Boolean))].sort((a, b) => b.length - a.length);
  return new RegExp(known.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|"), "g");
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("what is pasted is explained, without showing a key or keeping the text", async ({ page, database, server, ledger, watch }) => {
      if (!javaScriptEnabled) watch.allow(BLOCKED_SCRIPT);
      const shop = await openShop(database, server.publicUrl);
      const fields = { currency: "HKD", amount: "88.00", product_info: "茶 & tea", return_url: "https://shop.example/back" };
      const address = await deskAddress(database, shop.id, fields, { kind: "live" });
      const secrets = await deskSecrets(database, shop.id);
      await signIn(page, await hire(database, { merchantId: shop.id, role: "admin" }), DOCTOR);
      await page.getByRole("button", { name: "诊断" }).click();
      await expect(page.locator("#text-error")).toHaveText("请先粘贴报文。");
      await page.locator("#text").fill(address);
      await page.locator("#holder").selectOption({ label: "/desk (测试)" });
      await page.getByRole("button", { name: "诊断" }).click();
      await expect(page.locator("#finding")).toHaveText("已找到原因");
      await expect(page.locator("section[aria-labelledby=finding] li").first()).toContainText("测试与正式互换");
      await page.locator("#text").fill(address.replace("88.00", "88"));
      await page.locator("#holder").selectOption("");
      await page.getByRole("button", { name: "诊断" }).click();
      await expect(page.locator("section[aria-labelledby=finding] li").first()).toContainText(/数字的写法不同|测试与正式互换/);
      await expect(page.locator("mark").first()).toBeVisible();
      const html = await page.content();
      for (const secret of Object.values(secrets)) expect(html).not.toContain(secret);
      expect(page.url()).not.toContain("product_info");
      const kept = await ledger.query("select 1 from exchanges where merchant_id = $1 and request_body like '%product_info%'", [shop.id]);
      expect(kept).toHaveLength(0);
    });
  });
}

test("who may not edit the developers' things is refused; an unknown entry of the log is not found", async ({
  page,
  database,
  server,
  watch,
}) => {
  watch.allow(/^404 GET .*ntf_unknown$/);
  const shop = await openShop(database, server.publicUrl);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "operator" }), DOCTOR);
  await expect(page.locator("#text")).toHaveCount(0);
  await page.goto("/dashboard/developers");
  await expect(page.locator("main")).toContainText(`${server.publicUrl}/api/v1/orders`);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), `${DOCTOR}?notification=ntf_unknown`);
  await expect(page.locator("#text")).toHaveCount(0);
});
