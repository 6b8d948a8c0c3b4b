import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { expectView, openQr } from "../support/checkout.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";

async function find(page: Page, number: string): Promise<void> {
  await page.goto("/dashboard/orders");
  await page.locator("input[name=number]").fill(number);
  await page.getByRole("button", { name: "搜索" }).click();
  await page.waitForURL(/number=/);
}

test("an order is found by each of its numbers, and by nobody else's merchant", async ({ page, control, ledger, database, server }) => {
  const [shop, other] = [await openShop(database, server.publicUrl), await openShop(database, server.publicUrl)];
  const token = await openQr(page, shop.slug);
  const [attempt] = await ledger.attempts(token);
  const payment = await control.pay(attempt?.gatewayOrderNo ?? "");
  await expectView(page, "paid");
  const order = await ledger.order(token);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "viewer" }));
  for (const number of [order.reference, order.id, token, attempt?.gatewayOrderNo ?? "", payment.no]) {
    await find(page, number);
    await expect(page.locator("tbody tr"), number).toHaveCount(1);
    await expect(page.locator("tbody tr")).toContainText(order.reference);
  }
  await page.locator("tbody tr a").first().click();
  await expect(page).toHaveURL(new RegExp(`/dashboard/orders/${order.id}`));
  await expect(page.locator("h1")).toContainText(order.reference);

  await page.context().clearCookies();
  await signIn(page, await hire(database, { merchantId: other.id, role: "owner" }));
  await find(page, order.reference);
  await expect(page.locator("tbody tr")).toHaveCount(0);
  await expect(page.locator("main")).toContainText(order.reference);
});

test("somebody else's order is as unknown as one that is not there", async ({ page, ledger, database, server, watch }) => {
  watch.allow(/^404 GET /);
  const [shop, other] = [await openShop(database, server.publicUrl), await openShop(database, server.publicUrl)];
  const token = await openQr(page, shop.slug);
  const { id } = await ledger.order(token);
  await signIn(page, await hire(database, { merchantId: other.id, role: "owner" }));
  const foreign = await page.goto(`/dashboard/orders/${id}`);
  const foreignWords = await page.locator("main").innerText();
  const unknown = await page.goto(`/dashboard/orders/ord_${"0".repeat(26)}`);
  expect([foreign?.status(), unknown?.status()]).toEqual([404, 404]);
  expect(await page.locator("main").innerText()).toBe(foreignWords);
});

test("filters stand in the address, bad ones are named by field", async ({ page, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  await openQr(page, shop.slug);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "viewer" }));
  await page.goto("/dashboard/orders");
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await page.locator("form[role=search] summary").click();
  await page.locator("select[name=state]").selectOption("paid");
  await page.getByRole("button", { name: "应用" }).click();
  await expect(page).toHaveURL(/state=paid/);
  await expect(page.locator("tbody tr")).toHaveCount(0);
  await page.goto("/dashboard/orders?state=gold&from=yesterday");
  await expect(page.locator("main")).toContainText("gold");
  await expect(page.locator("main")).toContainText("起始日期");
});

test("a view keeps its filter and its columns, and opens with them", async ({ page, ledger, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  const token = await openQr(page, shop.slug);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "viewer" }), "/dashboard/orders");
  const head = page.locator("thead");
  await expect(head).not.toContainText("通道订单号");
  await page.locator("form[role=search] summary").click();
  await page.getByRole("checkbox", { name: "通道订单号" }).check();
  await page.getByRole("checkbox", { name: "支付方式" }).uncheck();
  await page.locator("select[name=state]").selectOption("open");
  await page.getByRole("button", { name: "应用" }).click();
  await expect(head).toContainText("通道订单号");
  await expect(head).not.toContainText("支付方式");
  await page.getByText("视图", { exact: true }).click();
  await page.getByLabel("将当前筛选和列另存为").fill("等付款");
  await page.getByRole("button", { name: "保存视图" }).click();
  await expect(page.locator("main")).toContainText("视图已保存。");
  // From the whole list the view is one press away: the same orders, the same columns, marked as where one is.
  const views = page.getByRole("navigation", { name: "我的视图" });
  await views.getByRole("link", { name: "全部订单" }).click();
  await expect(head).not.toContainText("通道订单号");
  await views.getByRole("link", { name: "等付款" }).click();
  await expect(page).toHaveURL(/state=open/);
  await expect(head).toContainText("通道订单号");
  await expect(head).not.toContainText("支付方式");
  await expect(views.getByRole("link", { name: "等付款" })).toHaveAttribute("aria-current", "true");
  const { gatewayOrderNo } = (await ledger.attempts(token))[0] ?? {};
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await expect(page.locator("tbody tr")).toContainText((gatewayOrderNo ?? "none").slice(-4));
});

test("money that needs a person is on the home screen until somebody has looked", async ({ page, control, ledger, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  const token = await openQr(page, shop.slug);
  await ledger.holdSweep(token);
  const [attempt] = await ledger.attempts(token);
  await control.pay(attempt?.gatewayOrderNo ?? "", "notice_wrong_amount");
  await expect.poll(async () => (await ledger.order(token)).needsReview).toBe(true);
  const { reference, id } = await ledger.order(token);

  await signIn(page, await hire(database, { merchantId: shop.id, role: "admin" }));
  await page.goto("/dashboard");
  await expect(page.locator("section[aria-labelledby=attention]")).toContainText(reference);
  await page.goto("/dashboard/orders?needs=review");
  await expect(page.locator("tbody tr")).toContainText("待核对");
  await page.goto(`/dashboard/orders/${id}`);
  await expect(page.locator("li[data-kind=event]", { hasText: "支付与订单不符" })).toBeVisible();
  await expect(page.locator("li[data-kind=notification]", { hasText: "金额或币种不符" })).toBeVisible();
  await page.locator("summary", { hasText: "标记已核对" }).click();
  await page.locator("#review-reason").fill("已与财务核对");
  await page.getByRole("button", { name: "标记已核对" }).click();
  await expect(page).toHaveURL(/said=reviewed/);
  expect((await ledger.order(token)).needsReview).toBe(false);
  await page.goto("/dashboard");
  await expect(page.locator("section[aria-labelledby=attention]")).not.toContainText(reference);
});
