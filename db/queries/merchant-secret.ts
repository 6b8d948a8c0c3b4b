import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { merchants } from "#db/schema/merchants.ts";

/** The secret that signs for the notify_urls of a merchant's orders, sealed; the merchant's row is held. */
export async function merchantSecret(tx: Tx, merchantId: string): Promise<string | null> {
  const [row] = await tx
    .select({ secret: merchants.webhookSecret })
    .from(merchants)
    .where(eq(merchants.id, merchantId))
    .for("no key update");
  return row?.secret ?? null;
}

export async function setMerchantSecret(tx: Tx, merchantId: string, sealed: string): Promise<void> {
  await tx.update(merchants).set({ webhookSecret: sealed }).where(eq(merchants.id, merchantId));
}
