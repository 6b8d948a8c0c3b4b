import type { Page } from "@playwright/test";
import { SANDBOX_GATEWAYS } from "#lib/sandbox/gateways.ts";
import { expect, test } from "../fixtures.ts";
import { addAccount, sandboxAccount } from "../support/accounts.ts";
import { dress, expectAccessible, expectFits, LOCALES } from "../support/looks.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";

const save = (page: Page) => page.getByRole("button", { name: "保存", exact: true }).click();
const SECRETS = ["privateKey", "key", "secret", "wechatSecret"];

for (const { id: gateway } of SANDBOX_GATEWAYS) {
  test(`an account at ${gateway} is entered as the sandbox tells it, tested by a real call, and gives no secret back`, async ({
    page,
    database,
    server,
    ledger,
  }) => {
    const shop = await openShop(database, server.publicUrl);
    const { baseUrl, credentials, settings } = await sandboxAccount(database, server.publicUrl, gateway);
    await signIn(page, await hire(database, { merchantId: shop.id, role: "admin" }), `/dashboard/accounts/new?gateway=${gateway}`);
    await save(page);
    await expect(page.locator("#baseUrl-error")).toBeVisible();
    await expect(
      page.locator("[id='credentials.key-error'], [id='credentials.privateKey-error'], [id='credentials.secret-error']").first(),
    ).toBeVisible();
    await page.locator("#title").fill(`Mine at ${gateway}`);
    await page.locator("#baseUrl").fill(baseUrl);
    await page.locator("#weight").fill("70");
    const texts = { ...prefixed("credentials", credentials), ...prefixed("settings", settings) };
    for (const [name, value] of Object.entries(texts)) await page.locator(`[id='${name}']`).fill(value);
    await save(page);
    await page.waitForURL(/\/accounts\/acc_\w+\?said=saved/);
    const html = await page.content();
    for (const name of SECRETS) {
      const secret = (credentials as Record<string, string>)[name];
      if (secret) expect(html).not.toContain(secret.split("\n").at(1) || secret);
    }
    await page.getByRole("button", { name: "测试连接" }).click();
    await expect(page.locator("section [role=status]")).toContainText("通道已响应并接受签名", { timeout: 20_000 });
    const rows = await ledger.query<{ weight: number }>(
      "select weight from gateway_accounts where merchant_id = $1 and gateway = $2 and title like 'Mine%'",
      [shop.id, gateway],
    );
    expect(rows).toEqual([{ weight: 70 }]);

    // Saved again with its secrets left empty, it still works.
    await page.locator("#title").fill(`Mine still at ${gateway}`);
    await save(page);
    await expect(page.locator("h1")).toContainText("still");
    await page.getByRole("button", { name: "测试连接" }).click();
    await expect(page.locator("section [role=status]")).toContainText("通道已响应并接受签名", { timeout: 20_000 });
  });
}

test("wrong keys are said in words, with what to check", async ({ page, database, server, ledger }) => {
  const shop = await openShop(database, server.publicUrl);
  const account = await addAccount(database, server.publicUrl, shop, "mpgateway");
  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), `/dashboard/accounts/${account}`);
  await page.locator("[id='credentials.key']").fill("not-the-key-at-all");
  await save(page);
  await page.waitForURL(/said=saved/);
  await page.getByRole("button", { name: "测试连接" }).click();
  await expect(page.locator("section [role=alert]")).toContainText("请检查", { timeout: 20_000 });
  expect(await ledger.query("select id from orders where merchant_id = $1", [shop.id])).toHaveLength(0);
});

