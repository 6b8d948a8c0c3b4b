import { expect, test } from "../fixtures.ts";
import { expectView, openOrder, openQr } from "../support/checkout.ts";

test("a whole payment is started by keyboard alone, and the focus is where the news is", async ({ page, control, ledger }) => {
  const token = await openOrder(page);
  await expectView(page, "choose");
  const wanted = page.locator("button[name=method][value='wechat.native']");
  for (let presses = 0; presses < 15; presses += 1) {
    if (await wanted.evaluate((button) => button === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await expect(wanted).toBeFocused();
  await page.keyboard.press("Enter");
  await expectView(page, "waiting", "qr");
  await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  await expectView(page, "paid", "paid");
  await expect(page.locator("#state")).toBeFocused();
});

test("a screen reader hears the time left at three minutes, one minute and thirty seconds", async ({ page, ledger, watch }) => {
  watch.allow(/net::ERR_FAILED GET .*\/(events|status)$/);
  const token = await openQr(page);
  await ledger.expireIn(token, 600);
  await page.clock.install();
  // The server's own word would set the page's clock right again: here time is the test's.
  await page.route(/\/(events|status)$/, (route) => route.abort());
  await page.goto(`/pay/${token}`);
  const left = async () =>
    Number(((await page.locator(".time-left").textContent()) ?? "").split(":").reduce((sum, part) => sum * 60 + Number(part), 0));
  const until = async (seconds: number) => page.clock.runFor(((await left()) - seconds) * 1000 + 400);
  await expect(page.locator("#announce")).toBeEmpty();
  await until(179);
  await expect(page.locator("#announce")).toHaveText("付款时间还剩 3 分钟");
  await until(59);
  await expect(page.locator("#announce")).toHaveText("付款时间还剩 1 分钟");
  await expect(page.locator(".countdown")).toHaveAttribute("data-urgent", "");
  await until(29);
  await expect(page.locator("#announce")).toHaveText("付款时间还剩 30 秒");
});

test("at 400 % nothing has to be scrolled sideways, and the page may be zoomed", async ({ page }) => {
  const token = await openQr(page);
  await page.setViewportSize({ width: 320, height: 256 });
  for (const query of ["", "?choose=1"]) {
    await page.goto(`/pay/${token}${query}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(320);
  }
  expect((await page.locator("meta[name=viewport]").getAttribute("content")) ?? "").not.toMatch(/user-scalable\s*=\s*no|maximum-scale/);
});

test("who wants less motion sees none", async ({ page, control, ledger }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const token = await openQr(page);
  await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  await expectView(page, "paid", "paid");
  expect(await page.locator(".check path").evaluate((path) => getComputedStyle(path).animationName)).toBe("none");
});
