import type { Page } from "@playwright/test";
import type { Database } from "#db/client.ts";
import type { GatewayId } from "#lib/sandbox/gateways.ts";
import { expect, test } from "../fixtures.ts";
import { addAccount } from "../support/accounts.ts";
import type { Control } from "../support/control.ts";
import { atGateway } from "../support/gateway-payments.ts";
import { dress, expectAccessible, expectFits, LOCALES } from "../support/looks.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";
import { BLOCKED_SCRIPT } from "../support/watch.ts";

// The sandbox ends a payout by the account number's last two digits: 01 waits, 02 fails, any other is paid.
const NUMBER = "6222020200012345678";
const REFUSED_LATER = "6222020200012345602";

/** Shoppers pay the sandbox's caller first: nobody can pay out what never came in. */
async function earn(database: Database, control: Control, gateway: GatewayId, origin: string): Promise<void> {
  const paid = await (await atGateway(database, gateway, origin)).create("alipay.qr", { amount: "60.00" });
  await control.pay(paid.no);
}

async function fill(page: Page, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await page.locator(`#${name}`).fill(value);
}
const press = (page: Page, intent: "check" | "change" | "send") => page.locator(`button[name=intent][value=${intent}]`).click();

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("an owner pays out: amount and recipient are named before it is sent, and its history ends in paid", async ({
      page,
      control,
      ledger,
      database,
      server,
      watch,
    }) => {
      if (!javaScriptEnabled) watch.allow(BLOCKED_SCRIPT);
      const shop = await openShop(database, server.publicUrl);
      const accountId = await addAccount(database, server.publicUrl, shop, "xxpay");
      await earn(database, control, "xxpay", server.publicUrl);
      await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), "/dashboard/payouts");
      await page.getByRole("link", { name: "新付款" }).click();
      await press(page, "check");
      for (const name of ["amount", "name", "number", "bankCode", "province", "city"])
        await expect(page.locator(`#${name}-error`), name).toBeVisible();
      await expect(page.locator("#mobile")).toHaveCount(0);
      await expect(page.locator("#bankCode option")).toHaveCount(98);
      await fill(page, { amount: "10.001", name: "张三丰", number: NUMBER, province: "江苏", city: "苏州" });
      await page.locator("#bankCode").selectOption({ index: 2 });
      await press(page, "check");
      await expect(page.locator("#amount-error")).toContainText("小数位数");
      await expect(page.locator("#number")).toHaveValue(NUMBER);
      await page.locator("#amount").fill("10.50");
      await press(page, "check");
      const confirm = page.locator("form [role=status]");
      await expect(confirm).toContainText("10.50");
      await expect(confirm).toContainText("张三丰");
      await expect(confirm).toContainText("6222 0202 0001 2345 678");
      await expect(confirm).toContainText("中国工商银行");
      expect(await ledger.query("select id from payouts where merchant_id = $1", [shop.id])).toHaveLength(0);
      await press(page, "send");
      await page.waitForURL(/\/payouts\/pyt_/);
      expect(page.url()).not.toContain(NUMBER);
      await expect(page.locator("main")).toContainText("张**");
      await expect(page.locator("main")).toContainText("•••• 5678");
      await expect(page.locator("main")).not.toContainText("张三丰");
      const paid = page.locator("section[aria-labelledby=history]", { hasText: "已付款" });
      await expect(async () => {
        if ((await paid.count()) === 0) await page.getByRole("button", { name: "立即向通道查询" }).click({ timeout: 2000 });
        await expect(paid).toBeVisible({ timeout: 2000 });
      }).toPass({ timeout: 30_000 });
      const [row] = await ledger.query<{ state: string; amount: string; account_id: string; recipient: string }>(
        "select state, amount::text, account_id, recipient from payouts where merchant_id = $1",
        [shop.id],
      );
      expect(row).toMatchObject({ state: "paid", amount: "1050", account_id: accountId });
      expect(row?.recipient).not.toContain("张三丰");
      await page.goto("/dashboard/payouts");
      await expect(page.locator("table")).toContainText("•••• 5678");
      await page
        .getByRole("button", { name: /查询余额/ })
        .first()
        .click();
      await expect(page.locator("section[aria-labelledby=balances] dl").first()).toContainText("¥");
    });
  });
}

