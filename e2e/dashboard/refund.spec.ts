import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { expectView, openQr } from "../support/checkout.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";
import { BLOCKED_SCRIPT } from "../support/watch.ts";

async function ask(page: Page, amount: string, reason: string): Promise<void> {
  await page.locator("input[name=amount]").fill(amount);
  await page.locator("input[name=reason]").fill(reason);
  await page.locator("button[name=intent][value=check]").click();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test("part of an order goes back, with a reason, and everybody sees it", async ({
      page,
      browser,
      control,
      ledger,
      database,
      server,
      baseURL,
      watch,
      extraHTTPHeaders,
    }) => {
      const shop = await openShop(database, server.publicUrl);
      const token = await openQr(page, shop.slug);
      const [attempt] = await ledger.attempts(token);
      const number = attempt?.gatewayOrderNo ?? "";
      await control.pay(number);
      await expectView(page, "paid", "paid");
      const { id } = await ledger.order(token);

      const office = await browser.newContext({
        javaScriptEnabled,
        locale: "zh-CN",
        ...(baseURL && { baseURL }),
        ...(extraHTTPHeaders && { extraHTTPHeaders }),
      });
      watch.follow(office);
      if (!javaScriptEnabled) watch.allow(BLOCKED_SCRIPT);
      const desk = await office.newPage();
      await signIn(desk, await hire(database, { merchantId: shop.id, role: "admin" }));
      await desk.goto(`/dashboard/orders/${id}`);
      await desk.getByRole("link", { name: "退款" }).first().click();
      await desk.waitForURL(/\/refund$/);

      await ask(desk, "88.01", "too much");
      await expect(desk.locator("#amount-error")).toContainText("可退");
      await ask(desk, "0", "nothing");
      await expect(desk.locator("#amount-error")).toContainText("大于零");
      await ask(desk, "8.801", "half a cent");
      await expect(desk.locator("#amount-error")).toContainText("小数位数");
      await ask(desk, "30.50", " ");
      await expect(desk.locator("#reason-error")).toBeVisible();
      expect((await ledger.order(token)).refundedAmount).toBe(0n);

      await ask(desk, "30.50", "一件缺貨");
      await expect(desk.locator("[role=status] h2")).toContainText("30.50");
      await desk.locator("button[name=intent][value=send]").click();
      await desk.waitForURL(/refund=/);
      await expect(desk.locator("section[aria-labelledby=refunds]")).toContainText("一件缺貨");
      await expect(desk.locator("section[aria-labelledby=refunds]")).toContainText("30.50");
      await expect.poll(async () => (await control.read(number)).payment.refundedMinor).toBe("3050");
      await expect.poll(async () => ledger.events(token)).toContain("refund.succeeded");
      expect((await ledger.order(token)).refundedAmount).toBe(3_050n);

      await page.goto(`/pay/${token}`);
      await expectView(page, "paid", "part_refunded");
      await office.close();
    });
  });
}

test("a double click on the last button refunds once", async ({ page, control, ledger, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  const token = await openQr(page, shop.slug);
  const [attempt] = await ledger.attempts(token);
  const number = attempt?.gatewayOrderNo ?? "";
  await control.pay(number);
  await expectView(page, "paid");
  const { id } = await ledger.order(token);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }));
  await page.goto(`/dashboard/orders/${id}/refund`);
  await ask(page, "10", "double");
  await page.locator("button[name=intent][value=send]").dblclick();
  await page.waitForURL(/refund=/);
  await expect.poll(async () => (await control.read(number)).payment.refundedMinor).toBe("1000");
  expect((await control.read(number)).refunds).toHaveLength(1);
});