test("paths, products, amounts and plain http have inputs of their own, and a wrong one is named there", async ({
  page,
  database,
  server,
  ledger,
}) => {
  const shop = await openShop(database, server.publicUrl);
  const account = await addAccount(database, server.publicUrl, shop, "xxpay");
  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), `/dashboard/accounts/${account}`);
  await page.locator("summary", { hasText: "paths" }).click();
  await page.locator("summary", { hasText: "products" }).click();
  const path = page.locator("input[name^='settings.paths.']").first();
  const product = page.locator("input[name^='settings.products.']").first();
  await path.fill("no path");
  await product.fill("8003");
  await page.locator("[name='window.0.min']").fill("10");
  await page.locator("[name='window.0.max']").fill("9.99");
  await page.locator("#baseUrl").fill("http://pay.example.com/api");
  await save(page);
  await expect(page.locator("p[id^='settings.paths.'][id$='-error']")).toContainText("路径");
  await expect(page.locator("[id='window.0.max-error']")).toContainText("小于");
  await expect(page.locator("#baseUrl-error")).toContainText("insecureTransport");
  await expect(product).toHaveValue("8003");
  await path.fill("/api/pay/other");
  await page.locator("[name='window.0.max']").fill("5000");
  await page.locator("[name='settings.insecureTransport']").check();
  await save(page);
  await page.waitForURL(/said=saved/);
  await expect(page.locator("main > div > div > [role=alert], main [role=alert]").first()).toContainText("不加密");
  const [row] = await ledger.query<{ settings: Record<string, unknown>; amount_windows: unknown }>(
    "select settings, amount_windows from gateway_accounts where id = $1",
    [account],
  );
  expect(row?.amount_windows).toEqual([{ currency: "CNY", min: "1000", max: "500000" }]);
  expect(row?.settings).toMatchObject({ insecureTransport: true });
  expect(Object.values(row?.settings.paths as object)).toEqual(["/api/pay/other"]);
  expect(Object.values(row?.settings.products as object)).toEqual(["8003"]);
  await page.goto("/dashboard/accounts");
  await expect(page.locator("tr", { hasText: "Sandbox xxpay" })).toContainText("明文 http");
  await expect(page.locator("tr", { hasText: "Sandbox xxpay" })).toContainText("至");
});

test("the merchant's rule for choosing an account is kept, and a viewer cannot change it", async ({ page, database, server, ledger }) => {
  const shop = await openShop(database, server.publicUrl);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "admin" }), "/dashboard/accounts");
  await page.locator("input[name=routing][value=weighted]").check();
  await page.getByRole("button", { name: "保存规则" }).click();
  await expect(page.getByRole("status")).toContainText("规则已保存");
  await expect(page.locator("input[name=routing][value=weighted]")).toBeChecked();
  expect(await ledger.query("select routing from merchants where id = $1", [shop.id])).toEqual([{ routing: "weighted" }]);
  await page.context().clearCookies();
  await signIn(page, await hire(database, { merchantId: shop.id, role: "viewer" }), "/dashboard/accounts");
  await expect(page.locator("input[name=routing]")).toHaveCount(0);
});

test("every gateway's form and capabilities are accessible in each language and fit a phone", async ({
  page,
  database,
  server,
  ledger,
}) => {
  test.slow();
  const shop = await openShop(database, server.publicUrl);
  const person = await hire(database, { merchantId: shop.id, role: "owner" });
  await signIn(page, person, "/dashboard/accounts");
  const screens = ["/dashboard/accounts", ...SANDBOX_GATEWAYS.map(({ id }) => `/dashboard/accounts/new?gateway=${id}`)];
  for (const [index, screen] of screens.entries()) {
    const locale = LOCALES[index % LOCALES.length] ?? "en";
    await page.goto(screen);
    await ledger.query("update users set locale = $2 where id = $1", [person.id, locale]);
    await dress(page, { theme: index % 2 ? "dark" : "light", locale }, server.publicUrl);
    for (const fold of await page.locator("main summary").all()) await fold.click();
    await expectAccessible(page, `${screen} ${locale}`);
    await page.setViewportSize({ width: 360, height: 780 });
    await expectFits(page, screen);
    await page.setViewportSize({ width: 1280, height: 800 });
  }
});

function prefixed(group: string, values: object): Record<string, string> {
  return Object.fromEntries(Object.entries(values as Record<string, string>).map(([name, value]) => [`${group}.${name}`, value]));
}
