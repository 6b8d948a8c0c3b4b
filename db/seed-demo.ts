import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { type Database, inTransaction, type Tx } from "#db/client.ts";
import { checkoutLinks } from "#db/schema/checkout-links.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import { memberships, users } from "#db/schema/users.ts";
import { newId } from "#lib/domain/ids.ts";
import { provisionSandbox, type SandboxAccount } from "#lib/sandbox/provision.ts";
import { registerShop } from "#lib/sandbox/shops.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

/** The demo shop: its ids are fixed, so that a later start finds it. It exists only where the sandbox is, or was, on. */
export const DEMO_MERCHANT = "mer_demo";

const SHOP = { name: "演示商店 Demo Shop", locale: "zh-HK", timeZone: "Asia/Hong_Kong" } as const;

const LINKS = [
  { slug: "demo", title: "收银体验 · Demo order", description: "", currency: "HKD", amount: 8_800n },
  { slug: "demo-any", title: "自助付款 · Pay any amount", description: "", currency: "HKD", minAmount: 100n, maxAmount: 500_000n },
  { slug: "demo-cny", title: "人民币收款 · Pay in yuan", description: "", currency: "CNY", amount: 9_900n },
] as const;

/** Makes the demo shop, its links and its accounts at the simulated gateways, or points the existing ones at `origin`. */
export async function seedDemoShop(database: Database, origin: string): Promise<void> {
  // The page of ours that the simulated WeChat container hands the shopper's openid to (seeds/000 §4.1).
  const openidReturnUrl = `${origin}/api/openid/${accountId("hipopay-agent")}`;
  const accounts = await provisionSandbox(database, { origin: origin, openidReturnUrl });
  await inTransaction(database, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('seed.demo'))`);
    await registerShop(tx, { id: DEMO_MERCHANT, name: SHOP.name, webhookSecret: await merchantSecret(tx) });
    for (const [position, account] of accounts.entries()) await pointAccount(tx, account, position);
    for (const link of LINKS) await pointLink(tx, link, origin);
    await giveToAdmin(tx);
  });
}

/** The demo merchant's webhook secret (Standard Webhooks, 256 bits), made with the merchant. A secret sealed with keys that are lost is replaced. */
async function merchantSecret(tx: Tx): Promise<string> {
  const [row] = await tx.select({ sealed: merchants.webhookSecret }).from(merchants).where(eq(merchants.id, DEMO_MERCHANT));
  const known = row ? opened(row.sealed) : null;
  if (known !== null) return known;
  const secret = `whsec_${randomBytes(32).toString("base64")}`;
  const webhookSecret = sealFor("merchants.webhook_secret", DEMO_MERCHANT, secret);
  await tx
    .insert(merchants)
    .values({ id: DEMO_MERCHANT, ...SHOP, webhookSecret })
    .onConflictDoUpdate({ target: merchants.id, set: { webhookSecret } });
  return secret;
}

function opened(sealed: string): string | null {
  try {
    return unsealFor("merchants.webhook_secret", DEMO_MERCHANT, sealed);
  } catch {
    return null;
  }
}

function accountId(gateway: string): string {
  return `acc_demo_${gateway.replaceAll("-", "_")}`;
}

async function pointAccount(tx: Tx, { gateway, credentials, settings, ...account }: SandboxAccount, position: number): Promise<void> {
  const id = accountId(gateway);
  const changing = {
    baseUrl: account.baseUrl,
    credentials: sealFor("gateway_accounts.credentials", id, JSON.stringify(credentials)),
  };
  const row = { id, merchantId: DEMO_MERCHANT, gateway, title: `Sandbox ${gateway}`, settings, live: false, position, ...changing };
  // What somebody set in the dashboard stays, but for what the sandbox itself decides.
  const merged = sql`${gatewayAccounts.settings} || excluded.settings`;
  await tx
    .insert(gatewayAccounts)
    .values(row)
    .onConflictDoUpdate({ target: gatewayAccounts.id, set: { ...changing, settings: merged } });
}

async function pointLink(tx: Tx, link: (typeof LINKS)[number], origin: string): Promise<void> {
  // lib/webhooks lets a delivery to our own machine through only at PUBLIC_URL.
  const notifyUrl = `${origin}/sandbox/shop/webhook`;
  const returnUrl = `${origin}/sandbox/shop`;
  const row = { id: newId("link"), merchantId: DEMO_MERCHANT, ...link, notifyUrl, returnUrl, live: false };
  // Only the address follows: a title or an amount changed in the dashboard stays.
  const own = eq(checkoutLinks.merchantId, DEMO_MERCHANT);
  await tx
    .insert(checkoutLinks)
    .values(row)
    .onConflictDoUpdate({ target: checkoutLinks.slug, set: { notifyUrl, returnUrl }, setWhere: own });
}

/** The first admin sees the demo shop as its owner. */
async function giveToAdmin(tx: Tx): Promise<void> {
  const [admin] = await tx.select({ id: users.id }).from(users).where(eq(users.platformAdmin, true)).orderBy(users.createdAt).limit(1);
  if (admin) await tx.insert(memberships).values({ userId: admin.id, merchantId: DEMO_MERCHANT, role: "owner" }).onConflictDoNothing();
}
