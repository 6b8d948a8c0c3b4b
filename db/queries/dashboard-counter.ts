import { desc, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { orders } from "#db/schema/orders.ts";

/** What a merchant's newest order was in, which the next one probably is too; null before the first. */
export async function readLastUse(tx: Tx, merchantId: string): Promise<{ currency: string; live: boolean } | null> {
  const [row] = await tx
    .select({ currency: orders.currency, live: orders.live })
    .from(orders)
    .where(eq(orders.merchantId, merchantId))
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(1);
  return row ?? null;
}
