import { expect, test } from "../fixtures.ts";
import { readAudit } from "../support/audit.ts";
import { expectView, openQr } from "../support/checkout.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";

test("an operator asks for a partial refund, an admin who proves themselves approves it, and it goes back once", async ({
  page,
  browser,
  baseURL,
  extraHTTPHeaders,
  control,
  ledger,
  database,
  server,
  watch,
}) => {
  const shop = await openShop(database, server.publicUrl);
  const token = await openQr(page, shop.slug);
  const number = (await ledger.attempts(token))[0]?.gatewayOrderNo ?? "";
  await control.pay(number);
  await expectView(page, "paid", "paid");
  const { id } = await ledger.order(token);

  await signIn(page, await hire(database, { merchantId: shop.id, role: "operator" }), `/dashboard/orders/${id}`);
  await page.locator("main").getByRole("link", { name: "退款", exact: true }).first().click();
  // Said before anything is typed.
  await expect(page.getByRole("note")).toContainText("由同事审批");
  await page.locator("#amount").fill("30.50");
  await page.locator("#reason").fill("一件缺货");
  await page.locator("button[name=intent][value=check]").click();
  await expect(page.locator("[role=status] h2")).toContainText("申请退款");
  await page.locator("button[name=intent][value=send]").click();
  await page.waitForURL(/\/dashboard\/refunds\/rfr_/);
  await expect(page.getByText("须由其他人审批")).toBeVisible();
  await expect(page.locator("button[value=approve]")).toHaveCount(0);
  expect((await ledger.order(token)).refundedAmount).toBe(0n);

  const office = await browser.newContext({
    locale: "zh-CN",
    ...(baseURL && { baseURL }),
    ...(extraHTTPHeaders && { extraHTTPHeaders }),
  });
  watch.follow(office);
  const desk = await office.newPage();
  const admin = await hire(database, { merchantId: shop.id, role: "admin" });
  await signIn(desk, admin, "/dashboard/refunds");
  await ledger.query("update sessions set reauthenticated_at = now() - interval '1 hour' where user_id = $1", [admin.id]);
  await desk.getByRole("link", { name: /^查看并审批/ }).click();
  const password = desk.locator("#confirm-password");
  await desk.locator("#decision").fill("已核对库存");
  await desk.locator("button[value=approve]").click();
  await expect(desk.locator("#confirm-password-error")).toBeVisible();
  await expect(desk.locator("#decision")).toHaveValue("已核对库存");
  await password.fill(admin.password);
  await desk.locator("button[value=approve]").click();
  await expect(desk.getByText(/已于 .* 批准/)).toBeVisible();
  await expect.poll(async () => (await control.read(number)).payment.refundedMinor).toBe("3050");
  expect((await control.read(number)).refunds).toHaveLength(1);
  await desk.getByRole("link", { name: "在订单中查看退款" }).click();
  await expect(desk.locator("section[aria-labelledby=refunds]")).toContainText("一件缺货");
  // Who asked and who approved stands in the audit.
  await readAudit(desk, { who: "测试员", did: "申请了退款", facts: ["30.50 HKD", "一件缺货", id] });
  await readAudit(desk, { who: "测试员", did: "批准了退款", facts: ["30.50 HKD", "已核对库存"] });
  await office.close();
});
