import { expect, test } from "../fixtures.ts";
import { choose, expectView, openOrder } from "../support/checkout.ts";
import { openShop } from "../support/shop.ts";

test("a notification that overtakes the gateway's own reply is believed", async ({ page, control, ledger, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  await control.arm("notice_early", shop.merchantNo);
  const token = await openOrder(page, shop.slug);
  await choose(page, "wechat.native");
  // The gateway's payment was paid and its notification sent before the gateway answered that there is a payment.
  await expectView(page, "paid", "paid");
  expect((await ledger.order(token)).paidAmount).toBe(8_800n);
  const [attempt] = await ledger.attempts(token);
  const states = async () => (await control.read(attempt?.gatewayOrderNo ?? "")).notices.map((one) => one.state);
  await expect.poll(states).toEqual(["acknowledged"]);
});

for (const fault of ["reply_500", "reply_garbage", "reply_lost", "refuse_unavailable", "refuse_wallet_down"] as const) {
  test(`${fault}: the page says that it is unclear, warns against paying twice, and a retry works`, async ({
    page,
    control,
    ledger,
    database,
    server,
  }) => {
    const shop = await openShop(database, server.publicUrl);
    await control.arm(fault, shop.merchantNo);
    const token = await openOrder(page, shop.slug);
    await choose(page, "wechat.native");
    await expectView(page, "processing", "unclear");
    await expect(page.locator(".note-warn", { hasText: "请勿重复付款" })).toBeVisible();
    await page.goto(`/pay/${token}?choose=1`);
    await choose(page, "wechat.native");
    await expectView(page, "waiting", "qr");
    const attempts = await ledger.attempts(token);
    expect(attempts.map((one) => one.state)).toEqual(["closed", "presented"]);
    expect(new Set(attempts.map((one) => one.gatewayOrderNo)).size).toBe(2);
  });
}

test("a payment made although its create's answer was lost is found and credited", async ({ page, control, ledger, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  await control.arm("reply_lost", shop.merchantNo);
  const token = await openOrder(page, shop.slug);
  await choose(page, "wechat.native");
  await expectView(page, "processing", "unclear");
  const [attempt] = await ledger.attempts(token);
  await control.pay(attempt?.gatewayOrderNo ?? "", "notice_lost");
  await expectView(page, "paid", "paid");
});

test("a gateway that refuses us: the page says that nothing was charged, and the order stays payable", async ({
  page,
  ledger,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl, { agentNo: "404404" });
  const token = await openOrder(page, shop.slug);
  await choose(page, "wechat.native");
  await expectView(page, "failed", "refused");
  await expect(page.locator("main")).toContainText("没有扣款");
  expect((await ledger.attempts(token)).map((one) => one.state)).toEqual(["refused"]);
  expect((await ledger.order(token)).state).toBe("open");
});

test("a gateway that nobody listens at is said to be unreachable, and the order stays payable", async ({
  page,
  ledger,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  await ledger.query("update gateway_accounts set base_url = 'https://127.0.0.1:9' where id = $1", [shop.accountId]);
  const token = await openOrder(page, shop.slug);
  await choose(page, "wechat.native");
  await expectView(page, "failed", "unreachable");
  expect((await ledger.order(token)).state).toBe("open");
  await ledger.query("update gateway_accounts set base_url = $2 where id = $1", [
    shop.accountId,
    `${server.publicUrl}/sandbox/gateway/hipopay-agent`,
  ]);
  await page.locator("button[name=method][value='wechat.native']").click();
  await expectView(page, "waiting", "qr");
});
