import { expect, test } from "../fixtures.ts";
import { choose, expectView, openOrder, openQr } from "../support/checkout.ts";
import { openGatewayShop } from "../support/gateway-shop.ts";
import { openShop } from "../support/shop.ts";

test("the wallet opens the payment: the gateway says so, and the page says where to finish, aloud, and goes on to paid", async ({
  page,
  context,
  database,
  server,
  ledger,
}) => {
  const { slug } = await openGatewayShop(database, server.publicUrl, "fengniao");
  const token = await openQr(page, slug);
  await ledger.holdSweep(token);
  const wallet = await context.newPage();
  await wallet.goto((await page.locator(".sandbox a").getAttribute("href")) ?? "");
  await expect(wallet).toHaveURL(/\/sandbox\/wallet\/pay\//);
  // Nobody but the gateway tells: until it is asked, the page shows the code.
  await expectView(page, "waiting", "qr");
  const due = "update attempts set next_sweep_at = now() where order_id = (select id from orders where token = $1)";
  await ledger.query(due, [token]);
  await expectView(page, "waiting", "scanned");
  await expect(page.locator("h1#state")).toBeFocused();
  await expect(page.locator(".qr")).toBeHidden();
  await page.locator(".seen-code summary").click();
  await expect(page.locator(".qr")).toBeVisible();
  await wallet.locator("button[name=do][value=pay]").click();
  await expectView(page, "paid", "paid");
});

test("an amount in another currency is told about in CNY, at the wallet's rate and its time, before and after the wallet is chosen", async ({
  page,
  database,
  server,
  ledger,
}) => {
  const shop = await openShop(database, server.publicUrl);
  const known = "select count(*)::int as n from exchange_rates where account_id = $1 and cny_per_unit is not null";
  await expect.poll(async () => (await ledger.query<{ n: number }>(known, [shop.accountId]))[0]?.n, { timeout: 15_000 }).toBe(2);
  await ledger.query("update exchange_rates set cny_per_unit = '0.8789' where account_id = $1", [shop.accountId]);
  const token = await openOrder(page, shop.slug);
  // 88.00 HKD × 0.8789 = 77.3432
  await expect(page.locator("button[value='wechat.native'] .method-estimate")).toHaveText("约 ¥77.34");
  await expect(page.locator("main")).toContainText("以内地钱包实际扣款为准");
  await choose(page, "alipay.qr");
  await expectView(page, "waiting", "qr");
  // The gateway named a rate for this very payment: that one counts from here on.
  const named = "select exchange_rate as rate from attempts where order_id = (select id from orders where token = $1)";
  const [attempt] = await ledger.query<{ rate: string }>(named, [token]);
  expect(attempt?.rate).toMatch(/^0\.8\d{2,5}$/);
  await expect(page.locator(".estimate")).toContainText(/^约 ¥7\d\.\d\d/);
  await expect(page.locator(".estimate")).toContainText(`1 HKD = ${attempt?.rate.replace(/0+$/, "")} CNY`);
});

test("a gateway that three shoppers in a row could not reach is not offered to the fourth, and comes back by itself", async ({
  page,
  database,
  server,
  ledger,
}) => {
  const shop = await openShop(database, server.publicUrl);
  const move = (to: string) => ledger.query("update gateway_accounts set base_url = $2 where id = $1", [shop.accountId, to]);
  const [row] = await ledger.query<{ base_url: string }>("select base_url from gateway_accounts where id = $1", [shop.accountId]);
  await move("https://127.0.0.1:9");
  for (let shopper = 0; shopper < 3; shopper += 1) {
    await openOrder(page, shop.slug);
    await choose(page, "wechat.native");
    await expectView(page, "failed", "unreachable");
  }
  const token = await openOrder(page, shop.slug);
  await expect(page.locator("main")).toContainText("暂时不可用");
  await expect(page.locator("button[name=method]:enabled")).toHaveCount(0);
  await move(row?.base_url ?? "");
  await ledger.query("update channel_health set down_until = now() where account_id = $1", [shop.accountId]);
  await page.goto(`/pay/${token}`);
  await choose(page, "wechat.native");
  await expectView(page, "waiting", "qr");
  expect(await ledger.query("select 1 from channel_health where account_id = $1", [shop.accountId])).toEqual([]);
});
