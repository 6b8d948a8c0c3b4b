import { randomInt } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { dress, expectAccessible, expectFits, LOCALES } from "../support/looks.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";
import { BLOCKED_SCRIPT } from "../support/watch.ts";

/** What the scanner reads from a WeChat wallet; the last two digits say what its shopper does (lib/sandbox/codes.ts). */
const PAYS = "99";
const ASKS = "01";
const HAS_NO_MONEY = "02";
const code = (ending: string) => `13${String(randomInt(10 ** 7, 10 ** 8))}${String(randomInt(10 ** 5, 10 ** 6))}${ending}`;

/** A keyboard-wedge scanner: types wherever the focus is, quickly, and ends with Enter. */
async function scan(page: Page, digits: string): Promise<void> {
  await page.keyboard.type(digits);
  await page.keyboard.press("Enter");
}

async function enter(page: Page, amount: string, digits: string): Promise<void> {
  await expect(page.locator("#amount")).toBeFocused();
  await page.keyboard.type(amount);
  await page.keyboard.press("Enter");
  await expect(page.locator("#code")).toBeFocused();
  await scan(page, digits);
}

const state = (page: Page, name: string) => expect(page.locator(`[data-scan=${name}]`)).toBeVisible();

test("a cashier enters an amount, scans, sees the money come in, and Enter leads to the next customer", async ({
  page,
  ledger,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "operator" }), "/dashboard/counter");
  await page.locator("#currency").selectOption("HKD");
  await page.locator("#amount").focus();
  const digits = code(PAYS);
  await enter(page, "12.50", digits);
  await page.waitForURL(/\/counter\/ord_/);
  await state(page, "paid");
  await expect(page.getByRole("heading", { name: "收款成功" })).toBeVisible();
  await expect(page.locator("[data-scan=paid]")).toContainText("12.50");
  expect(page.url()).not.toContain(digits);
  expect(await page.content()).not.toContain(digits);
  const [order] = await ledger.query<{ state: string; amount: string; currency: string; method: string }>(
    `select o.state, o.amount::text, o.currency, a.method from orders o join attempts a on a.order_id = o.id where o.merchant_id = $1`,
    [shop.id],
  );
  expect(order).toEqual({ state: "paid", amount: "1250", currency: "HKD", method: "wechat.barcode" });

  await expect(page.getByRole("button", { name: "下一位顾客" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/dashboard\/counter\?/);
  await expect(page.locator("#currency")).toHaveValue("HKD");
  await expect(page.locator("#amount")).toBeFocused();
  await expect(page.locator("#amount")).toHaveValue("");
});

test("while the shopper enters the password the page counts down, and follows to paid by itself", async ({
  page,
  control,
  ledger,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), "/dashboard/counter?currency=HKD");
  await enter(page, "8", code(ASKS));
  await state(page, "waiting");
  await expect(page.getByRole("heading", { name: "顾客正在输入密码" })).toBeVisible();
  await expect(page.getByRole("timer")).toContainText(/还剩 \d+ 秒/);
  const [attempt] = await ledger.query<{ gateway_order_no: string }>("select gateway_order_no from attempts where merchant_id = $1", [
    shop.id,
  ]);
  await control.pay(attempt?.gateway_order_no ?? "");
  await state(page, "paid");
  await expect(page.getByRole("button", { name: "下一位顾客" })).toBeFocused();
});

test("a shopper without money: the reason is said, and another code pays the same order", async ({ page, ledger, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), "/dashboard/counter?currency=HKD");
  await enter(page, "9", code(HAS_NO_MONEY));
  await state(page, "failed");
  await expect(page.locator("[data-scan=failed] [role=status]")).toContainText("没有扣款");
  await expect(page.locator("#code")).toBeFocused();
  await scan(page, code(PAYS));
  await state(page, "paid");
  expect(await ledger.query("select id from orders where merchant_id = $1", [shop.id])).toHaveLength(1);
});

test("when the time has run out and the gateway cannot close it, the page says not to charge again and asks on", async ({
  page,
  control,
  ledger,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), "/dashboard/counter?currency=HKD");
  await enter(page, "7", code(ASKS));
  await state(page, "waiting");
  await ledger.query(
    `update attempts set created_at = created_at - interval '61 seconds', close_due_at = now(), next_sweep_at = now() where merchant_id = $1`,
    [shop.id],
  );
  await expect(page.locator("[data-scan=unconfirmed]")).toBeVisible({ timeout: 30_000 });
  await expect(page.locator("[data-scan=unconfirmed]")).toContainText("请勿再次收款");
  const [attempt] = await ledger.query<{ gateway_order_no: string }>("select gateway_order_no from attempts where merchant_id = $1", [
    shop.id,
  ]);
  await control.pay(attempt?.gateway_order_no ?? "");
  await state(page, "paid");
});

