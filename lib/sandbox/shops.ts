import { eq, sql } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import type { Tx } from "#db/client.ts";
import { sandboxMerchants } from "#db/schema/sandbox/merchants.ts";
import { sandboxShopEvents, sandboxShops } from "#db/schema/sandbox/shops.ts";
import { boundedText } from "#lib/bounded-body.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

const SECRET = "sandbox.shops.secret";
const UNVERIFIED_KEPT = 100;
const FORGET_UNVERIFIED = sql`delete from ${sandboxShopEvents} where not verified and id <= (
  select id from ${sandboxShopEvents} where not verified order by id desc offset ${UNVERIFIED_KEPT} limit 1)`;
const BODY_MAX = 64 * 1024;
/** A webhook does not say whose it is: each shop's secret is tried, some 15 µs one. Every end-to-end test may have a shop. */
const SHOPS_MAX = 1000;

/** A demo shop that receives our webhooks. `webhookSecret` is the `whsec_…` text. Again with the same id: replaces. */
export async function registerShop(tx: Tx, shop: { id: string; name: string; webhookSecret: string }): Promise<void> {
  const webhookSecret = sealFor(SECRET, shop.id, shop.webhookSecret);
  await tx
    .insert(sandboxShops)
    .values({ id: shop.id, name: shop.name, webhookSecret })
    .onConflictDoUpdate({ target: sandboxShops.id, set: { name: shop.name, webhookSecret } });
}

/** Registers the page that runs in the WeChat container (seeds/000 §4.1). False when there is no such merchant. */
export async function registerPage(tx: Tx, page: { merchantNo: string; url: string; method?: "GET" | "POST" }): Promise<boolean> {
  const rows = await tx
    .update(sandboxMerchants)
    .set({ pageUrl: page.url, pageMethod: page.method ?? "GET" })
    .where(eq(sandboxMerchants.merchantNo, page.merchantNo))
    .returning({ no: sandboxMerchants.merchantNo });
  return rows.length > 0;
}

/**
 * A shop's webhook receiver, as the shop would write it: verify (Standard Webhooks), store, answer. What does not verify
 * is stored too, marked, and answered 400; nothing is done twice for the same id by a real shop, so all are kept to see.
 */
export async function receiveShopWebhook(tx: Tx, request: Request): Promise<Response> {
  const body = await boundedText(request, BODY_MAX);
  if (body === null) return new Response("too large", { status: 413 });
  const headers = Object.fromEntries(
    ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => [name, request.headers.get(name) ?? ""]),
  );
  const shopId = await verifiedBy(tx, body, headers);
  const event = shopId === null ? null : readable(body);
  await tx.insert(sandboxShopEvents).values({
    shopId,
    webhookId: (headers["webhook-id"] ?? "").slice(0, 200),
    verified: shopId !== null,
    type: textAt(event, "type"),
    reference: textAt(event, "data", "reference") ?? textAt(event, "data", "order", "reference"),
    state: textAt(event, "data", "state") ?? textAt(event, "data", "order", "state"),
    body: body.slice(0, 8192).replaceAll("\0", ""),
  });
  // Anybody may post here: of what no shop's secret verifies only the newest are kept.
  if (shopId === null) await tx.execute(FORGET_UNVERIFIED);
  return shopId === null ? new Response("bad signature", { status: 400 }) : new Response(null, { status: 204 });
}

async function verifiedBy(tx: Tx, body: string, headers: Record<string, string>): Promise<string | null> {
  const shops = await tx.select({ id: sandboxShops.id, webhookSecret: sandboxShops.webhookSecret }).from(sandboxShops).limit(SHOPS_MAX);
  for (const shop of shops) {
    try {
      new Webhook(unsealFor(SECRET, shop.id, shop.webhookSecret)).verify(body, headers);
      return shop.id;
    } catch {
      // Not this shop's signature; another's may verify.
    }
  }
  return null;
}

function readable(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function textAt(value: unknown, ...path: string[]): string | null {
  let at = value;
  for (const key of path) at = typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined;
  return typeof at === "string" ? at.slice(0, 200) : null;
}
