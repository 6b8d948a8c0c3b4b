import { and, asc, desc, eq, gt, lt, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { checkoutLinks } from "#db/schema/checkout-links.ts";
import { merchants } from "#db/schema/merchants.ts";
import { orders } from "#db/schema/orders.ts";
import type { Brand } from "#lib/domain/brand.ts";

export type CheckoutLink = typeof checkoutLinks.$inferSelect;
export type NewLink = typeof checkoutLinks.$inferInsert;
/** What an edit may write: everything but whose it is, its address, its money and the counters. */
export type LinkChange = Omit<NewLink, "id" | "merchantId" | "slug" | "live" | "takenOrders" | "takenPieces" | "createdAt" | "revision">;

export interface LinkWithMerchant {
  link: CheckoutLink;
  merchant: typeof merchants.$inferSelect;
  /** Its orders that are still open; counted only where a limit makes them matter. */
  openOrders: number;
  /** When the first of those ends at the latest. */
  nextFreeAt: Date | null;
  /** The database's clock. */
  now: Date;
}

/** A link with its merchant's face, whatever its state: the page says so. */
export async function linkBySlug(tx: Tx, slug: string): Promise<LinkWithMerchant | null> {
  const [row] = await tx
    .select({ link: checkoutLinks, merchant: merchants, now: sql`clock_timestamp()`.mapWith(checkoutLinks.createdAt) })
    .from(checkoutLinks)
    .innerJoin(merchants, eq(merchants.id, checkoutLinks.merchantId))
    .where(eq(checkoutLinks.slug, slug));
  if (!row) return null;
  const limited = !row.link.reusable || row.link.stock !== null;
  const open = limited ? await openOrdersOf(tx, row.link.id) : { openOrders: 0, nextFreeAt: null };
  return { ...row, ...open };
}

async function openOrdersOf(tx: Tx, linkId: string): Promise<Pick<LinkWithMerchant, "openOrders" | "nextFreeAt">> {
  const [row] = await tx
    .select({ openOrders: sql<number>`count(*)::int`, nextFreeAt: sql<Date | null>`min(${orders.expiresAt})`.mapWith(orders.expiresAt) })
    .from(orders)
    .where(and(eq(orders.linkId, linkId), eq(orders.state, "open")));
  return row ?? { openOrders: 0, nextFreeAt: null };
}

/** One link of this merchant; null for a foreign and for an unknown id alike. */
export async function ownLink(tx: Tx, merchantId: string, linkId: string): Promise<CheckoutLink | null> {
  const [row] = await tx.select().from(checkoutLinks).where(own(merchantId, linkId));
  return row ?? null;
}

/** The same under a lock that waits for orders in flight: what is counted next is all there is (migration link_places). */
export async function lockOwnLink(tx: Tx, merchantId: string, linkId: string): Promise<CheckoutLink | null> {
  const [row] = await tx.select().from(checkoutLinks).where(own(merchantId, linkId)).for("update");
  return row ?? null;
}

/** Orders of a link that hold a place, open or paid, and their pieces. Only true under `lockOwnLink`. */
export async function placesTaken(tx: Tx, linkId: string): Promise<{ takenOrders: number; takenPieces: number }> {
  const [row] = await tx
    .select({ takenOrders: sql<number>`count(*)::int`, takenPieces: sql<number>`coalesce(sum(${orders.quantity}), 0)::int` })
    .from(orders)
    .where(and(eq(orders.linkId, linkId), sql`${orders.state} in ('open', 'paid')`));
  return row ?? { takenOrders: 0, takenPieces: 0 };
}

interface LinkListing {
  merchantId: string;
  live?: boolean | undefined;
  active?: boolean | undefined;
  /** Rows at most; ask for one more than a page to learn whether there are more. */
  limit: number;
  /** The rows after this one (older), … */
  after?: LinkKey | undefined;
  /** … or before it (newer). */
  before?: LinkKey | undefined;
}

export interface LinkKey {
  at: Date;
  id: string;
}

/** A merchant's links, newest first by (created_at, id) in every case. */
export async function listLinks(tx: Tx, { merchantId, live, active, limit, after, before }: LinkListing): Promise<CheckoutLink[]> {
  const { createdAt, id } = checkoutLinks;
  const beyond = (key: LinkKey, than: typeof lt): SQL | undefined =>
    or(than(createdAt, key.at), and(eq(createdAt, key.at), than(id, key.id)));
  const rows = await tx
    .select()
    .from(checkoutLinks)
    .where(
      and(
        eq(checkoutLinks.merchantId, merchantId),
        live === undefined ? undefined : eq(checkoutLinks.live, live),
        active === undefined ? undefined : eq(checkoutLinks.active, active),
        after && beyond(after, lt),
        before && beyond(before, gt),
      ),
    )
    .orderBy(...(before ? [asc(createdAt), asc(id)] : [desc(createdAt), desc(id)]))
    .limit(limit);
  return before ? rows.reverse() : rows;
}

/** Writes a link; null when its slug is taken (by any merchant), and nothing is written then. */
export async function insertLink(tx: Tx, row: NewLink): Promise<CheckoutLink | null> {
  const [made] = await tx.insert(checkoutLinks).values(row).onConflictDoNothing({ target: checkoutLinks.slug }).returning();
  return made ?? null;
}

/** Writes an edit of a locked link, with the places as counted, and draws pages of before anew. */
export async function updateLink(
  tx: Tx,
  merchantId: string,
  linkId: string,
  change: LinkChange & Partial<Pick<CheckoutLink, "takenOrders" | "takenPieces">>,
): Promise<CheckoutLink | null> {
  const [row] = await tx
    .update(checkoutLinks)
    .set({ ...change, revision: sql`${checkoutLinks.revision} + 1` })
    .where(own(merchantId, linkId))
    .returning();
  return row ?? null;
}

/** Opens or closes a link; null for a foreign and for an unknown id alike. */
export async function setLinkActive(tx: Tx, merchantId: string, linkId: string, active: boolean): Promise<CheckoutLink | null> {
  const [row] = await tx.update(checkoutLinks).set({ active }).where(own(merchantId, linkId)).returning();
  return row ?? null;
}

/** A merchant's face on paper. */
export async function merchantFace(tx: Tx, merchantId: string): Promise<{ name: string; brand: Brand; locale: string } | null> {
  const { name, brand, locale } = merchants;
  const [row] = await tx.select({ name, brand, locale }).from(merchants).where(eq(merchants.id, merchantId));
  return row ?? null;
}

function own(merchantId: string, linkId: string): SQL | undefined {
  return and(eq(checkoutLinks.id, linkId), eq(checkoutLinks.merchantId, merchantId));
}
