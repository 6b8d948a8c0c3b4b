import { accountById } from "#db/queries/accounts.ts";
import { newGatewayNumber } from "#lib/domain/ids.ts";
import { openAccount } from "#lib/payments/open-account.ts";
import { openOrder } from "#lib/payments/open-order.ts";
import { expect, test } from "../fixtures.ts";
import { readAudit } from "../support/audit.ts";
import { openQr } from "../support/checkout.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";

test("why a notification was refused: the check it failed, the exact bytes, and whose key it is not", async ({
  page,
  control,
  ledger,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  const token = await openQr(page, shop.slug);
  const [attempt] = await ledger.attempts(token);
  await control.forge(attempt?.gatewayOrderNo ?? "");
  await expect
    .poll(async () => (await ledger.query("select 1 from refused_notifications where merchant_id = $1", [shop.id])).length)
    .toBe(1);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), "/dashboard/notifications?verdict=refused");
  await page.getByRole("link", { name: "为什么拒收" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("拒收：签名错误");
  const checks = page.getByRole("region", { name: "如何核对" });
  await expect(checks.getByRole("listitem").nth(0)).toContainText("通过");
  await expect(checks.getByRole("listitem").nth(1)).toContainText("不通过");
  await expect(checks).toContainText("没有改动任何数据");
  await expect(page.locator("#finding")).toHaveText(/不是您的任何密钥所签|密钥正确，内容不同/);
  await expect(page.getByRole("region", { name: "原始内容" })).toContainText(attempt?.gatewayOrderNo ?? "");
  await expect(page.locator("main")).not.toContainText("PRIVATE KEY");
  expect((await ledger.order(token)).state).toBe("open");
  // Who may not see the developers' things is told why and where to ask, not how it was signed.
  await signIn(page, await hire(database, { merchantId: shop.id, role: "viewer" }), new URL(page.url()).pathname);
  await expect(page.getByRole("region", { name: "签名为什么不对" })).toContainText("开发者设置权限");
  await expect(page.locator("#finding")).toHaveCount(0);
});

test("an orphan is found and fixed: the gateway confirms it, the order is credited once, and who did it is kept", async ({
  page,
  control,
  ledger,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  const money = { amount: { minor: 8_800n, currency: "HKD" as const }, title: "Noodles", live: false, actor: "shop" };
  const opened = await openOrder({ merchantId: shop.id, reference: "TILL-7", ...money }, database);
  if (!opened.ok) throw new Error(opened.problem.code);
  // A payment that another till of the same merchant began at the gateway: its notice finds no attempt here.
  const row = await accountById(database, shop.accountId);
  if (!row) throw new Error("no account");
  const number = newGatewayNumber(new Date());
  const created = await openAccount(row).account.create("wechat.native", {
    ...{ gatewayOrderNo: number, amount: money.amount, subject: "Noodles", clientIp: "203.0.113.7" },
    ...{ expiresAt: new Date(Date.now() + 1_800_000), returnUrl: `${server.publicUrl}/` },
    notifyUrl: `${server.publicUrl}/api/notify/${row.gateway}/${row.id}`,
  });
  expect(created.ok).toBe(true);
  await control.pay(number);
  await expect.poll(async () => (await ledger.query("select 1 from notifications where merchant_id = $1", [shop.id])).length).toBe(1);

  const admin = await hire(database, { merchantId: shop.id, role: "admin" });
  await signIn(page, admin, "/dashboard/notifications?verdict=waiting");
  await page.getByRole("link", { name: `查看 ${number}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("找不到订单");
  await expect(page.getByRole("radio", { name: "TILL-7" })).toBeChecked();
  const submit = page.getByRole("button", { name: "查询通道并匹配" });
  const match = page.locator("form", { has: submit });
  await submit.click();
  await expect(match.locator("[id$='-reason-error'], [id$='confirm-password-error']")).toHaveCount(1);
  await match.getByLabel("原因").fill("旧收银机开的单");
  if (await match.getByLabel("密码").count()) await match.getByLabel("密码").fill(admin.password);
  await submit.click();
  await page.waitForURL(/said=1/);
  await expect(page.getByRole("status").first()).toHaveText("通道已确认：订单已入账。");
  await expect(page.getByRole("region", { name: "后续" })).toContainText("旧收银机开的单");
  await expect(page.getByRole("button", { name: "查询通道并匹配" })).toHaveCount(0);

  await page.goto(`/dashboard/orders/${opened.value.id}`);
  await expect(page.locator("main")).toContainText("已支付");
  await expect(page.locator("li[data-kind=notification]")).toContainText("没有此单号的支付尝试");
  const [order] = await ledger.query<{ paid: string }>("select paid_amount::text as paid from orders where id = $1", [opened.value.id]);
  expect(order?.paid).toBe("8800");
  await page.goto("/dashboard/notifications?verdict=waiting");
  await expect(page.locator("main")).toContainText("没有待处理的通知");
  await readAudit(page, { who: "测试员", did: "将通知匹配到订单", facts: ["旧收银机开的单", opened.value.id] });
});
