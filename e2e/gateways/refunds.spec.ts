import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { type GatewayShop, openGatewayShop } from "../support/gateway-shop.ts";
import { hire, signIn } from "../support/person.ts";
import { expectPaidOnce, pay } from "../support/ways.ts";
import { PAYMENTS, type PaymentCase } from "./payments.ts";

/**
 * How money goes back at each gateway, by the wallet it came from: a part by the gateway; only the whole; or by hand, recorded
 * here, because the document has no refund (seeds/002, seeds/003; seeds/004 §2.21).
 */
const REFUNDS = {
  "hipopay-agent": { "wechat.native": "part", "alipay.qr": "part" },
  "hipopay-merchant": { "wechat.native": "part", "alipay.qr": "part" },
  mpgateway: { "wechat.native": "by hand", "alipay.qr": "by hand", "qq.native": "by hand", "unionpay.qr": "by hand" },
  xxpay: {
    ...{ "wechat.native": "by hand", "alipay.qr": "by hand", "qq.native": "by hand", "unionpay.qr": "by hand" },
    ...{ "jd.native": "by hand", "bank.transfer": "by hand" },
  },
  fengniao: { "wechat.native": "part", "alipay.qr": "part", "jd.native": "part", "qq.native": "part", "unionpay.gateway": "whole" },
} as const satisfies Record<PaymentCase["gateway"], Record<string, "part" | "whole" | "by hand">>;

/** What an admin reads of a refund that was paid back outside, before and after, and what proves it. */
const BY_HAND = /线下/;
const SLIP = "银行流水 20261120-7";

async function ask(desk: Page, amount: string): Promise<void> {
  const field = desk.locator("input[name=amount]");
  // A whole that cannot be changed stands there already; somebody may still send another amount.
  await field.evaluate((input, text) => Object.assign(input, { value: text }), amount);
  await desk.locator("input[name=reason]").fill("茶凉了");
  const note = desk.locator("input[name=note]");
  if ((await note.count()) > 0) await note.fill(SLIP);
  await desk.locator("button[name=intent][value=check]").click();
}

for (const [gateway, methods] of Object.entries(REFUNDS))
  for (const [method, how] of Object.entries(methods)) {
    const one = PAYMENTS.find((payment) => payment.gateway === gateway && payment.method === method && payment.way.how !== "counter");
    if (!one) throw new Error(`${gateway} has no ${method}`);
    test(`${gateway} ${method} goes back: ${how}`, async ({ page, context, control, ledger, database, server }) => {
      const shop: GatewayShop = await openGatewayShop(database, server.publicUrl, one.gateway, { settings: one.settings ?? {} });
      const token = await pay({ page, control, ledger, shop }, one);
      const number = await expectPaidOnce({ page, control, ledger, shop }, token, one);
      const { id } = await ledger.order(token);
      const desk = await context.newPage();
      await signIn(desk, await hire(database, { merchantId: shop.id, role: "admin" }));
      await desk.goto(`/dashboard/orders/${id}/refund`);
      if (how === "whole") {
        await expect(desk.locator("input[name=amount]")).toHaveJSProperty("readOnly", true);
        await ask(desk, "3.30");
        await expect(desk.locator("#amount-error")).toBeVisible();
        expect((await ledger.order(token)).refundedAmount).toBe(0n);
      }
      const [amount, minor] = how === "whole" ? ["8.80", 880n] : ["3.30", 330n];
      await ask(desk, amount);
      if (how === "by hand") await expect(desk.locator("[role=status] h2")).toContainText(BY_HAND);
      await desk.locator("button[name=intent][value=send]").click();
      await desk.waitForURL(/refund=/);
      const list = desk.locator("section[aria-labelledby=refunds]");
      await expect(list).toContainText(amount);
      expect((await ledger.order(token)).refundedAmount).toBe(minor);
      const at = async () => (await control.read(number)).payment.refundedMinor;
      const stateOf = async () =>
        (await ledger.query<{ state: string }>("select state from refunds where order_id = $1", [id])).map((row) => row.state);
      if (how === "by hand") {
        await expect(list).toContainText(BY_HAND);
        await expect(list).toContainText(SLIP);
        expect(await stateOf()).toEqual(["manual"]);
        expect(await at()).toBe("0");
      } else {
        await expect.poll(at).toBe(minor.toString());
        await expect.poll(stateOf, { timeout: 30_000 }).toEqual(["succeeded"]);
      }
      await page.goto(`/pay/${token}`);
      await expect(page.locator("main[data-view=paid]")).toHaveAttribute("data-detail", how === "whole" ? "refunded" : "part_refunded");
    });
  }
