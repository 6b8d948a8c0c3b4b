import { randomInt } from "node:crypto";
import type { Page } from "@playwright/test";
import { newGatewayNumber, newId, newToken } from "#lib/domain/ids.ts";
import { expect, test } from "../fixtures.ts";
import { addAccount } from "../support/accounts.ts";
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
      await desk.locator("main").getByRole("link", { name: "退款", exact: true }).first().click();
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

test("where the gateway has no refund it is recorded by hand: it says so, wants the reference outside, and sends nothing", async ({
  page,
  ledger,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  await addAccount(database, server.publicUrl, shop, "mpgateway");
  await ledger.query("update gateway_accounts set active = false where merchant_id = $1 and gateway = 'hipopay-agent'", [shop.id]);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), "/dashboard/counter");
  await page.locator("#amount").fill("15");
  await page.locator("#code").fill(`13${String(randomInt(10 ** 7, 10 ** 8))}${String(randomInt(10 ** 5, 10 ** 6))}99`);
  await page.locator("#code").press("Enter");
  await expect(page.locator("[data-scan=paid]")).toBeVisible();
  const [order] = await ledger.query<{ id: string }>("select id from orders where merchant_id = $1", [shop.id]);
  await page.goto(`/dashboard/orders/${order?.id}/refund`);
  await expect(page.getByRole("note")).toContainText("没有退款接口");
  await ask(page, "5", "退一件");
  await expect(page.locator("#note-error")).toBeVisible();
  await page.locator("#note").fill("银行流水 20261120001");
  await page.locator("button[name=intent][value=check]").click();
  await expect(page.locator("[role=status] h2")).toContainText("登记");
  const calls = "select count(*)::int as n from exchanges where merchant_id = $1";
  const before = await ledger.query(calls, [shop.id]);
  await page.locator("button[name=intent][value=send]").click();
  await page.waitForURL(/refund=/);
  await expect(page.locator("main [role=status]")).toContainText("没有转出款项");
  const refunds = page.locator("section[aria-labelledby=refunds]");
  await expect(refunds).toContainText("线下已退");
  await expect(refunds).toContainText("银行流水 20261120001");
  expect(await ledger.query(calls, [shop.id])).toEqual(before);
  expect(await ledger.query("select state, amount::text, note from refunds where order_id = $1", [order?.id])).toEqual([
    { state: "manual", amount: "500", note: "银行流水 20261120001" },
  ]);
});

test("where the gateway refunds whole payments only the amount is fixed and says so", async ({ page, ledger, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  const account = await addAccount(database, server.publicUrl, shop, "fengniao");
  const order = { id: newId("order"), attempt: newId("attempt") };
  // UnionPay's pages belong to the shopper's side; here only what is refunded matters.
  await ledger.query(
    `insert into orders (id, token, merchant_id, reference, title, currency, amount, state, live, paid_at, paid_attempt_id, paid_amount, expires_at)
     values ($1, $2, $3, $1, 'Tea', 'CNY', 1500, 'paid', false, now(), $4, 1500, now() + interval '30 minutes')`,
    [order.id, newToken(), shop.id, order.attempt],
  );
  await ledger.query(
    `insert into attempts (id, merchant_id, order_id, account_id, method, gateway_order_no, currency, amount, state, paid_at, expires_at)
     values ($1, $2, $3, $4, 'unionpay.gateway', $5, 'CNY', 1500, 'paid', now(), now() + interval '30 minutes')`,
    [order.attempt, shop.id, order.id, account, newGatewayNumber(new Date())],
  );
  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), `/dashboard/orders/${order.id}/refund`);
  await expect(page.getByRole("note")).toContainText("只支持全额退款");
  await expect(page.locator("#amount")).toHaveValue("15.00");
  await expect(page.locator("#amount")).not.toBeEditable();
  // A browser that does not mind is told by the server.
  await page.locator("#amount").evaluate((input: HTMLInputElement) => {
    input.readOnly = false;
  });
  await ask(page, "5", "part");
  await expect(page.locator("#amount-error")).toContainText("全额");
});
