import { resetPassword } from "#db/seed.ts";
import { expect, test } from "../fixtures.ts";
import { hire, signInByForm } from "../support/person.ts";
import { BLOCKED_SCRIPT } from "../support/watch.ts";

test("the admin comes in with the one-time password, must choose another, and the first one is worthless then", async ({
  page,
  context,
  server,
  database,
  ledger,
}) => {
  const email = server.admin.email;
  const [admin] = await ledger.query<{ first: boolean }>("select must_change_password as first from users where email = $1", [email]);
  const once = admin?.first ? server.admin.password : ((await resetPassword(database, email, { twoStepOff: false }))?.password ?? "");
  await signInByForm(page, { email, password: once });
  await expect(page).toHaveURL(/\/change-password$/);
  await page.goto("/dashboard/orders");
  await expect(page).toHaveURL(/\/change-password$/);

  const chosen = "a counter of oak and brass";
  const change = async (current: string, next: string, again: string) => {
    await page.locator("input[name=current]").fill(current);
    await page.locator("input[name=next]").fill(next);
    await page.locator("input[name=again]").fill(again);
    await page.locator("form:has(input[name=next]) button[type=submit]").click();
  };
  await change(once, "short", "short");
  await expect(page.locator("#next-error")).toBeVisible();
  await change(once, chosen, `${chosen}!`);
  await expect(page.locator("#again-error")).toBeVisible();
  await change("not the one", chosen, chosen);
  await expect(page.locator("#current-error")).toBeVisible();
  await change(once, chosen, chosen);
  await expect(page).toHaveURL(/\/dashboard/);
  await expect(page.locator("h1")).toBeVisible();

  await context.clearCookies();
  await page.goto("/sign-in");
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(once);
  await page.locator("form:has(input[name=password]) button[type=submit]").click();
  await expect(page.locator("form:has(input[name=password])")).toContainText("邮箱或密码不正确");
  await signInByForm(page, { email, password: chosen });
  await expect(page).toHaveURL(/\/dashboard/);
});

test("nobody gets in by an address: each screen sends to sign in and back to itself", async ({ page, database }) => {
  const person = await hire(database, { merchantId: "mer_demo", role: "viewer" });
  await page.goto("/dashboard/orders?state=paid");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signInByForm(page, person, "/dashboard/orders?state=paid");
  await expect(page).toHaveURL(/\/dashboard\/orders\?state=paid/);
});

test("a next address elsewhere is not followed", async ({ page, database }) => {
  const person = await hire(database, { merchantId: "mer_demo", role: "viewer" });
  await signInByForm(page, person, "https://evil.example/dashboard");
  await expect(page).toHaveURL(/\/dashboard$/);
});

test("five wrong passwords close the door for that e-mail, in words", async ({ page, database }) => {
  const person = await hire(database, { merchantId: "mer_demo", role: "viewer" });
  await page.goto("/sign-in");
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await page.locator("input[name=email]").fill(person.email);
    await page.locator("input[name=password]").fill("wrong wrong wrong");
    await page.locator("form:has(input[name=password]) button[type=submit]").click();
    // The form gives the password back to nobody: an emptied field is an answered try.
    await expect(page.locator("input[name=password]")).toHaveValue("");
  }
  await expect(page.locator("form:has(input[name=password])")).toContainText("失败次数过多");
});

test("signing out ends the session itself: a copy of the cookie is worthless", async ({ page, context, database }) => {
  const person = await hire(database, { merchantId: "mer_demo", role: "viewer" });
  await signInByForm(page, person);
  const kept = await context.cookies();
  await page.getByRole("complementary").locator("summary").click();
  await page.getByRole("button", { name: "退出" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await context.addCookies(kept);
  await page.goto("/dashboard");
  await expect(page).toHaveURL(/\/sign-in/);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("signing in works, and a wrong password is said", async ({ page, database, watch }) => {
    watch.allow(BLOCKED_SCRIPT);
    const person = await hire(database, { merchantId: "mer_demo", role: "viewer" });
    await page.goto("/sign-in");
    await page.locator("input[name=email]").fill(person.email);
    await page.locator("input[name=password]").fill("wrong wrong wrong");
    await page.locator("form:has(input[name=password]) button[type=submit]").click();
    await expect(page.locator("form:has(input[name=password])")).toContainText("邮箱或密码不正确");
    await expect(page.locator("input[name=email]")).toHaveValue(person.email);
    await signInByForm(page, person);
    await expect(page).toHaveURL(/\/dashboard$/);
  });
});
