import { asc, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { refundLimits } from "#db/schema/refund-limits.ts";

/** What limits a merchant's refunds in one currency; minor units, null: no such limit. See db/schema/refund-limits.ts. */
export interface RefundLimits {
  currency: string;
  /** Above it somebody else has to approve; 0: always. */
  approvalAbove: bigint | null;
  /** At most this much in one day of the merchant's. */
  dailyCap: bigint | null;
}

const COLUMNS = { currency: refundLimits.currency, approvalAbove: refundLimits.approvalAbove, dailyCap: refundLimits.dailyCap };

/** All limits of a merchant, by currency. A currency that is not in the list has none. */
export async function readLimits(tx: Tx, merchantId: string): Promise<RefundLimits[]> {
  return tx.select(COLUMNS).from(refundLimits).where(eq(refundLimits.merchantId, merchantId)).orderBy(asc(refundLimits.currency));
}

/** Sets the limits of the currencies given and leaves the others alone; both null takes a currency's limits away. */
export async function writeLimits(tx: Tx, merchantId: string, limits: readonly RefundLimits[]): Promise<void> {
  if (limits.length === 0) return;
  // In one order always, so that two who save at once wait for each other and do not lock each other out.
  const rows = [...limits].sort((a, b) => (a.currency < b.currency ? -1 : 1)).map((row) => ({ merchantId, ...row }));
  await tx
    .insert(refundLimits)
    .values(rows)
    .onConflictDoUpdate({
      target: [refundLimits.merchantId, refundLimits.currency],
      set: { approvalAbove: sql`excluded.approval_above`, dailyCap: sql`excluded.daily_cap`, updatedAt: sql`now()` },
    });
}
