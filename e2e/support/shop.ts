import { randomBytes, randomInt } from "node:crypto";
import { type Database, inTransaction } from "#db/client.ts";
import { checkoutLinks } from "#db/schema/checkout-links.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import { sandboxMerchants } from "#db/schema/sandbox/merchants.ts";
import { newId } from "#lib/domain/ids.ts";
import { accountAt, provisionSandbox } from "#lib/sandbox/provision.ts";
import { registerShop } from "#lib/sandbox/shops.ts";
import { sealFor } from "#lib/secrets.ts";

/** A merchant of its own for one test: faults armed for it strike nobody else, and its dashboard holds nothing but the test's orders. */
export interface Shop {
  id: string;
  name: string;
  /** Its number at the simulated gateway. */
  merchantNo: string;
  accountId: string;
  /** A link over HKD 88.00. */
  slug: string;
}

/** `returnUrl` is the shop's own page, `merchant` sets columns such as `latePolicy`, `agentNo` is a number the gateway does not know. */
export async function openShop(
  database: Database,
  origin: string,
  { returnUrl, merchant = {}, agentNo }: { returnUrl?: string; merchant?: Partial<typeof merchants.$inferInsert>; agentNo?: string } = {},
): Promise<Shop> {
  const agent = accountAt(await provisionSandbox(database, { origin }), "hipopay-agent");
  const mark = randomBytes(4).toString("hex");
  const shop = {
    id: newId("merchant"),
    name: `Shop ${mark}`,
    merchantNo: `WC${randomInt(10 ** 9, 10 ** 10)}`,
    accountId: newId("account"),
    slug: `shop-${mark}`,
  };
  const secret = `whsec_${randomBytes(32).toString("base64")}`;
  const callerNo = agent.credentials.agentNo;
  await inTransaction(database, async (tx) => {
    const webhookSecret = sealFor("merchants.webhook_secret", shop.id, secret);
    await tx
      .insert(merchants)
      .values({ id: shop.id, name: shop.name, locale: "zh-HK", timeZone: "Asia/Hong_Kong", webhookSecret, ...merchant });
    await registerShop(tx, { id: shop.id, name: shop.name, webhookSecret: secret });
    const pageUrl = `${origin}/api/openid/${shop.accountId}`;
    await tx.insert(sandboxMerchants).values({ merchantNo: shop.merchantNo, gateway: agent.gateway, callerNo, name: shop.name, pageUrl });
    const credentials = sealFor(
      "gateway_accounts.credentials",
      shop.accountId,
      JSON.stringify({ ...agent.credentials, merchantNo: shop.merchantNo, ...(agentNo && { agentNo }) }),
    );
    const account = { id: shop.accountId, merchantId: shop.id, gateway: agent.gateway, title: "Sandbox", baseUrl: agent.baseUrl };
    await tx.insert(gatewayAccounts).values({ ...account, credentials, settings: agent.settings, live: false });
    const link = { id: newId("link"), merchantId: shop.id, slug: shop.slug, title: "一碗麵 Noodles", currency: "HKD", amount: 8_800n };
    await tx
      .insert(checkoutLinks)
      .values({ ...link, notifyUrl: `${origin}/sandbox/shop/webhook`, returnUrl: returnUrl ?? null, live: false });
  });
  return shop;
}
