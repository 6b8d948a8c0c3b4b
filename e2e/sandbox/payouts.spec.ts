import { expect, test } from "../fixtures.ts";
import { atGateway } from "../support/gateway-payments.ts";
import { dress, expectAccessible, expectFits, LOCALES, NARROW } from "../support/looks.ts";

test("a payout that waits is ended on the console, and shows nobody's account number", async ({ page, control, database, server }) => {
  test.slow();
  const gateway = await atGateway(database, "xxpay", server.publicUrl);
  const paid = await gateway.create("alipay.qr", { amount: "20.00" });
  await control.pay(paid.no);
  const answer = await gateway.backend.createPayout(gateway.caller, {
    channel: "trans",
    merchantNo: gateway.caller.callerNo,
    clientNo: `E${Date.now()}`,
    currency: "CNY",
    amount: "20.00",
    accountNo: "6222029999987601",
    accountName: "张三",
    notifyUrl: null,
    extra: {},
  });
  if (!answer.ok) throw new Error(answer.problem);
  await page.goto("/sandbox");
  await page.locator(`[data-testid=payouts] a[href$='${answer.value.no}']`).click();
  await expect(page.locator("main")).toContainText("7601");
  expect(await page.content()).not.toContain("6222029999987601");
  for (const locale of LOCALES) {
    await dress(page, { theme: "light", locale }, server.publicUrl);
    await expectAccessible(page, `payout ${locale}`);
  }
  for (const width of NARROW) {
    await page.setViewportSize({ width, height: 780 });
    await expectFits(page, `payout ${width}`);
  }
  await page.locator("button[name=do][value=payout]").first().click();
  await expect(page.locator(".headline .badge-paid")).toBeVisible();
  await expect(page.locator("button[name=do][value=payout]")).toHaveCount(0);
});
