import { desc, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import type { Attempt } from "#db/queries/locks.ts";
import { attempts } from "#db/schema/attempts.ts";

/** Writes a new attempt; a second live one of the same (order, method) is refused by the table. */
export async function insertAttempt(tx: Tx, attempt: typeof attempts.$inferInsert): Promise<Attempt> {
  const [row] = await tx.insert(attempts).values(attempt).returning();
  if (!row) throw new Error("attempt: not written");
  return row;
}

export async function attemptById(tx: Tx, id: string): Promise<Attempt | null> {
  const [row] = await tx.select().from(attempts).where(eq(attempts.id, id));
  return row ?? null;
}

/** Every attempt under one of our gateway numbers, whosever it is: at most one in a sound world. */
export async function attemptsByNumber(tx: Tx, gatewayOrderNo: string): Promise<Attempt[]> {
  return tx.select().from(attempts).where(eq(attempts.gatewayOrderNo, gatewayOrderNo)).limit(10);
}

/**
 * Holds one of the gateways' numbers until the transaction ends, so that of two who give a number no attempt has to an order
 * each, in whichever account, the second finds the first one's attempt. After the order's lock.
 */
export async function holdNumber(tx: Tx, gatewayOrderNo: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('number:' || ${gatewayOrderNo}::text, 0))`);
}

/** An order's attempts, newest first. */
export async function attemptsByOrder(tx: Tx, orderId: string): Promise<Attempt[]> {
  return tx.select().from(attempts).where(eq(attempts.orderId, orderId)).orderBy(desc(attempts.createdAt), desc(attempts.id));
}

/** Claims the closing of an attempt for longer than it takes; false when nothing is to be closed (any more). */
export async function claimClose(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx
    .update(attempts)
    .set({ closeDueAt: sql`now() + interval '60 seconds'` })
    .where(sql`${attempts.id} = ${id} and ${attempts.closeDueAt} is not null`)
    .returning({ id: attempts.id });
  return rows.length === 1;
}

/**
 * Claims the right to ask the gateway about an attempt now: true for one caller in `seconds`, so that many tabs and
 * landings make one query. The claim is a row update, good across processes.
 */
export async function claimQuery(tx: Tx, id: string, seconds: number): Promise<boolean> {
  const rows = await tx
    .update(attempts)
    .set({ lastQueriedAt: sql`now()` })
    .where(
      sql`${attempts.id} = ${id} and (${attempts.lastQueriedAt} is null or ${attempts.lastQueriedAt} < now() - make_interval(secs => ${seconds}))`,
    )
    .returning({ id: attempts.id });
  return rows.length === 1;
}
