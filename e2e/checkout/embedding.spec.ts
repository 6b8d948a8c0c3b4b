import { expect, test } from "../fixtures.ts";
import { choose, expectView, openOrder, PHONE } from "../support/checkout.ts";
import { openShop } from "../support/shop.ts";
import { checkoutFrame, expectStrangersUnheard, framedToken, openShopPage, serveExample, told } from "../support/shop-page.ts";

const SHOP = "https://shop.example";

test("a shop's page shows the checkout over itself in the page's language, is told by a hint that it is paid, and has its focus back", async ({
  page,
  context,
  control,
  database,
  ledger,
  server,
}) => {
  const { slug } = await openShop(database, server.publicUrl, { merchant: { embedOrigins: [SHOP] } });
  await openShopPage(page, SHOP, server.publicUrl, `<shouyin-button link="${slug}" lang="zh-TW"></shouyin-button>`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const checkout = checkoutFrame(page);
  await expectView(checkout, "link");
  await expect(page.getByRole("dialog", { name: "收銀台" })).toBeVisible();
  await expect(page.getByText("正在開啟收銀台…")).toBeHidden();
  await checkout.locator("form.link-form button[type=submit]").click();
  await choose(checkout, "wechat.native");
  await expectView(checkout, "waiting", "qr");
  await expect(checkout.locator("html")).toHaveAttribute("lang", "zh-HK");
  await expectStrangersUnheard(page, server.publicUrl);
  const token = await framedToken(page);
  await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  await expectView(checkout, "paid");
  const { id } = await ledger.order(token);
  const result = { state: "paid", order: id, hint: "succeeded" };
  await expect.poll(() => told(page)).toEqual([["result", result]]);
  // All that is kept is the language, for this shop's page alone.
  expect((await context.cookies(server.publicUrl)).map((one) => [one.name, one.partitionKey])).toEqual([["lang", SHOP]]);
  await checkout.locator("#state").press("Escape");
  await expect(page.locator("dialog")).toHaveCount(0);
  expect((await told(page)).at(-1)).toEqual(["close", result]);
  expect(await page.evaluate(() => [document.activeElement?.localName, document.documentElement.style.overflow])).toEqual([
    "shouyin-button",
    "",
  ]);
});

test.describe("a paid order with a success address", () => {
  test.use({ stays: false });

  test("opened from the shop's own code needs no cookie, and goes there by itself, the whole page and not the frame", async ({
    page,
    context,
    control,
    database,
    ledger,
    server,
  }) => {
    const { slug } = await openShop(database, server.publicUrl, { merchant: { embedOrigins: [SHOP] }, returnUrl: `${SHOP}/thanks` });
    const token = await openOrder(page, slug);
    await openShopPage(page, SHOP, server.publicUrl, "");
    await page.evaluate(
      (link) => (window as unknown as { Shouyin: { open(options: object): void } }).Shouyin.open({ link }),
      `${server.publicUrl}/pay/${token}`,
    );
    await choose(checkoutFrame(page), "wechat.native");
    await expectView(checkoutFrame(page), "waiting", "qr");
    await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
    await page.waitForURL((url) => url.origin === SHOP && url.pathname === "/thanks" && url.searchParams.get("state") === "paid");
    expect(await context.cookies(server.publicUrl)).toEqual([]);
  });
});

test("the example page on a developer's own machine shows a test checkout; what refuses frames opens at top level from there", async ({
  page,
  ledger,
  server,
}) => {
  const example = await serveExample(server.publicUrl);
  await page.goto(example.address);
  await page.getByRole("button", { name: "Buy now" }).click();
  const checkout = checkoutFrame(page);
  await checkout.locator("form.link-form button[type=submit]").click();
  const token = await framedToken(page);
  await choose(checkout, "alipay.desk");
  await page.waitForURL(/\/sandbox\/cashier\/alipay_desk\//);
  expect((await ledger.attempts(token)).map((one) => [one.method, one.state])).toEqual([["alipay.desk", "presented"]]);
  example.close();
});

test("a page that is not on the merchant's list goes to the checkout instead of framing it, and so does a phone", async ({
  page,
  browser,
  database,
  server,
  watch,
}) => {
  watch.allow(/frame-ancestors|Failed to execute 'postMessage'|ERR_BLOCKED_BY_RESPONSE|^csp GET/);
  const { slug } = await openShop(database, server.publicUrl, { merchant: { embedOrigins: [SHOP] } });
  const button = `<shouyin-button link="${slug}" lang="en"></shouyin-button>`;
  await openShopPage(page, "https://shop.example.evil.example", server.publicUrl, button);
  await page.getByRole("button", { name: "Pay" }).click();
  await page.waitForURL((url) => url.pathname === `/l/${slug}`);
  await expectView(page, "link");

  const phone = await browser.newPage(PHONE);
  watch.follow(phone.context());
  await openShopPage(phone, SHOP, server.publicUrl, button);
  await phone.getByRole("button", { name: "Pay" }).tap();
  await phone.waitForURL((url) => url.pathname === `/l/${slug}`);
  await phone.context().close();
});

test("a checkout cannot be framed by a foreign page, runs only its own scripts and tells nobody where it was", async ({ page }) => {
  const token = await openOrder(page);
  const answer = await page.goto(`/pay/${token}`);
  const policy = answer?.headers()["content-security-policy"] ?? "";
  const rule = (name: string) => policy.split("; ").find((one) => one.startsWith(`${name} `)) ?? "";
  expect(rule("frame-ancestors")).toBe("frame-ancestors 'self' http://localhost:*"); // a test order
  expect(rule("script-src")).toMatch(/^script-src 'self' 'nonce-[\w+/=]+'$/);
  expect(rule("style-src")).not.toContain("unsafe-inline");
  expect(rule("object-src")).toBe("object-src 'none'");
  expect(rule("base-uri")).toBe("base-uri 'none'");
  expect(answer?.headers()["referrer-policy"]).toBe("same-origin");
  expect(answer?.headers()["x-content-type-options"]).toBe("nosniff");
  const second = await page.goto(`/pay/${token}`);
  expect(second?.headers()["content-security-policy"]).not.toBe(policy);
});

test("nothing on a checkout comes from another host", async ({ page, baseURL }) => {
  const hosts = new Set<string>();
  page.on("request", (request) => hosts.add(new URL(request.url()).origin));
  await openOrder(page);
  await page.waitForLoadState("load");
  expect([...hosts].filter((host) => host !== "null")).toEqual([baseURL]);
});

test("the page's own script is small and is all a shopper needs", async ({ page, request }) => {
  await openOrder(page);
  const address = (await page.locator("script[src^='/checkout.js']").getAttribute("src")) ?? "";
  const script = await request.get(address, { headers: { "accept-encoding": "gzip" } });
  expect(script.headers()["cache-control"]).toContain("immutable");
  const { gzipSync } = await import("node:zlib");
  expect(gzipSync(await script.body()).length).toBeLessThanOrEqual(6 * 1024);
});
