import { and, count, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { refundRequests } from "#db/schema/refund-requests.ts";

export type RefundRequest = typeof refundRequests.$inferSelect;

/** How many of a merchant's refunds wait for somebody's approval: home's list of what needs a person. */
export async function countWaitingRefunds(tx: Tx, merchantId: string): Promise<number> {
  const [row] = await tx
    .select({ waiting: count() })
    .from(refundRequests)
    .where(and(eq(refundRequests.merchantId, merchantId), eq(refundRequests.state, "requested")));
  return row?.waiting ?? 0;
}
