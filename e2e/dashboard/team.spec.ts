import { openOrder } from "#lib/payments/open-order.ts";
import { expect, test } from "../fixtures.ts";
import { readAudit } from "../support/audit.ts";
import { dress, expectAccessible, expectFits, NARROW } from "../support/looks.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";

test("an owner invites an operator, who comes in by the link and sees this merchant and no other", async ({
  page,
  browser,
  database,
  server,
  watch,
}) => {
  const [shop, other] = [await openShop(database, server.publicUrl), await openShop(database, server.publicUrl)];
  const orderOf = async ({ id: merchantId }: typeof shop, reference: string) => {
    const amount = { minor: 8_800n, currency: "HKD" } as const;
    const opened = await openOrder({ merchantId, reference, amount, title: "Tea", live: false, actor: "shop" }, database);
    if (!opened.ok) throw new Error(opened.problem.code);
    return opened.value.id;
  };
  const [ours, theirs] = [await orderOf(shop, "OURS-1"), await orderOf(other, "THEIRS-1")];
  const stranger = await hire(database, { merchantId: other.id, role: "owner" });

  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), "/dashboard/team");
  await dress(page, { theme: "light", locale: "en" }, server.publicUrl);
  await page.getByRole("link", { name: "Invite someone" }).click();
  await page.getByRole("button", { name: "Make the invitation" }).click();
  await expect(page.getByText("Choose a role.")).toBeVisible();
  const email = `till-${shop.slug}@example.com`;
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("radio", { name: /^Operator/ }).check();
  await expectAccessible(page, "invite");
  await page.getByRole("button", { name: "Make the invitation" }).click();
  const link = (await page.locator("code").textContent()) ?? "";
  expect(link).toMatch(new RegExp(`^${server.publicUrl}/invite/[0-9a-z]{26}$`));

  const operator = await browser.newContext({ locale: "en" });
  watch.follow(operator);
  const till = await operator.newPage();
  await till.goto(link);
  await expect(till.getByRole("heading", { name: `Join ${shop.name}` })).toBeVisible();
  await till.setViewportSize({ width: NARROW[0], height: 780 });
  await expectFits(till, "invitation, narrow");
  await expectAccessible(till, "invitation");
  await till.setViewportSize({ width: 1280, height: 800 });
  await till.getByLabel("Your name").fill("Mei");
  await till.getByLabel("Password", { exact: true }).fill("a tin of ceylon tea");
  await till.getByLabel("Password again").fill("a tin of ceylon tee");
  await till.getByRole("button", { name: "Join" }).click();
  await expect(till.locator("#again-error")).toBeVisible();
  await expect(till.getByLabel("Your name")).toHaveValue("Mei");
  await till.getByLabel("Password", { exact: true }).fill("a tin of ceylon tea");
  await till.getByLabel("Password again").fill("a tin of ceylon tea");
  await till.getByRole("button", { name: "Join" }).click();
  await expect(till).toHaveURL(/\/dashboard$/);

  // Its own merchant's orders, and nobody else's: neither in the list nor by any address.
  await till.goto("/dashboard/orders");
  await expect(till.getByRole("link", { name: "OURS-1" }).first()).toBeVisible();
  await expect(till.getByText("THEIRS-1")).toHaveCount(0);
  await till.goto(`/dashboard/orders?merchant=${other.id}&number=THEIRS-1`);
  await expect(till.getByText(theirs)).toHaveCount(0);
  const words = async (address: string) => {
    const answer = await operator.request.get(address);
    return { status: answer.status(), text: await answer.text() };
  };
  expect((await words(`/dashboard/orders/${ours}`)).text).toContain("OURS-1");
  const [foreign, unknown] = [await words(`/dashboard/orders/${theirs}`), await words("/dashboard/orders/ord_nobodys")];
  expect(foreign.status).toBe(unknown.status);
  for (const address of [
    `/dashboard/orders/${theirs}`,
    `/dashboard/orders/${theirs}/refund`,
    `/dashboard/team/${stranger.id}`,
    `/dashboard/settings/preview?merchant=${other.id}`,
    `/dashboard/merchants/${other.id}`,
  ]) {
    const { text } = await words(address);
    expect(text, address).not.toContain("THEIRS-1");
    expect(text, address).not.toContain(other.name);
    expect(text, address).not.toContain(stranger.email);
  }
  await till.goto("/dashboard/settings");
  await expect(till.getByRole("heading", { name: "Your role does not allow this" })).toBeVisible();

  await page.goto("/dashboard/team");
  await expect(page.getByRole("row").filter({ hasText: email })).toContainText("Operator");
  await expectAccessible(page, "team");
  await readAudit(page, { who: "测试员", did: "invited somebody", facts: ["operator"] });
  await readAudit(page, { who: "Mei", did: "joined the team" });
  await operator.close();
});

test("settings show the checkout as it will be, with and without JavaScript, and refuse what is no picture", async ({
  page,
  browser,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  const owner = await hire(database, { merchantId: shop.id, role: "owner" });
  await signIn(page, owner, "/dashboard/settings");
  await dress(page, { theme: "light", locale: "en" }, server.publicUrl);
  const preview = page.frameLocator("iframe");
  await expect(preview.getByText(shop.name)).toBeVisible();
  // The picker comes with the page's script; what is typed before that draws no preview by itself.
  await expect(page.locator("input[type=color]")).toBeVisible();
  await page.getByLabel("Display name").fill("Mei Wah");
  await page.getByLabel("Colour", { exact: true }).fill("#ffee00");
  await expect(preview.getByText("Mei Wah")).toBeVisible();
  await expect(page.getByText(/Shown as #/)).toBeVisible();
  await page.locator("input[type=file]").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: Buffer.from("<svg/>") });
  await page.getByRole("button", { name: "Upload the logo" }).click();
  await expect(page.locator("#logo-error")).toContainText("no PNG, JPEG or WebP");
  await page.locator("input[type=file]").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: Buffer.from(PIXEL, "base64") });
  await page.getByRole("button", { name: "Upload the logo" }).click();
  await expect(preview.locator("img.logo")).toBeVisible();
  await page.locator("#brand").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  const answer = await page.request.get(`/l/${shop.slug}`);
  const address = /\/api\/logos\/lgo_[0-9a-z]{26}/.exec(await answer.text())?.[0] ?? "";
  const logo = await page.request.get(address);
  expect(logo.headers()).toMatchObject({ "content-type": "image/png", "x-content-type-options": "nosniff" });
  expect(logo.headers()["cache-control"]).toContain("immutable");
  await expectAccessible(page, "settings");
  await page.setViewportSize({ width: NARROW[0], height: 780 });
  await expectFits(page, "settings, narrow");

  const plain = await browser.newContext({ javaScriptEnabled: false, locale: "en", storageState: await page.context().storageState() });
  const still = await plain.newPage();
  await still.goto(`${server.publicUrl}/dashboard/settings`);
  await still.getByLabel("Display name").fill("Harbour Tea");
  await still.getByRole("button", { name: "Show in the preview" }).click();
  await expect(still.frameLocator("iframe").getByText("Harbour Tea")).toBeVisible();
  await expect(still.getByLabel("Display name")).toHaveValue("Harbour Tea");
  await plain.close();
});

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
