import { createKey } from "#lib/api/keys.ts";
import { expect, test } from "../fixtures.ts";
import { flushed } from "../support/flushed.ts";
import { dress, expectAccessible, expectFits, LOCALES, recolour } from "../support/looks.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";

const KEYS = "/dashboard/developers/keys";
const SHOTS = process.env.SHOTS;

test("a key is made, shown once, used, seen in the log, rolled and revoked", async ({ page, request, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "admin" }, "en"), `${KEYS}/new?lang=en`);
  await page.getByRole("button", { name: "Make key" }).click();
  await expect(page.locator("#name-error")).toBeVisible();
  await page.getByLabel("Name").fill("Till server");
  await page.getByRole("button", { name: "Make key" }).click();
  const secret = (await page.locator("code").first().textContent()) ?? "";
  expect(secret).toMatch(/^sk_test_[0-9a-z]{26}$/);
  const call = (key: string) => request.get("/api/v1/orders?colour=red", { headers: { authorization: `Bearer ${key}` } });
  expect((await call(secret)).status()).toBe(400);

  await page.getByRole("link", { name: "Open the key’s page" }).click();
  await expect(page.getByText(`sk_test_…${secret.slice(-4)}`)).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  await flushed(database, shop.id);
  await page.getByRole("link", { name: "Its requests" }).click();
  await page.getByRole("link", { name: "GET /orders?colour=red" }).click();
  await expect(page.getByText("parameter_unknown").first()).toBeVisible();
  await expect(page.getByText("colour").first()).toBeVisible();

  await page.goBack();
  await page.goto(KEYS);
  await page.getByRole("link", { name: "Till server" }).click();
  await page.getByLabel("The old key goes on for").selectOption("24");
  await page.getByRole("button", { name: "Roll" }).click();
  const fresh = (await page.locator("code").first().textContent()) ?? "";
  expect([(await call(secret)).status(), (await call(fresh)).status()]).toEqual([400, 400]);
  await page.getByRole("link", { name: "Open the key’s page" }).click();
  await page.getByRole("button", { name: "Revoke this key" }).click();
  await expect(page.getByRole("status")).toContainText("revoked");
  expect([(await call(secret)).status(), (await call(fresh)).status()]).toEqual([400, 401]);
});

test("who may only look makes no key, and another merchant's key and request are not found", async ({
  page,
  request,
  database,
  server,
  watch,
}) => {
  const [shop, other] = [await openShop(database, server.publicUrl), await openShop(database, server.publicUrl)];
  await signIn(page, await hire(database, { merchantId: shop.id, role: "viewer" }, "en"), `${KEYS}?lang=en`);
  await expect(page.getByRole("heading", { name: "No key yet" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Make a key" })).toHaveCount(0);
  await page.goto(`${KEYS}/new`);
  await expect(page.getByLabel("Name")).toHaveCount(0);
  const { id, requestId } = await usedKey(database, request, other.id);
  watch.allow(/^404 GET .*\/(keys|requests)\//);
  for (const address of [`${KEYS}/${id}`, `/dashboard/developers/requests/${requestId}`]) {
    const answer = await page.goto(address);
    expect(answer?.status(), address).toBe(404);
  }
  await page.goto(`/dashboard/developers/requests?id=${requestId}`);
  await expect(page.locator("main").getByRole("alert")).toContainText("No request of this merchant");
});

test("keys, requests and the reference are accessible in both themes, and fit a phone", async ({ page, request, database, server }) => {
  test.setTimeout(120_000);
  const shop = await openShop(database, server.publicUrl);
  const { id, requestId } = await usedKey(database, request, shop.id);
  const person = await hire(database, { merchantId: shop.id, role: "owner" });
  await signIn(page, person);
  const requests = "/dashboard/developers/requests";
  const pages = [KEYS, `${KEYS}/new`, `${KEYS}/${id}`, requests, `${requests}/${requestId}`, "/docs/api?q=refund"];
  for (const [index, address] of pages.entries()) {
    await page.goto(address);
    const name = address
      .replaceAll("/", "_")
      .replaceAll(/_(key|req)_\w+/g, "_one")
      .replace("?q=refund", "");
    // A search: the whole page is the same pieces thirty times over, and axe looks at each.
    const reference = address.startsWith("/docs/api");
    // Each language on some pages: what can break an axe rule is the same in all three. Pictures are of all.
    const locales = reference ? (["en"] as const) : SHOTS ? LOCALES : ([LOCALES[index % LOCALES.length] ?? "en"] as const);
    for (const [turn, locale] of locales.entries()) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await dress(page, { theme: "light", locale }, server.publicUrl);
      if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}-${locale}-light.png`, fullPage: !reference });
      if (turn > 0) continue;
      await expectAccessible(page, `${address} light ${locale}`);
      await recolour(page, "dark");
      if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}-${locale}-dark.png` });
      await expectAccessible(page, `${address} dark`, "colours");
      await page.setViewportSize({ width: 360, height: 780 });
      if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}-${locale}-phone.png`, fullPage: !reference });
      await expectFits(page, `${address} on a phone`);
    }
  }
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the reference is whole, and its search answers", async ({ page }) => {
    const asked: string[] = [];
    page.on("request", (one) => asked.push(one.url()));
    await page.goto("/docs/api");
    await expect(page.getByRole("heading", { name: "Create an order", exact: true })).toBeVisible();
    await expect(page.locator("#problem-refund_exceeds")).toContainText("409");
    await page.getByRole("searchbox").fill("refund");
    await page.getByRole("button", { name: "Search" }).click();
    await expect(page.getByRole("heading", { name: "Refund a payment" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Create a checkout link" })).toHaveCount(0);
    const origin = new URL(page.url()).origin;
    expect(asked.filter((url) => !url.startsWith(origin) && !url.startsWith("data:"))).toEqual([]);
  });
});

async function usedKey(
  database: Parameters<typeof flushed>[0],
  request: { post: (url: string, options: object) => Promise<{ headers(): Record<string, string> }> },
  merchantId: string,
): Promise<{ id: string; requestId: string }> {
  const made = await createKey({ merchantId, live: false, name: "收银台", scopes: ["orders:write"], createdBy: "e2e" }, database);
  if (!made.ok) throw new Error("no key");
  const answer = await request.post("/api/v1/orders", {
    headers: { authorization: `Bearer ${made.value.secret}` },
    data: { amount: "88.00", currency: "HKD", title: "Tea", card_number: "4111111111111111" },
  });
  await flushed(database, merchantId);
  return { id: made.value.id, requestId: answer.headers()["request-id"] ?? "" };
}
