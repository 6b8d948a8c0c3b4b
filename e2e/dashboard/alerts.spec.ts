import { accountById, type GatewayAccount } from "#db/queries/accounts.ts";
import { type ChatCompany, openChatCompany } from "#lib/alerts/chat-testing.ts";
import { newGatewayNumber } from "#lib/domain/ids.ts";
import type { OpenAccount } from "#lib/gateways/gateway.ts";
import type { OutgoingAnswer, OutgoingRequest } from "#lib/gateways/port.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { unsealFor } from "#lib/secrets.ts";
import { expect, test } from "../fixtures.ts";
import { expectAccessible, expectFits } from "../support/looks.ts";
import { type OwnApp, startOwnApp } from "../support/own-app.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";

// An installation of its own: a chat service on loopback is one an admin has to allow (ALLOW_PRIVATE_WEBHOOKS).
let app: OwnApp;
let chat: ChatCompany;
test.beforeAll(async ({ server, ledger }) => {
  [app, chat] = await Promise.all([startOwnApp(server, ledger, { ALLOW_PRIVATE_WEBHOOKS: "1" }), openChatCompany()]);
});
test.afterAll(async () => {
  await Promise.all([app.stop(), chat.close()]);
});

/** The account as its installation opens it; this process has another address, and its guard would not call that one. */
function accountOf(row: GatewayAccount): OpenAccount {
  const credentials: unknown = JSON.parse(unsealFor("gateway_accounts.credentials", row.id, row.credentials));
  const send = async ({ url, method, headers, body }: OutgoingRequest): Promise<OutgoingAnswer> => {
    const answer = await fetch(url, { method, headers, body });
    return { kind: "answer", status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  };
  const account = { baseUrl: row.baseUrl, settings: row.settings, credentials };
  const opened = gatewayById(row.gateway)?.open(account, { fetch: send, now: () => new Date(), record: () => {} });
  if (!opened) throw new Error(`no gateway ${row.gateway}`);
  return opened;
}

test("a channel is added and tested; an orphan of the sandbox arrives and is told once, by its number", async ({ page, request }) => {
  const { database, publicUrl } = app;
  const shop = await openShop(database, publicUrl);
  await page.context().addCookies([{ name: "lang", value: "en", url: publicUrl }]);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "admin" }, "en"), `${publicUrl}/dashboard/alerts`);
  await page.getByRole("link", { name: "Add a channel" }).click();
  await page.getByRole("link", { name: "DingTalk robot" }).click();
  await page.getByLabel("Name").fill("Night watch");
  await page.getByLabel("Webhook address").fill("https://example.com/robot");
  await page.getByRole("button", { name: "Add channel" }).click();
  await expect(page.getByLabel("Webhook address")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Name")).toHaveValue("Night watch");
  await page.getByLabel("Webhook address").fill(chat.dingtalk.url);
  await page.getByLabel("Signing secret").fill(chat.dingtalk.secret);
  await page.getByRole("button", { name: "Add channel" }).click();
  await page.getByRole("button", { name: "Send test message" }).click();
  await expect(page.locator("main").getByRole("status").last()).toContainText("the service took it");
  expect(chat.shown.map(({ text }) => text.split("\n")[0])).toEqual(["[Shouyin 收银] Test message"]);
  expect(await page.content()).not.toContain(chat.dingtalk.secret);

  // A payment somebody made at the gateway under a number that no order of ours has.
  const row = await accountById(database, shop.accountId);
  if (!row) throw new Error("no account");
  const number = newGatewayNumber(new Date());
  const created = await accountOf(row).create("wechat.native", {
    ...{ gatewayOrderNo: number, amount: { minor: 8800n, currency: "HKD" }, subject: "Tea", clientIp: "203.0.113.7" },
    ...{ notifyUrl: `${publicUrl}/api/notify/${row.gateway}/${row.id}`, returnUrl: publicUrl, expiresAt: new Date(Date.now() + 600_000) },
  });
  expect(created.ok).toBe(true);
  await request.post(`${publicUrl}/sandbox/control/payments/${number}/pay`, { data: { faults: [] } });
  await expect.poll(() => chat.shown.length, { timeout: 10_000, intervals: [50] }).toBe(2);
  expect(chat.shown[1]?.text).toContain(`• ${number} · Sandbox`);

  await page.goto(`${publicUrl}/dashboard/alerts`);
  const open = page.getByRole("listitem").filter({ hasText: number });
  await expect(open.getByRole("heading")).toContainText("Orphan notification");
  await expect(open).toContainText("Told");
  await expectAccessible(page, "alerts");
  await page.setViewportSize({ width: 360, height: 780 });
  await expectFits(page, "alerts 360");
  await open.getByRole("button", { name: "Close" }).click();
  await expect(page.locator("main").getByRole("status")).toContainText("Closed.");
  await expect(open).toHaveCount(0);
  expect(chat.shown).toHaveLength(2);
});
