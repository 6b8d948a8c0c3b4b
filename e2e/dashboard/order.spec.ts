import { type HistoryEvent, replayOrder } from "#lib/domain/order-history.ts";
import { expect, test } from "../fixtures.ts";
import { expectView, openQr } from "../support/checkout.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";
import { BLOCKED_SCRIPT } from "../support/watch.ts";

test("an order's timeline tells everything: calls, notification, what the shop was told; secrets are masked", async ({
  page,
  control,
  ledger,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  const token = await openQr(page, shop.slug);
  const [attempt] = await ledger.attempts(token);
  await control.pay(attempt?.gatewayOrderNo ?? "");
  await expectView(page, "paid");
  const { id, reference } = await ledger.order(token);
  await expect
    .poll(
      async () =>
        (await ledger.query("select 1 from sandbox.shop_events where reference = $1 and type = 'order.paid' and verified", [reference]))
          .length,
    )
    .toBe(1);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "viewer" }));
  await page.goto(`/dashboard/orders/${id}`);
  await expect(page.locator("main")).toContainText("88.00");
  for (const kind of ["event", "attempt", "exchange", "notification", "delivery"])
    await expect(page.locator(`li[data-kind=${kind}]`).first(), kind).toBeVisible();
  await expect(page.locator("li[data-kind=event]", { hasText: "订单已支付" })).toHaveCount(1);
  await page.locator("li[data-kind=exchange] details summary").first().click();
  await expect(page.locator("li[data-kind=exchange] pre").first()).toContainText("/order/scanned_pay");
  await expect(page.locator("main")).not.toContainText("PRIVATE KEY");
  // A viewer may look and nothing else.
  await expect(page.locator("main").getByRole("link", { name: "退款" })).toHaveCount(0);
  // As it stood when the shopper had a code to scan: told over, until now is asked for again.
  await page.locator("li[data-kind=event]", { hasText: "顾客可以支付" }).getByRole("link", { name: "此刻的状态" }).click();
  await expect(page.locator("header").filter({ has: page.getByRole("heading", { level: 1 }) })).toContainText("待支付");
  await expect(page.locator("li[data-kind=notification]")).toHaveCount(0);
  // Without its script the slider has a button beside it, and goes nowhere by itself.
  await expect(page.locator("form:has(input[name=step]) button")).toHaveCount(0);
  await page.getByRole("slider").press("End");
  await expect(page).not.toHaveURL(/at=/);
  await expect(page.locator("li[data-kind=notification]")).toHaveCount(1);
});

test("a refused message stands in the timeline of the order it named", async ({ page, control, ledger, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  const token = await openQr(page, shop.slug);
  const [attempt] = await ledger.attempts(token);
  await control.forge(attempt?.gatewayOrderNo ?? "");
  await expect.poll(async () => (await control.read(attempt?.gatewayOrderNo ?? "")).notices[0]?.log.length).toBe(1);
  const { id } = await ledger.order(token);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "viewer" }));
  await page.goto(`/dashboard/orders/${id}`);
  await expect(page.locator("li[data-kind=refused]").first()).toContainText("签名错误");
});

test("rechecking asks the gateway, with a reason, and credits what it says", async ({
  page,
  browser,
  control,
  ledger,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  const token = await openQr(page, shop.slug);
  await page.goto("about:blank");
  await ledger.holdSweep(token);
  const [attempt] = await ledger.attempts(token);
  await control.pay(attempt?.gatewayOrderNo ?? "", "notice_lost");
  const { id } = await ledger.order(token);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "operator" }));
  await page.goto(`/dashboard/orders/${id}`);
  // Without its script the form is there too, and opens itself again where something is wrong.
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() });
  const still = await plain.newPage();
  await still.goto(page.url());
  await still.locator("[data-panel=recheck] summary").click();
  await still.getByRole("button", { name: "立即查询" }).click();
  await expect(still.locator("#recheck-reason-error")).toBeVisible();
  await plain.close();
  await page.locator("[data-panel=recheck] summary").click();
  await page.locator("#recheck-reason").fill("顾客说已付款");
  await page.locator("#recheck-reason").press("Enter");
  await expect(page).toHaveURL(/said=rechecked/);
  await expect(page.locator("li[data-kind=event]", { hasText: "向通道查询" })).toContainText("顾客说已付款");
  expect((await ledger.order(token)).state).toBe("paid");
  await expect(page.locator("main")).toContainText("已向通道查询 1 次支付");
  await expect(page.locator("main [role=status]")).toContainText("已支付");
  const bundle = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载排查资料" }).click();
  expect((await bundle).suggestedFilename()).toBe(`${id}.json`);
});