test("what is no payment code is refused in words and shown nowhere; nothing is made of it", async ({ page, ledger, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), "/dashboard/counter?currency=HKD");
  await enter(page, "8.80", "https://example.com/menu");
  await expect(page.locator("#code-error")).toContainText("不全是数字");
  await expect(page.locator("#code")).toHaveValue("");
  await expect(page.locator("#code")).toBeFocused();
  await scan(page, "6201234567890123456");
  await expect(page.locator("#code-error")).toContainText("不是微信");
  await page.locator("#amount").fill("");
  await page.locator("#amount").focus();
  const digits = code(PAYS);
  await page.keyboard.type(digits);
  await page.getByRole("button", { name: "收款", exact: true }).click();
  await expect(page.locator("#amount-error")).toContainText("付款码扫到了金额栏");
  await expect(page.locator("#amount")).toHaveValue("");
  expect(await page.content()).not.toContain(digits);
  expect(await ledger.query("select id from orders where merchant_id = $1", [shop.id])).toHaveLength(0);
});

test("a scanner that sends Enter twice charges once", async ({ page, ledger, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), "/dashboard/counter?currency=HKD");
  await page.locator("#amount").fill("5");
  await page.locator("#code").fill(code(PAYS));
  await page.locator("#code").focus();
  await Promise.all([page.keyboard.press("Enter"), page.keyboard.press("Enter")]);
  await state(page, "paid");
  expect(await ledger.query("select id from attempts where merchant_id = $1", [shop.id])).toHaveLength(1);
});

test("the camera reads a code when the browser can, once somebody asks for it", async ({ page, database, server }) => {
  const digits = code(PAYS);
  await page.addInitScript((read) => {
    class BarcodeDetector {
      seen = 0;
      async detect() {
        this.seen += 1;
        return this.seen < 3 ? [{ rawValue: "https://example.com" }] : [{ rawValue: read }];
      }
    }
    Object.assign(window, { BarcodeDetector });
    const canvas = document.createElement("canvas");
    // A picture that never changes is no stream: the video would wait for its first frame.
    const pen = canvas.getContext("2d");
    setInterval(() => pen?.fillRect(Math.random() * 300, 0, 9, 9), 100);
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(5);
  }, digits);
  const shop = await openShop(database, server.publicUrl);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), "/dashboard/counter?currency=HKD");
  await page.locator("#amount").fill("6.60");
  await expect(page.locator("video")).toHaveCount(0);
  await page.getByRole("button", { name: "用摄像头扫描" }).click();
  await state(page, "paid");
  expect(page.url()).not.toContain(digits);
});

test("a viewer has no counter, and a shop without payment codes is told so", async ({ page, ledger, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "viewer" }), "/dashboard/counter");
  await expect(page.getByRole("heading", { name: "您的角色无此权限" })).toBeVisible();
  await expect(page.getByRole("link", { name: "柜台收款" })).toHaveCount(0);
  await page.context().clearCookies();
  await ledger.query("update gateway_accounts set active = false where merchant_id = $1", [shop.id]);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), "/dashboard/counter");
  await expect(page.getByRole("heading", { name: "没有能扫付款码的账户" })).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("amount, then code, then a page that loads itself anew", async ({ page, control, ledger, database, server, watch }) => {
    watch.allow(BLOCKED_SCRIPT);
    const shop = await openShop(database, server.publicUrl);
    await signIn(page, await hire(database, { merchantId: shop.id, role: "operator" }), "/dashboard/counter?currency=HKD");
    await page.locator("#amount").fill("3.30");
    await page.locator("#amount").press("Enter");
    await expect(page.locator("#code-error")).toContainText("请扫描顾客的付款码");
    await expect(page.locator("#amount")).toHaveValue("3.30");
    await page.locator("#code").fill(code(ASKS));
    await page.locator("#code").press("Enter");
    await state(page, "waiting");
    const [attempt] = await ledger.query<{ gateway_order_no: string }>("select gateway_order_no from attempts where merchant_id = $1", [
      shop.id,
    ]);
    await control.pay(attempt?.gateway_order_no ?? "");
    await state(page, "paid");
  });
});

test("the counter is accessible in each language and fits a phone, whatever it says", async ({ page, ledger, database, server }) => {
  test.slow();
  const shop = await openShop(database, server.publicUrl);
  const person = await hire(database, { merchantId: shop.id, role: "owner" });
  const looks = async (name: string) => {
    for (const locale of LOCALES) {
      await ledger.query("update users set locale = $2 where id = $1", [person.id, locale]);
      await dress(page, { theme: locale === "zh-HK" ? "dark" : "light", locale }, server.publicUrl);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expectAccessible(page, `${name} ${locale}`);
    }
    await page.setViewportSize({ width: 360, height: 780 });
    await expectFits(page, name);
    await page.setViewportSize({ width: 1280, height: 800 });
    await dress(page, { theme: "light", locale: "zh-CN" }, server.publicUrl);
  };
  await signIn(page, person, "/dashboard/counter?currency=HKD");
  await looks("form");
  for (const [ending, name] of [
    [PAYS, "paid"],
    [HAS_NO_MONEY, "failed"],
    [ASKS, "waiting"],
  ] as const) {
    await page.goto("/dashboard/counter?currency=HKD");
    await enter(page, "4.40", code(ending));
    await state(page, name);
    await looks(name);
  }
});
