import { expect } from "@playwright/test";
import { sql } from "drizzle-orm";
import { checkoutMain, choose, expectView, openOrder, openQr, WECHAT } from "./checkout.ts";
import { deskAddress } from "./desk-address.ts";
import { openGatewayShop } from "./gateway-shop.ts";
import { makeLink } from "./links.ts";
import { openShop } from "./shop.ts";
import { nameBrowser, type Stage } from "./stage.ts";

const TABLET = "Mozilla/5.0 (Linux; Android 14; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";

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
  async "link with a list and questions"({ page, database, origin }) {
    const { id } = await openShop(database, origin);
    const question = { label: "茶 Tea 3", required: true };
    const link = await makeLink(database, id, {
      choices: [1, 2].map((n) => ({ label: `茶 Tea ${n}`, amount: `${n}8` })),
      quantity_max: 3,
      fields: [
        { ...question, kind: "text" },
        { ...question, kind: "choice", options: ["茶 Tea 4", "茶 Tea 5"] },
      ],
    });
    await page.goto(`/l/${link.slug}?problem=answer_missing&field=field_a`);
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
  async "the questions of a bank"({ page, database, origin }) {
    const { slug } = await openGatewayShop(database, origin, "fengniao");
    await openOrder(page, slug);
    await page.locator('a.method[href$="?ask=unionpay.gateway"]').click();
    await expectView(page, "ask", "bank");
  },
  async "the question of a card, with a problem"({ page, database, origin }) {
    const { slug } = await openGatewayShop(database, origin, "fengniao");
    const token = await openOrder(page, slug);
    // A tablet's page: a computer has no such method.
    await page.context().addCookies([{ name: "touch", value: "1", url: origin }]);
    await nameBrowser(page, TABLET);
    await page.goto(`/pay/${token}?ask=unionpay.wap`);
    await page.locator("input[name=card_number]").fill("6222 0200 0000 0000");
    await page.locator("form.ask button[type=submit]").click();
    await expectView(page, "ask", "card_number");
    await page.goto(`/pay/${token}?ask=unionpay.wap&problem=card_number_invalid&field=card_number`);
  },
  async "the questions of a transfer"({ page, database, origin }) {
    const { slug } = await openGatewayShop(database, origin, "xxpay");
    await openOrder(page, slug);
    await page.locator('a.method[href$="?ask=bank.transfer"]').click();
    await expectView(page, "ask", "payer");
  },
  async "a code that ran out"({ page, ledger }) {
    const token = await openQr(page);
    // Else the open page hears of it first, and is on its way to a new code when it is sent elsewhere.
    await page.goto("about:blank");
    await ledger.query(
      "update attempts set state = 'closed', next_sweep_at = null where order_id = (select id from orders where token = $1)",
      [token],
    );
    // A problem just shown is not answered by trying again: so the page stays to be looked at.
    await page.goto(`/pay/${token}?problem=gateway_busy`);
    await expectView(page, "failed", "qr_expired");
  },
  async "waiting for WeChat's sheet"({ page, database, origin }) {
    const shop = await openShop(database, origin);
    await nameBrowser(page, WECHAT.userAgent);
    await openOrder(page, shop.slug);
    await expectView(page, "waiting", "jsapi");
  },
  async refunded({ page, control, ledger }) {
    const token = await openQr(page);
    await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
    await expectView(page, "paid", "paid");
    await ledger.query(
      "update attempts set refunded_amount = amount where state = 'paid' and order_id = (select id from orders where token = $1)",
      [token],
    );
    await page.goto(`/pay/${token}`);
    await expectView(page, "paid", "refunded");
  },
  async "the shop's entry address"({ page, database, origin }) {
    const shop = await openShop(database, origin);
    const fields = {
      currency: "HKD",
      amount: "88.5",
      product_info: "一碗麵",
      return_url: `${origin}/sandbox/shop`,
      agent_order_id: "20261120-1",
    };
    const address = await deskAddress(database, shop.id, fields);
    await page.goto(address);
    await page.waitForURL(/\/pay\//);
    await page.goto(address);
    await expectView(page, "desk");
  },
  async "an entry address that is not signed"({ page, database, origin }) {
    const shop = await openShop(database, origin);
    await page.goto(await deskAddress(database, shop.id, { currency: "HKD" }, { unsigned: true }));
    await expectView(page, "desk_problem");
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
    // Had the sweep asked just now, the press below would not: once in five seconds.
    await ledger.holdSweep(token);
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
