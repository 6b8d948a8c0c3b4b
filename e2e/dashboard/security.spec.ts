import type { Page } from "@playwright/test";
import { STEP_SECONDS, totpCode } from "#lib/crypto/totp.ts";
import { expect, test } from "../fixtures.ts";
import { expectAccessible } from "../support/looks.ts";
import { hire, type Person, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";
import { BLOCKED_SCRIPT } from "../support/watch.ts";

const HERE = "/dashboard/security";

/** The first step of a sign-in: it ends at the question for a code, not in the dashboard. */
async function firstStep(page: Page, person: Person): Promise<void> {
  await page.goto(`/sign-in?next=${HERE}`);
  await page.locator("input[name=email]").fill(person.email);
  await page.locator("input[name=password]").fill(person.password);
  await page.locator("form:has(input[name=password]) button[type=submit]").click();
  await expect(page).toHaveURL(/\/sign-in\/code/);
}

async function enter(page: Page, code: string): Promise<void> {
  await page.locator("input[name=code]").fill(code);
  await page.locator("form:has(input[name=code]) button[type=submit]").click();
}

test("two-step sign-in: switched on, asked for, a recovery code in its place, and another browser thrown out", async ({
  page,
  browser,
  baseURL,
  database,
  watch,
}) => {
  const person = await hire(database, { merchantId: "mer_demo", role: "operator" });
  await signIn(page, person, HERE);
  await page.locator("#content").getByRole("link", { name: "开启两步登录" }).click();
  const secret = (await page.locator("ol code").innerText()).replaceAll(" ", "");
  const now = Math.floor(Date.now() / 1000 / STEP_SECONDS);
  await enter(page, "000000");
  await expect(page.locator("#code-error")).toBeVisible();
  await enter(page, totpCode(secret, now));
  const listed = page.locator("[data-print] li");
  await expect(listed).toHaveCount(10);
  const codes = await listed.allInnerTexts();
  await expectAccessible(page, "recovery codes");
  await page.getByRole("complementary").locator("summary").click();
  await page.getByRole("button", { name: "退出" }).click();
  await expect(page).toHaveURL(/\/sign-in\?said/);

  watch.allow(BLOCKED_SCRIPT);
  const plain = await browser.newContext({ javaScriptEnabled: false, locale: "zh-CN", ...(baseURL && { baseURL }) });
  watch.follow(plain);
  const other = await plain.newPage();
  await firstStep(other, person);
  // Neither the half-done sign-in nor next-auth's own route is a way around the code.
  const { csrfToken } = (await (await plain.request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const { email, password } = person;
  const around = await plain.request.post("/api/auth/callback/credentials", { form: { csrfToken, email, password, json: "true" } });
  expect(await around.text()).toContain("code_needed");
  await other.goto(HERE);
  await expect(other).toHaveURL(/\/sign-in\?next/);
  await other.goto(`/sign-in/code?next=${HERE}`);
  await enter(other, totpCode(secret, now));
  await expect(other.locator("#code-error")).toBeVisible();
  await enter(other, totpCode(secret, now + 1));
  await expect(other).toHaveURL(new RegExp(`${HERE}$`));

  await firstStep(page, person);
  await enter(page, codes[0] ?? "");
  await expect(page).toHaveURL(new RegExp(`${HERE}$`));
  await expect(page.locator("#content")).toContainText("还剩 9 个恢复码");
  await expect(page.getByRole("row").filter({ hasText: "用恢复码登录成功" })).toHaveCount(1);
  await page
    .getByRole("form", { name: /^结束 / })
    .getByRole("button")
    .click();
  await expect(page.getByRole("status")).toContainText("该登录已结束");
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in\?next/);
  await plain.close();
});

test("who is asked to switch it on does so first, without JavaScript, and gets the recovery codes", async ({
  browser,
  baseURL,
  database,
  server,
  ledger,
  watch,
}) => {
  watch.allow(BLOCKED_SCRIPT);
  const shop = await openShop(database, server.publicUrl);
  await ledger.query("update merchants set require_totp = true where id = $1", [shop.id]);
  const plain = await browser.newContext({ javaScriptEnabled: false, locale: "zh-CN", ...(baseURL && { baseURL }) });
  watch.follow(plain);
  const page = await plain.newPage();
  await signIn(page, await hire(database, { merchantId: shop.id, role: "viewer" }), "/dashboard/orders");
  await expect(page).toHaveURL(new RegExp(`${HERE}/two-step`));
  const secret = (await page.locator("ol code").innerText()).replaceAll(" ", "");
  await enter(page, totpCode(secret, Math.floor(Date.now() / 1000 / STEP_SECONDS)));
  await expect(page.locator("[data-print] li")).toHaveCount(10);
  await page.goto("/dashboard/orders");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("订单");
  await plain.close();
});
