import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { refunds } from "#db/schema/refunds.ts";
import type { RefundState } from "#lib/domain/refund.ts";

export type Refund = typeof refunds.$inferSelect;

/** Writes a refund; false when the merchant used this idempotency key before (nothing is written then). */
export async function insertRefund(tx: Tx, refund: typeof refunds.$inferInsert): Promise<boolean> {
  const rows = await tx
    .insert(refunds)
    .values(refund)
    .onConflictDoNothing({ target: [refunds.merchantId, refunds.idempotencyKey] })
    .returning({ id: refunds.id });
  return rows.length === 1;
}

export async function refundById(tx: Tx, id: string): Promise<Refund | null> {
  const [row] = await tx.select().from(refunds).where(eq(refunds.id, id));
  return row ?? null;
}

export async function refundByKey(tx: Tx, merchantId: string, idempotencyKey: string): Promise<Refund | null> {
  const [row] = await tx
    .select()
    .from(refunds)
    .where(and(eq(refunds.merchantId, merchantId), eq(refunds.idempotencyKey, idempotencyKey)));
  return row ?? null;
}

/** An order's refunds, oldest first. */
export async function refundsByOrder(tx: Tx, orderId: string): Promise<Refund[]> {
  return tx.select().from(refunds).where(eq(refunds.orderId, orderId)).orderBy(asc(refunds.createdAt), asc(refunds.id));
}

/** What one asker has refunded of an order so far, of all its attempts; what failed did not go back. */
export async function refundedBy(tx: Tx, orderId: string, requestedBy: string): Promise<bigint> {
  const held = sql<string>`coalesce(sum(${refunds.amount}) filter (where ${refunds.state} <> 'failed'), 0)::text`;
  const [row] = await tx
    .select({ held })
    .from(refunds)
    .where(and(eq(refunds.orderId, orderId), eq(refunds.requestedBy, requestedBy)));
  return BigInt(row?.held ?? "0");
}

/** A merchant's refunds under one of our numbers: one, unless two accounts drew the same. */
export async function refundsByNumber(tx: Tx, merchantId: string, refundNo: string): Promise<Refund[]> {
  return tx
    .select()
    .from(refunds)
    .where(and(eq(refunds.merchantId, merchantId), sql`reverse(${refunds.refundNo}) collate "C" = reverse(${refundNo})`));
}

/** Moves a refund from a state it is known to be in; throws when it is not (the order's lock was not held). */
export async function updateRefund(tx: Tx, id: string, from: RefundState, patch: Partial<typeof refunds.$inferInsert>): Promise<void> {
  const rows = await tx
    .update(refunds)
    .set({ ...patch, updatedAt: sql`now()` })
    .where(and(eq(refunds.id, id), inArray(refunds.state, [from])))
    .returning({ id: refunds.id });
  if (rows.length !== 1) throw new Error(`refund ${id}: changed outside its order's lock`);
}
