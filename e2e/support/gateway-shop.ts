import { randomBytes, randomInt } from "node:crypto";
import { type Database, inTransaction } from "#db/client.ts";
import { checkoutLinks } from "#db/schema/checkout-links.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import { sandboxMerchants } from "#db/schema/sandbox/merchants.ts";
import { newId } from "#lib/domain/ids.ts";
import { type GatewayId, gatewayById } from "#lib/sandbox/gateways.ts";
import { accountAt, provisionSandbox, type SandboxAccount } from "#lib/sandbox/provision.ts";
import { sealFor } from "#lib/secrets.ts";

/** A merchant of one test with one account at one gateway, set as the test wants it. */
export interface GatewayShop {
  id: string;
  accountId: string;
  /** A link over CNY 8.80 through that account. */
  slug: string;
  /** Its number at the simulated gateway. */
  merchantNo: string;
  /** What the gateway gave the merchant. */
  given: SandboxAccount;
}

export interface GatewayShopOptions {
  settings?: Readonly<Record<string, unknown>>;
  /** Another address than the sandbox's, such as one of somebody in between. */
  baseUrl?: string;
}

/** Opens such a shop. The gateway's credentials are the sandbox's; only an agent's merchants (seeds/000) have numbers of their own. */
export async function openGatewayShop(
  database: Database,
  origin: string,
  gateway: GatewayId,
  { settings = {}, baseUrl }: GatewayShopOptions = {},
): Promise<GatewayShop> {
  const given = accountAt(await provisionSandbox(database, { origin }), gateway);
  const mark = randomBytes(5).toString("hex");
  const own = gateway === "hipopay-agent" ? `WC${randomInt(10 ** 9, 10 ** 10)}` : null;
  const shop = {
    ...{ id: newId("merchant"), accountId: newId("account"), slug: `${gateway}-${mark}`, given },
    merchantNo: own ?? gatewayById(gateway)?.merchantNo ?? "",
  };
  const pageUrl = `${origin}/api/openid/${shop.accountId}`;
  await inTransaction(database, async (tx) => {
    const webhookSecret = sealFor("merchants.webhook_secret", shop.id, `whsec_${randomBytes(32).toString("base64")}`);
    const named = { name: `Shop ${mark}`, locale: "zh-HK", timeZone: "Asia/Hong_Kong" };
    await tx.insert(merchants).values({ id: shop.id, ...named, webhookSecret });
    if (own) {
      const callerNo = gatewayById(gateway)?.callerNo ?? "";
      await tx.insert(sandboxMerchants).values({ merchantNo: own, gateway, callerNo, name: named.name, pageUrl });
    }
    const secrets = JSON.stringify({ ...given.credentials, ...(own && { merchantNo: own }) });
    const account = { id: shop.accountId, merchantId: shop.id, gateway, title: "Sandbox", baseUrl: baseUrl ?? given.baseUrl };
    const credentials = sealFor("gateway_accounts.credentials", shop.accountId, secrets);
    await tx.insert(gatewayAccounts).values({ ...account, credentials, settings: { ...given.settings, ...settings }, live: false });
    const link = { id: newId("link"), merchantId: shop.id, slug: shop.slug, title: "茶 Tea", currency: "CNY", amount: 880n };
    await tx.insert(checkoutLinks).values({ ...link, accountId: shop.accountId, live: false });
  });
  return shop;
}
