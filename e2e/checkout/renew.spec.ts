import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { expectView, openQr } from "../support/checkout.ts";
import type { Ledger } from "../support/ledger.ts";

/**
 * The gateway says that the code's time is up: what the sweep would write then. Nobody looks meanwhile: an open page would hear
 * of it by itself, and be on its way to a new code when the test sends it elsewhere.
 */
async function runOut(page: Page, ledger: Ledger, token: string): Promise<void> {
  await page.goto("about:blank");
  await ledger.query(
    "update attempts set state = 'closed', next_sweep_at = null where state = 'presented' and order_id = (select id from orders where token = $1)",
    [token],
  );
}

test("a code that ran out is renewed in place, without anybody pressing anything, as long as the order lives", async ({ page, ledger }) => {
  const token = await openQr(page);
  const first = await page.locator(".qr path").getAttribute("d");
  await runOut(page, ledger, token);
  await page.goto(`/pay/${token}`, { waitUntil: "commit" });
  await expectView(page, "waiting", "qr");
  await expect.poll(() => page.locator(".qr path").getAttribute("d")).not.toBe(first);
  expect(page.url()).toMatch(new RegExp(`/pay/${token}$`));
  expect((await ledger.attempts(token)).map((one) => one.state)).toEqual(["closed", "presented"]);
});

test("in a tab nobody looks at it waits until somebody does", async ({ page, ledger }) => {
  const token = await openQr(page);
  await runOut(page, ledger, token);
  await page.addInitScript(() => {
    const seen = { hidden: true };
    Object.assign(window, { seen });
    Object.defineProperty(document, "hidden", { get: () => seen.hidden, configurable: true });
  });
  await page.goto(`/pay/${token}`);
  await expectView(page, "failed", "qr_expired");
  expect(await ledger.attempts(token)).toHaveLength(1);
  await page.evaluate(() => {
    (window as unknown as { seen: { hidden: boolean } }).seen.hidden = false;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  // The page it comes to is hidden again by the test's own word: asked of the database.
  await expect.poll(async () => (await ledger.attempts(token)).length).toBe(2);
});

test("an order whose time is up is not renewed", async ({ page, ledger }) => {
  const token = await openQr(page);
  await runOut(page, ledger, token);
  await ledger.expireIn(token, -1);
  await page.goto(`/pay/${token}`);
  await expectView(page, "expired");
  expect(await ledger.attempts(token)).toHaveLength(1);
});

test("a code whose time is up at the gateway is renewed as soon as the gateway says so", async ({ page, ledger }) => {
  const token = await openQr(page);
  const [first] = await ledger.attempts(token);
  await ledger.holdSweep(token);
  await ledger.query("update sandbox.payments set state = 'EXPIRED' where client_no = $1", [first?.gatewayOrderNo]);
  await page.locator("form[data-paid-form] button").click();
  await expect.poll(async () => (await ledger.attempts(token)).map((one) => one.state)).toEqual(["closed", "presented"]);
  await expectView(page, "waiting", "qr");
});