test("a double click on the last button pays once", async ({ page, control, ledger, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  await earn(database, control, "fengniao", server.publicUrl);
  const account = await addAccount(database, server.publicUrl, shop, "fengniao");
  await signIn(
    page,
    await hire(database, { merchantId: shop.id, role: "owner" }),
    `/dashboard/payouts/new?account=${account}&channel=unionpay`,
  );
  await fill(page, { amount: "1", name: "李四", number: NUMBER, mobile: "13800138000", remark: "货款" });
  await press(page, "check");
  await page.locator("button[name=intent][value=send]").dblclick();
  await page.waitForURL(/\/payouts\/pyt_/);
  await expect(page.locator("section[aria-labelledby=history]")).toContainText("通道已受理");
  expect(await ledger.query("select id from payouts where merchant_id = $1", [shop.id])).toHaveLength(1);
});

test("a company needs its bank's clearing number and name; where a gateway has two channels one is chosen", async ({
  page,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  await addAccount(database, server.publicUrl, shop, "fengniao");
  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), "/dashboard/payouts/new");
  await page.getByRole("link", { name: /商户余额/ }).click();
  await page.locator("input[name=kind][value=company]").check();
  await fill(page, { amount: "20", name: "某某有限公司", number: REFUSED_LATER, mobile: "13800138000" });
  await press(page, "check");
  await expect(page.locator("#remark-error")).toBeVisible();
  await expect(page.locator("#bankCode-error")).toBeVisible();
  await expect(page.locator("#bankName-error")).toBeVisible();
  await expect(page.locator("input[name=kind][value=company]")).toBeChecked();
  await fill(page, { bankCode: "102100099996", bankName: "中国工商银行北京分行", remark: "货款" });
  await press(page, "check");
  await expect(page.locator("form [role=status]")).toContainText("企业");
  await press(page, "change");
  await expect(page.locator("#name")).toHaveValue("某某有限公司");
});

test("an admin sees payouts and sends none; an operator sees none; a shop without a channel is told so", async ({
  page,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "admin" }), "/dashboard/payouts");
  await expect(page.getByRole("heading", { name: "没有能付款的账户" })).toBeVisible();
  await addAccount(database, server.publicUrl, shop, "xxpay");
  await page.reload();
  await expect(page.getByRole("heading", { name: "没有付款" })).toBeVisible();
  await expect(page.getByRole("link", { name: "新付款" })).toHaveCount(0);
  await page.goto("/dashboard/payouts/new");
  await expect(page.getByRole("heading", { name: "您的角色无此权限" })).toBeVisible();
  await page.context().clearCookies();
  await signIn(page, await hire(database, { merchantId: shop.id, role: "operator" }), "/dashboard/payouts");
  await expect(page.getByRole("heading", { name: "您的角色无此权限" })).toBeVisible();
});

test("payouts are accessible in each language and fit a phone", async ({ page, ledger, database, server }) => {
  test.slow();
  const shop = await openShop(database, server.publicUrl);
  const account = await addAccount(database, server.publicUrl, shop, "fengniao");
  const person = await hire(database, { merchantId: shop.id, role: "owner" });
  await signIn(page, person, `/dashboard/payouts/new?account=${account}&channel=merchant`);
  await fill(page, { amount: "1", name: "李四", number: NUMBER, mobile: "13800138000", remark: "货款" });
  await press(page, "check");
  await press(page, "send");
  await page.waitForURL(/\/payouts\/pyt_/);
  for (const screen of [page.url(), "/dashboard/payouts", `/dashboard/payouts/new?account=${account}&channel=merchant`]) {
    await page.goto(screen);
    for (const locale of LOCALES) {
      await ledger.query("update users set locale = $2 where id = $1", [person.id, locale]);
      await dress(page, { theme: locale === "zh-HK" ? "dark" : "light", locale }, server.publicUrl);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expectAccessible(page, `${screen} ${locale}`);
    }
    await page.setViewportSize({ width: 360, height: 780 });
    await expectFits(page, screen);
    await page.setViewportSize({ width: 1280, height: 800 });
  }
});
