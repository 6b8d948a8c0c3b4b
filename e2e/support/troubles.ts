import type { Page } from "@playwright/test";
import { choose, expectView, openOrder, openQr } from "./checkout.ts";
import { openGatewayShop } from "./gateway-shop.ts";
import { openShop } from "./shop.ts";
import { nameBrowser, type Stage } from "./stage.ts";

const ofToken = "order_id = (select id from orders where token = $1)";
const WECOM =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 wxwork/4.1.20 MicroMessenger/7.0.1";

/** A paid order of the demo's; gives its token. */
async function payByCode({ page, control, ledger }: Stage): Promise<string> {
  const token = await openQr(page);
  await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  await expectView(page, "paid", "paid");
  return token;
}

/** To the page's script this browser has lost its connection, whatever the test's own has. */
async function loseConnection(page: Page): Promise<void> {
  await page.addInitScript(() => Object.defineProperty(navigator, "onLine", { get: () => false, configurable: true }));
}

/** The states a shopper hopes not to see, and those between the others: looked at like all of them (states.ts). */
export const TROUBLES: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  async "seen in the wallet"({ page, ledger, database, origin }) {
    const { slug } = await openGatewayShop(database, origin, "fengniao");
    const token = await openQr(page, slug);
    await page.goto("about:blank");
    await ledger.query(`update attempts set seen_at = now(), next_sweep_at = now() + interval '1 hour' where ${ofToken}`, [token]);
    await page.goto(`/pay/${token}`);
    await expectView(page, "waiting", "scanned");
  },
  async "the gateway out of reach"({ page, ledger, database, origin }) {
    const shop = await openShop(database, origin);
    await ledger.query("update gateway_accounts set base_url = 'https://127.0.0.1:9' where id = $1", [shop.accountId]);
    await openOrder(page, shop.slug);
    await choose(page, "wechat.native");
    await expectView(page, "failed", "unreachable");
  },
  async "refused by the gateway"({ page, database, origin }) {
    const shop = await openShop(database, origin, { agentNo: "nobody" });
    await openOrder(page, shop.slug);
    await choose(page, "wechat.native");
    await expectView(page, "failed", "refused");
  },
  async "a method that keeps failing"({ page, ledger, database, origin }) {
    const shop = await openShop(database, origin);
    await ledger.query(
      `insert into channel_health (account_id, scope, failures, last_failed_at, downs, down_until, cause)
       values ($1, 'wechat.native', 3, now(), 1, now() + interval '1 hour', 'wallet')`,
      [shop.accountId],
    );
    await openOrder(page, shop.slug);
    await expectView(page, "choose");
  },
  async "no way to pay"({ page, ledger, database, origin }) {
    const { slug } = await openGatewayShop(database, origin, "fengniao");
    await ledger.query("update checkout_links set currency = 'HKD' where slug = $1", [slug]);
    await openOrder(page, slug);
    await expectView(page, "choose");
  },
  async "the way out of an app"({ page }) {
    await nameBrowser(page, WECOM);
    await openOrder(page);
    await expectView(page, "choose");
  },
  async offline({ page }) {
    await loseConnection(page);
    await openQr(page);
  },
  async "already paid"(stage) {
    const token = await payByCode(stage);
    await stage.page.goto(`/pay/${token}?problem=order_not_open`);
    await expectView(stage.page, "paid", "paid");
  },
  async "refunded in part"(stage) {
    const token = await payByCode(stage);
    await stage.ledger.query(`update attempts set refunded_amount = 100 where state = 'paid' and ${ofToken}`, [token]);
    await stage.page.goto(`/pay/${token}`);
    await expectView(stage.page, "paid", "part_refunded");
  },
  async "paid too late"(stage) {
    const token = await payByCode(stage);
    await stage.ledger.query("update orders set paid_late = true where token = $1", [token]);
    await stage.page.goto(`/pay/${token}`);
    await expectView(stage.page, "paid", "paid_late");
  },
};
