import { expect, test } from "../fixtures.ts";
import { expectView, openQr, tokenOf } from "../support/checkout.ts";

test("without a stream the page polls and turns paid", async ({ page, control, ledger, watch }) => {
  watch.allow(/net::ERR_FAILED GET .*\/events$/);
  await page.route("**/events", (route) => route.abort());
  const polled = page.waitForResponse(/\/status$/);
  const token = await openQr(page);
  await polled;
  const [attempt] = await ledger.attempts(token);
  await control.pay(attempt?.gatewayOrderNo ?? "");
  await expectView(page, "paid", "paid");
});

test("with a stream the page turns paid within two seconds of the commit", async ({ page, control, ledger }) => {
  const stream = page.waitForRequest(/\/events$/);
  const token = await openQr(page);
  await stream;
  const [attempt] = await ledger.attempts(token);
  await control.pay(attempt?.gatewayOrderNo ?? "");
  await expect.poll(async () => (await ledger.order(token)).state).toBe("paid");
  await expect(page.locator("main[data-view=paid]")).toBeVisible({ timeout: 2000 });
});

test("offline is said, and the page catches up when the connection is back", async ({ page, context, control, ledger, watch }) => {
  watch.allow(/net::ERR_INTERNET_DISCONNECTED/);
  const token = await openQr(page);
  await expect(page.locator("#offline")).toBeEmpty();
  await context.setOffline(true);
  await expect(page.locator("#offline")).toContainText("您已离线");
  const [attempt] = await ledger.attempts(token);
  await control.pay(attempt?.gatewayOrderNo ?? "");
  await expect.poll(async () => (await ledger.order(token)).state).toBe("paid");
  await expectView(page, "waiting");
  await context.setOffline(false);
  await expectView(page, "paid", "paid");
});

test("a tab in the background asks nothing and catches up when it is looked at", async ({ page, control, ledger }) => {
  const token = await openQr(page);
  const look = (state: "hidden" | "visible") =>
    page.evaluate((visibility) => {
      Object.defineProperty(document, "hidden", { get: () => visibility === "hidden", configurable: true });
      Object.defineProperty(document, "visibilityState", { get: () => visibility, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await look("hidden");
  const [attempt] = await ledger.attempts(token);
  await control.pay(attempt?.gatewayOrderNo ?? "");
  await expect.poll(async () => (await ledger.order(token)).state).toBe("paid");
  await expectView(page, "waiting");
  await look("visible");
  await expectView(page, "paid", "paid");
});

test("the countdown runs by the server's clock and the page turns expired by itself", async ({ page, ledger }) => {
  const token = await openQr(page);
  // The device's clock is a day wrong: the page must not care.
  await page.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() - 86_400_000;
  });
  await ledger.expireIn(token, 6);
  await page.goto(`/pay/${token}`);
  await expect(page.locator(".time-left")).toHaveText(/^00:0[0-6]$/);
  await expectView(page, "expired", "expired");
  expect(tokenOf(page)).toBe(token);
});

test("I have paid asks the gateway and says what it said", async ({ page, control, ledger }) => {
  const token = await openQr(page);
  await ledger.holdSweep(token);
  await page.locator("form[data-paid-form] button").click();
  await expect(page.locator(".action [role=status].note", { hasText: "尚未收到您的付款" })).toBeVisible();
  const [attempt] = await ledger.attempts(token);
  await control.pay(attempt?.gatewayOrderNo ?? "", "notice_lost");
  // The gateway is asked at most once in five seconds: here they have passed.
  await ledger.query(
    "update attempts set last_queried_at = last_queried_at - interval '5 seconds' where order_id = (select id from orders where token = $1)",
    [token],
  );
  await page.locator("form[data-paid-form] button").click();
  await expectView(page, "paid", "paid");
});
