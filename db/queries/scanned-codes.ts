import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { scannedCodes } from "#db/schema/scanned-codes.ts";

/** Claims a scanned code for an order; false when the merchant has used it before. Two tills at once: one waits, and loses. */
export async function claimCode(tx: Tx, merchantId: string, digest: string, orderId: string): Promise<boolean> {
  const rows = await tx
    .insert(scannedCodes)
    .values({ merchantId, digest, orderId })
    .onConflictDoNothing()
    .returning({ at: scannedCodes.at });
  return rows.length === 1;
}

/** Gives a code back that surely charged nothing, so that the same screen may be scanned again. */
export async function releaseCode(tx: Tx, merchantId: string, digest: string, orderId: string): Promise<void> {
  await tx
    .delete(scannedCodes)
    .where(and(eq(scannedCodes.merchantId, merchantId), eq(scannedCodes.digest, digest), eq(scannedCodes.orderId, orderId)));
}
