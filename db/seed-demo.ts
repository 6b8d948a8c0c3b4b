import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { type Database, inTransaction, type Tx } from "#db/client.ts";
import { checkoutLinks } from "#db/schema/checkout-links.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import { memberships, users } from "#db/schema/users.ts";
import { newId } from "#lib/domain/ids.ts";
import { servedGateways } from "#lib/sandbox/gateways.ts";
import { provisionSandbox, type SandboxAccount } from "#lib/sandbox/provision.ts";
import { registerShop } from "#lib/sandbox/shops.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

/** The demo shop: its ids are fixed, so that a later start finds it. It exists only where the sandbox is, or was, on. */
export const DEMO_MERCHANT = "mer_demo";

const SHOP = { name: "演示商店 Demo Shop", locale: "zh-HK", timeZone: "Asia/Hong_Kong" } as const;

interface Link {
  slug: string;
  title: string;
  description: string;
  currency: string;
  amount?: bigint;
  minAmount?: bigint;
  maxAmount?: bigint;
  /** Only through this account; any of the shop's where absent. */
  accountId?: string;
}

const LINKS: readonly Link[] = [
  { slug: "demo", title: "收银体验 · Demo order", description: "", currency: "HKD", amount: 8_800n },
  { slug: "demo-any", title: "自助付款 · Pay any amount", description: "", currency: "HKD", minAmount: 100n, maxAmount: 500_000n },
  { slug: "demo-cny", title: "人民币收款 · Pay in yuan", description: "", currency: "CNY", amount: 9_900n },
];
const FIRST_GATEWAY = "hipopay-agent";
const GATEWAY_AMOUNT = 880n;

/** Makes the demo shop, its links and its accounts at the simulated gateways, or points the existing ones at `origin`. */
export async function seedDemoShop(database: Database, origin: string): Promise<void> {
  // The page of ours that the simulated WeChat container hands the shopper's openid to (seeds/000 §4.1).
  const openidReturnUrl = (gateway: string): string => `${origin}/api/openid/${accountId(gateway)}`;
  const accounts = await provisionSandbox(database, {
    origin,
    openidReturnUrls: { [FIRST_GATEWAY]: openidReturnUrl(FIRST_GATEWAY), "hipopay-merchant": openidReturnUrl("hipopay-merchant") },
  });
  await inTransaction(database, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('seed.demo'))`);
    await registerShop(tx, { id: DEMO_MERCHANT, name: SHOP.name, webhookSecret: await merchantSecret(tx) });
    // The agent's first, as it always was; a gateway whose wire nobody serves would only refuse.
    const served = new Set(servedGateways().map(({ id }) => id));
    const usable = accounts.filter(({ gateway }) => served.has(gateway));
    for (const [position, account] of usable.entries()) await pointAccount(tx, account, position);
    const others = usable.map(({ gateway }) => gateway).filter((gateway) => gateway !== FIRST_GATEWAY);
    for (const link of [...LINKS, ...others.map(gatewayLink)]) await pointLink(tx, link, origin);
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

/** A link that pays through one gateway only, to see each of them at work: `/l/demo-xxpay`. */
function gatewayLink(gateway: string): Link {
  const title = `网关体验 · ${gateway}`;
  return { slug: `demo-${gateway}`, title, description: "", currency: "CNY", amount: GATEWAY_AMOUNT, accountId: accountId(gateway) };
}

async function pointLink(tx: Tx, link: Link, origin: string): Promise<void> {
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
