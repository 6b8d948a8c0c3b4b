import { expect, test } from "../fixtures.ts";
import { expectView, openOrder, PHONE } from "../support/checkout.ts";
import { openGatewayShop } from "../support/gateway-shop.ts";
import { BLOCKED_SCRIPT } from "../support/watch.ts";

const CARD = "6222020200112233446";
const ask = (method: string) => `a.method[href$="?ask=${method}"]`;

test("a bank is asked for on a page of its own, by keyboard alone, and paying goes on from there", async ({
  page,
  database,
  server,
  ledger,
}) => {
  const shop = await openGatewayShop(database, server.publicUrl, "fengniao");
  const token = await openOrder(page, shop.slug);
  await page.locator(ask("unionpay.gateway")).focus();
  await page.keyboard.press("Enter");
  await expectView(page, "ask", "bank");
  expect(await ledger.attempts(token)).toEqual([]);
  const first = page.locator("input[name=bank]").first();
  while (!(await first.evaluate((input) => input === document.activeElement))) await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("input[name=bank]").nth(1)).toBeChecked();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowLeft");
  await expect(page.locator("input[name=card][value=credit]")).toBeChecked();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/sandbox\//);
  expect((await ledger.attempts(token)).map((one) => one.method)).toEqual(["unionpay.gateway"]);
});

test("without a bank the browser says so; when it does not, we do, at the field", async ({ page, database, server, ledger }) => {
  const shop = await openGatewayShop(database, server.publicUrl, "fengniao");
  const token = await openOrder(page, shop.slug);
  await page.locator(ask("unionpay.gateway")).click();
  await page.locator("form.ask").evaluate((form) => form.setAttribute("novalidate", ""));
  await page.locator("form.ask button[type=submit]").click();
  // Nothing was answered: the same page, without reproach.
  await expectView(page, "ask", "bank");
  await page.locator("form.ask").evaluate((form) => {
    form.setAttribute("novalidate", "");
    const radio = form.querySelector<HTMLInputElement>("input[name=bank]");
    if (radio) Object.assign(radio, { value: "NO-SUCH-BANK", checked: true });
  });
  await page.locator("form.ask button[type=submit]").click();
  await expect(page.locator("fieldset #problem[data-problem=bank_invalid]")).toBeFocused();
  expect(await ledger.attempts(token)).toEqual([]);
  await page.locator(".quiet-row a").click();
  await expectView(page, "choose");
});

test("the language switch stays on the question", async ({ page, database, server }) => {
  const shop = await openGatewayShop(database, server.publicUrl, "fengniao");
  await openOrder(page, shop.slug);
  await page.locator(ask("unionpay.gateway")).click();
  await page.locator("footer a[hreflang=en]").click();
  await expectView(page, "ask", "bank");
  await expect(page.locator(".tile", { hasText: "China Construction Bank" })).toBeVisible();
  await page.reload();
  await expectView(page, "ask", "bank");
});

test.describe("on a phone", () => {
  test.use(PHONE);

  test("a card number is grouped as it is typed, checked, never shown again and in no address", async ({
    page,
    database,
    server,
    ledger,
  }) => {
    const shop = await openGatewayShop(database, server.publicUrl, "fengniao");
    const token = await openOrder(page, shop.slug);
    const addresses: string[] = [];
    page.on("request", (request) => addresses.push(request.url()));
    await page.locator(ask("unionpay.wap")).click();
    const field = page.locator("input[name=card_number]");
    await expect(field).toHaveAttribute("autocomplete", "cc-number");
    await field.pressSequentially(CARD.replace(/.$/, "1"));
    await expect(field).toHaveValue("6222 0202 0011 2233 441");
    await page.locator("form.ask button[type=submit]").click();
    await expect(page.locator(".field #problem[data-problem=card_number_invalid]")).toBeVisible();
    await expect(field).toBeFocused();
    await expect(field).toHaveAttribute("aria-describedby", /problem/);
    await expect(field).toHaveValue("");
    expect(await page.content()).not.toContain("62220202");
    expect(await ledger.attempts(token)).toEqual([]);

    await field.fill(CARD);
    await page.locator("form.ask button[type=submit]").click();
    await page.waitForURL(/\/sandbox\//);
    await page.goBack();
    await expect(page.locator("main[data-token]")).toBeVisible();
    // A live page may load itself anew at this moment: then its content is asked for again.
    let html = "";
    await expect(async () => {
      html = await page.content();
    }).toPass();
    expect(html).not.toContain("62220202");
    expect(addresses.filter((one) => one.replaceAll(/\D/g, "").includes("62220202"))).toEqual([]);
    const [found] = await ledger.query<{ n: number }>("select count(*)::int as n from exchanges e where e::text like $1", [`%${CARD}%`]);
    expect(found?.n).toBe(0);
  });

  test("who corrects a digit in the middle keeps the caret where it was", async ({ page, database, server }) => {
    const shop = await openGatewayShop(database, server.publicUrl, "fengniao");
    await openOrder(page, shop.slug);
    await page.locator(ask("unionpay.wap")).click();
    const field = page.locator("input[name=card_number]");
    await field.pressSequentially("62220202001");
    await field.evaluate((input: HTMLInputElement) => input.setSelectionRange(3, 3));
    await page.keyboard.press("Backspace");
    await page.keyboard.type("9");
    await expect(field).toHaveValue("6292 0202 001");
    expect(await field.evaluate((input: HTMLInputElement) => input.selectionStart)).toBe(3);
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the payer of a transfer is asked for, and each problem is at its field", async ({ page, database, server, ledger, watch }) => {
    watch.allow(BLOCKED_SCRIPT);
    const shop = await openGatewayShop(database, server.publicUrl, "xxpay");
    const token = await openOrder(page, shop.slug);
    await page.locator(ask("bank.transfer")).click();
    await expectView(page, "ask", "payer");
    await page.locator("select[name=payer_bank]").selectOption("HPT00002");
    await page.locator("input[name=payer_name]").fill("张;三");
    await page.locator("input[name=payer_account]").fill("6222 0200 0000 0000 123");
    await page.locator("form.ask button[type=submit]").click();
    await expect(page.locator(".field", { has: page.locator("input[name=payer_name]") }).locator("#problem")).toBeVisible();
    expect(await page.content()).not.toContain("0000 123");
    expect(page.url()).not.toMatch(/6222|%E5%BC%A0/);
    expect(await ledger.attempts(token)).toEqual([]);
    await page.locator("select[name=payer_bank]").selectOption("HPT00002");
    await page.locator("input[name=payer_name]").fill("张三");
    await page.locator("input[name=payer_account]").fill("6222 0200 0000 0000 123");
    await page.locator("form.ask button[type=submit]").click();
    await expect.poll(async () => (await ledger.attempts(token)).map((one) => one.method)).toEqual(["bank.transfer"]);
  });
});
