import { expect, type Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { checkoutMain, choose, expectView, openOrder, openQr } from "./checkout.ts";
import type { Control } from "./control.ts";
import type { Ledger } from "./ledger.ts";
import { openShop } from "./shop.ts";

export interface Stage {
  page: Page;
  control: Control;
  ledger: Ledger;
  database: Database;
  origin: string;
}

/** How to bring a page into each state a shopper can see. */
export const STATES: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  async link({ page }) {
    await page.goto("/l/demo");
  },
  async "link with an amount"({ page }) {
    await page.goto("/l/demo-any");
  },
  async "link with a problem"({ page }) {
    await page.goto("/l/demo-any?problem=amount_below&field=amount&amount=0.5");
  },
  async choose({ page }) {
    await openOrder(page);
    await expectView(page, "choose");
  },
  async "waiting for a scan"({ page }) {
    await openQr(page);
  },
  async "waiting in a frame"({ page }) {
    await openOrder(page);
    await choose(page, "alipay.web");
    await expectView(page, "waiting", "iframe");
  },
  async "waiting for a jump"({ page }) {
    const token = await openOrder(page);
    await choose(page, "wechat.desk");
    await page.waitForURL(/pc_desk/);
    await page.goto(`/pay/${token}`);
    await expectView(page, "waiting", "redirect");
  },
  async processing({ page, control, database, origin }) {
    const shop = await openShop(database, origin);
    await control.arm("reply_500", shop.merchantNo);
    const token = await openOrder(page, shop.slug);
    await choose(page, "wechat.native");
    await expectView(page, "processing", "unclear");
    // The sweep would find out and move the page on: not in the middle of a look at it.
    const order = sql`(select id from orders where token = ${token})`;
    await database.execute(sql`update attempts set next_sweep_at = now() + interval '1 hour' where order_id = ${order}`);
  },
  async failed({ page, control, ledger }) {
    const token = await openQr(page);
    await control.decline((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
    await page.locator("form[data-paid-form] button").click();
    await expectView(page, "failed", "declined");
  },
  async paid({ page, control, ledger, database, origin }) {
    const shop = await openShop(database, origin, { returnUrl: `${origin}/sandbox/shop` });
    const token = await openQr(page, shop.slug);
    await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
    await expectView(page, "paid", "paid");
  },
  async expired({ page, ledger }) {
    const token = await openQr(page);
    await ledger.expireIn(token, -1);
    // The worker ends it a moment later, and the page follows: not in the middle of a look at it.
    await expect.poll(async () => (await ledger.order(token)).state).toBe("expired");
    await page.goto(`/pay/${token}`);
    await expectView(page, "expired");
  },
  async cancelled({ page, database, origin }) {
    const shop = await openShop(database, origin, { returnUrl: `${origin}/sandbox/shop` });
    await openOrder(page, shop.slug);
    await page.locator("form.cancel button").click();
    await expectView(page, "cancelled");
  },
  async "nothing here"({ page }) {
    await page.goto("/l/no-such-link");
    await checkoutMain(page).waitFor();
  },
  async home({ page }) {
    await page.goto("/");
  },
};
