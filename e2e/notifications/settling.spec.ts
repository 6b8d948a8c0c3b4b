import { expect, test } from "../fixtures.ts";
import { expectView, openQr } from "../support/checkout.ts";
import { openShop } from "../support/shop.ts";

/** What the demo shop was told about an order, oldest first. */
const TOLD = "select type, verified, webhook_id as id from sandbox.shop_events where reference = $1 order by id";

test("a repeated notification changes nothing, at the order or at the shop", async ({ page, control, ledger }) => {
  const token = await openQr(page);
  const [attempt] = await ledger.attempts(token);
  const number = attempt?.gatewayOrderNo ?? "";
  await control.pay(number, "notice_duplicate");
  await expectView(page, "paid", "paid");
  await expect
    .poll(async () => (await control.read(number)).notices.map((one) => one.state))
    .toEqual(["acknowledged", "acknowledged", "acknowledged"]);
  const { reference, paidAmount } = await ledger.order(token);
  expect(paidAmount).toBe(8_800n);
  await expect.poll(async () => (await ledger.query<{ type: string }>(TOLD, [reference])).map((row) => row.type)).toContain("order.paid");
  const before = [await ledger.events(token), await ledger.query(TOLD, [reference])];

  const { notices } = await control.read(number);
  for (const notice of notices) expect(await control.redeliver(notice.id)).toMatchObject({ status: 200, acknowledged: true });
  expect([await ledger.events(token), await ledger.query(TOLD, [reference])]).toEqual(before);
  expect((await ledger.events(token)).filter((type) => type === "order.paid")).toHaveLength(1);
});

test("a forged notification is refused and moves nothing; the genuine one still counts", async ({ page, control, ledger }) => {
  const token = await openQr(page);
  const [attempt] = await ledger.attempts(token);
  const number = attempt?.gatewayOrderNo ?? "";
  await control.forge(number);
  await expect.poll(async () => (await control.read(number)).notices[0]?.log[0]?.status).toBe(400);
  expect((await ledger.order(token)).state).toBe("open");
  expect(await ledger.events(token)).not.toContain("order.paid");
  const refused = await ledger.query<{ reason: string }>("select reason from refused_notifications where gateway_order_no = $1", [number]);
  expect(refused.map((row) => row.reason)).toEqual(["bad_signature"]);
  await expectView(page, "waiting", "qr");
  await control.pay(number);
  await expectView(page, "paid", "paid");
});

for (const fault of ["notice_wrong_amount", "notice_wrong_currency"] as const) {
  test(`${fault}: acknowledged, moves no money, needs review; the sum stays unmoved`, async ({ page, control, ledger }) => {
    const token = await openQr(page);
    await ledger.holdSweep(token);
    const [attempt] = await ledger.attempts(token);
    const number = attempt?.gatewayOrderNo ?? "";
    await control.pay(number, fault);
    await expect.poll(async () => (await control.read(number)).notices[0]?.state).toBe("acknowledged");
    expect(await ledger.order(token)).toMatchObject({ state: "open", paidAmount: 0n, needsReview: true });
    expect(await ledger.events(token)).toContain("order.mismatch");
    expect(await ledger.events(token)).not.toContain("order.paid");
  });
}

test("a payment after the order expired is credited, flagged late and shown so", async ({ page, control, ledger }) => {
  const token = await openQr(page);
  const [attempt] = await ledger.attempts(token);
  await ledger.expireIn(token, -1);
  await expect.poll(async () => (await ledger.order(token)).state).toBe("expired");
  await page.goto(`/pay/${token}`);
  await expectView(page, "expired", "expired");
  await control.pay(attempt?.gatewayOrderNo ?? "");
  await expectView(page, "paid", "paid_late");
  await expect(page.locator(".note-warn", { hasText: "时限之后到账" })).toBeVisible();
  expect(await ledger.order(token)).toMatchObject({ state: "paid", paidLate: true, needsReview: true, paidAmount: 8_800n });
});

test("a second paid attempt is surplus: recorded, never dropped, never credited twice", async ({ page, control, ledger }) => {
  const token = await openQr(page);
  await page.goto(`/pay/${token}?choose=1`);
  await page.locator("button[value='alipay.qr']").click();
  await expectView(page, "waiting", "qr");
  const [first, second] = await ledger.attempts(token);
  await control.pay(first?.gatewayOrderNo ?? "");
  await expectView(page, "paid", "paid");
  await control.pay(second?.gatewayOrderNo ?? "");
  await expect.poll(async () => (await ledger.order(token)).paidAmount).toBe(17_600n);
  expect((await ledger.attempts(token)).map((one) => [one.state, one.surplus])).toEqual([
    ["paid", false],
    ["paid", true],
  ]);
  const events = await ledger.events(token);
  expect(events.filter((type) => type === "order.paid" || type === "order.surplus")).toEqual(["order.paid", "order.surplus"]);
  expect((await ledger.order(token)).needsReview).toBe(true);
});

test("money that comes late goes back by itself where the merchant's policy says so", async ({
  page,
  control,
  ledger,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl, { merchant: { latePolicy: "refund" } });
  const token = await openQr(page, shop.slug);
  const [attempt] = await ledger.attempts(token);
  await ledger.expireIn(token, -1);
  await expect.poll(async () => (await ledger.order(token)).state).toBe("expired");
  await control.pay(attempt?.gatewayOrderNo ?? "");
  await expect.poll(async () => (await control.read(attempt?.gatewayOrderNo ?? "")).payment.refundedMinor).toBe("8800");
  await page.goto(`/pay/${token}`);
  await expectView(page, "paid", "refunded");
});

test("a lost notification is made good by the sweep, with nobody looking", async ({ page, control, ledger }) => {
  const token = await openQr(page);
  await page.goto("about:blank");
  const [attempt] = await ledger.attempts(token);
  await control.pay(attempt?.gatewayOrderNo ?? "", "notice_lost");
  await expect.poll(async () => (await ledger.order(token)).state, { timeout: 25_000 }).toBe("paid");
});

test("a notification for nobody is kept, not acknowledged, and credits nobody", async ({ request, ledger }) => {
  const [account] = await ledger.query<{ id: string }>(
    "select id from gateway_accounts where merchant_id = 'mer_demo' and gateway = 'hipopay-agent' limit 1",
  );
  const answers = await Promise.all([
    request.post(`/api/notify/hipopay-agent/${account?.id}`, {
      data: "no=1&sign=x",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    }),
    request.post("/api/notify/hipopay-agent/acc_unknown", { data: "no=1" }),
    request.post("/api/notify/no-such-gateway/acc_unknown", { data: "no=1" }),
    request.post(`/api/notify/hipopay-agent/${account?.id}`, { data: "x".repeat(70_000) }),
  ]);
  expect(answers.map((answer) => answer.status())).toEqual([400, 404, 404, 413]);
  for (const answer of answers) expect((await answer.text()).toLowerCase()).not.toContain("success");
});
