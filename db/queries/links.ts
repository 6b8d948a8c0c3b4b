import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { checkoutLinks } from "#db/schema/checkout-links.ts";
import { merchants } from "#db/schema/merchants.ts";

export type CheckoutLink = typeof checkoutLinks.$inferSelect;

/** A link with its merchant's face; inactive ones too: the page says so. */
export async function linkBySlug(tx: Tx, slug: string): Promise<{ link: CheckoutLink; merchant: typeof merchants.$inferSelect } | null> {
  const [row] = await tx
    .select({ link: checkoutLinks, merchant: merchants })
    .from(checkoutLinks)
    .innerJoin(merchants, eq(merchants.id, checkoutLinks.merchantId))
    .where(eq(checkoutLinks.slug, slug));
  return row ?? null;
}
