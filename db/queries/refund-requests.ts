import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { refundRequests } from "#db/schema/refund-requests.ts";

export type RefundRequest = typeof refundRequests.$inferSelect;

/** One request of this merchant; null for a foreign and for an unknown id alike. */
export async function requestOf(tx: Tx, merchantId: string, requestId: string): Promise<RefundRequest | null> {
  const [row] = await tx
    .select()
    .from(refundRequests)
    .where(and(eq(refundRequests.id, requestId), eq(refundRequests.merchantId, merchantId)));
  return row ?? null;
}

export async function requestByKey(tx: Tx, merchantId: string, idempotencyKey: string): Promise<RefundRequest | null> {
  const [row] = await tx
    .select()
    .from(refundRequests)
    .where(and(eq(refundRequests.merchantId, merchantId), eq(refundRequests.idempotencyKey, idempotencyKey)));
  return row ?? null;
}

/** What of an order waits to be approved, the oldest first. */
export async function waitingRequests(tx: Tx, merchantId: string, orderId: string): Promise<RefundRequest[]> {
  return tx
    .select()
    .from(refundRequests)
    .where(and(eq(refundRequests.orderId, orderId), eq(refundRequests.merchantId, merchantId), eq(refundRequests.state, "requested")))
    .orderBy(asc(refundRequests.createdAt), asc(refundRequests.id))
    .limit(100);
}

/** What of an attempt waits to be approved, in minor units. */
export async function waitingOf(tx: Tx, attemptId: string): Promise<bigint> {
  const [row] = await tx
    .select({ waiting: sql<string>`coalesce(sum(${refundRequests.amount}), 0)::text` })
    .from(refundRequests)
    .where(and(eq(refundRequests.attemptId, attemptId), eq(refundRequests.state, "requested")));
  return BigInt(row?.waiting ?? "0");
}

export async function insertRequest(tx: Tx, request: typeof refundRequests.$inferInsert): Promise<void> {
  await tx.insert(refundRequests).values(request);
}

/** Ends a request in the state it was read in under its order's lock; throws when it has another (the lock was not held). */
export async function moveRequest(tx: Tx, request: RefundRequest, patch: Partial<typeof refundRequests.$inferInsert>): Promise<void> {
  const rows = await tx
    .update(refundRequests)
    .set({ ...patch, endedAt: sql`clock_timestamp()` })
    .where(and(eq(refundRequests.id, request.id), eq(refundRequests.state, request.state)))
    .returning({ id: refundRequests.id });
  if (rows.length !== 1) throw new Error(`refund request ${request.id}: changed outside its order's lock`);
}

/** Requests whose time is up, the longest waiting first. */
export async function dueRequests(tx: Tx, limit: number): Promise<{ id: string; orderId: string }[]> {
  return tx
    .select({ id: refundRequests.id, orderId: refundRequests.orderId })
    .from(refundRequests)
    .where(and(eq(refundRequests.state, "requested"), lte(refundRequests.expiresAt, sql`now()`)))
    .orderBy(asc(refundRequests.expiresAt))
    .limit(limit);
}