test("an open order is closed by an admin, and its checkout says cancelled", async ({ page, ledger, database, server, context }) => {
  const shop = await openShop(database, server.publicUrl);
  const shopper = await context.newPage();
  const token = await openQr(shopper, shop.slug);
  const { id } = await ledger.order(token);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "admin" }));
  await page.goto(`/dashboard/orders/${id}`);
  await page.locator("[data-panel=close] summary").click();
  await page.getByRole("button", { name: "确定关闭" }).click();
  await expect(page.locator("#close-reason-error")).toBeVisible();
  await page.locator("#close-reason").fill("顾客不要了");
  await page.getByRole("button", { name: "确定关闭" }).click();
  await expect(page).toHaveURL(/said=closed/);
  await expect(page.locator("li[data-kind=event]", { hasText: "订单关闭" })).toContainText("顾客不要了");
  await expectView(shopper, "cancelled", "cancelled");
});

test("without JavaScript the slider is a form, and each step shows what the history says was so then", async ({
  page,
  browser,
  control,
  ledger,
  database,
  server,
  baseURL,
  extraHTTPHeaders,
  watch,
}) => {
  const shop = await openShop(database, server.publicUrl);
  const token = await openQr(page, shop.slug);
  await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  await expectView(page, "paid");
  const { id } = await ledger.order(token);
  const office = await browser.newContext({
    javaScriptEnabled: false,
    locale: "zh-CN",
    ...(baseURL && { baseURL }),
    ...(extraHTTPHeaders && { extraHTTPHeaders }),
  });
  watch.follow(office);
  watch.allow(BLOCKED_SCRIPT);
  const desk = await office.newPage();
  await signIn(desk, await hire(database, { merchantId: shop.id, role: "admin" }), `/dashboard/orders/${id}`);
  await desk.locator("main").getByRole("link", { name: "退款", exact: true }).first().click();
  await desk.locator("input[name=amount]").fill("88.00");
  await desk.locator("input[name=reason]").fill("全部退回");
  await desk.locator("button[name=intent][value=check]").click();
  await desk.locator("button[name=intent][value=send]").click();
  await desk.waitForURL(/refund=/);
  await expect.poll(() => ledger.events(token)).toContain("refund.succeeded");

  await desk.goto(`/dashboard/orders/${id}`);
  const events = await ledger.query<HistoryEvent>("select sequence, type, data, at from order_events where order_id = $1", [id]);
  const last = Number(await desk.getByRole("slider").getAttribute("max"));
  for (const step of [0, Math.floor(last / 2), last]) {
    await desk.getByRole("slider").fill(String(step));
    await desk.getByRole("button", { name: "显示" }).click();
    await expect(desk.getByRole("slider")).toHaveValue(String(step));
    const at = new URL(desk.url()).searchParams.get("at");
    expect(at === null, `step ${step}`).toBe(step === last);
    const then = replayOrder({ amount: 8800n, currency: "HKD" }, events, at === null ? new Date() : new Date(at));
    const head = desk.locator("header").filter({ has: desk.getByRole("heading", { level: 1 }) });
    await expect(head).toContainText(then?.state === "paid" ? "已支付" : "待支付");
    await expect(desk.locator("li[data-kind=event]")).toHaveCount(then?.sequence ?? 0);
    await expect(desk.locator("section[aria-labelledby=refunds]").getByText("全部退回")).toHaveCount(then?.refunds.length ?? 0);
  }
  await office.close();
});
