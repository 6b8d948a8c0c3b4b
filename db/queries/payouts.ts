import { and, desc, eq, sql } from "drizzle-orm";
import { prepared, type Tx } from "#db/client.ts";
import { columnsOf, rowOf } from "#db/rows.ts";
import { type PayoutEventType, payoutEvents, payouts } from "#db/schema/payouts.ts";

export type Payout = typeof payouts.$inferSelect;
export type PayoutEventRow = typeof payoutEvents.$inferSelect;

/** A payout under its row lock, and the database's clock when the lock was had. */
export interface LockedPayout {
  payout: Payout;
  now: Date;
}

const LOCKED = `select ${columnsOf(payouts, "p")}, clock_timestamp() as locked_at from payouts p`;
type LockedRow = Record<string, unknown> & { locked_at: Date };

/** Writes a payout; null when the merchant used this idempotency key before (nothing is written then). */
export async function insertPayout(tx: Tx, payout: typeof payouts.$inferInsert): Promise<Payout | null> {
  const [row] = await tx
    .insert(payouts)
    .values(payout)
    .onConflictDoNothing({ target: [payouts.merchantId, payouts.idempotencyKey] })
    .returning();
  return row ?? null;
}

export async function payoutById(tx: Tx, id: string): Promise<Payout | null> {
  const [row] = await tx.select().from(payouts).where(eq(payouts.id, id));
  return row ?? null;
}

export async function payoutByKey(tx: Tx, merchantId: string, idempotencyKey: string): Promise<Payout | null> {
  const [row] = await tx
    .select()
    .from(payouts)
    .where(and(eq(payouts.merchantId, merchantId), eq(payouts.idempotencyKey, idempotencyKey)));
  return row ?? null;
}

/** A merchant's payouts, newest first. */
export async function payoutsOf(tx: Tx, merchantId: string, limit: number): Promise<Payout[]> {
  return tx
    .select()
    .from(payouts)
    .where(eq(payouts.merchantId, merchantId))
    .orderBy(desc(payouts.createdAt), desc(payouts.id))
    .limit(limit);
}

/** The whole history of a payout, oldest first. */
export async function payoutHistory(tx: Tx, payoutId: string): Promise<PayoutEventRow[]> {
  return tx.select().from(payoutEvents).where(eq(payoutEvents.payoutId, payoutId)).orderBy(payoutEvents.sequence);
}

export async function lockPayout(tx: Tx, id: string): Promise<LockedPayout | null> {
  return lockedOf(await prepared<LockedRow>(tx, "lock_payout", `${LOCKED} where p.id = $1 for update`, [id]));
}

/** An account's payout under one of our numbers. */
export async function payoutOfNumber(tx: Tx, accountId: string, payoutNo: string): Promise<Payout | null> {
  const [row] = await tx
    .select()
    .from(payouts)
    .where(and(eq(payouts.accountId, accountId), eq(payouts.payoutNo, payoutNo)));
  return row ?? null;
}

/** Locks the payout a gateway's notice is about. */
export async function lockPayoutOfNumber(tx: Tx, accountId: string, payoutNo: string): Promise<LockedPayout | null> {
  const text = `${LOCKED} where p.account_id = $1 and p.payout_no = $2 for update`;
  return lockedOf(await prepared<LockedRow>(tx, "lock_payout_of_number", text, [accountId, payoutNo]));
}

/** Whether this very notice was taken in before. The caller holds the payout's lock. */
export async function knowsNotice(tx: Tx, payoutId: string, fingerprint: string): Promise<boolean> {
  const rows = await tx
    .select({ sequence: payoutEvents.sequence })
    .from(payoutEvents)
    .where(and(eq(payoutEvents.payoutId, payoutId), eq(payoutEvents.fingerprint, fingerprint)));
  return rows.length > 0;
}

export interface NewPayoutEvent {
  type: PayoutEventType;
  actor: string;
  data: Record<string, unknown>;
  fingerprint?: string;
}

/** Writes a changed payout and its new events; the caller holds its lock. */
export async function savePayout(tx: Tx, payout: Payout, events: readonly NewPayoutEvent[]): Promise<void> {
  const { id, createdAt: _created, ...changed } = payout;
  const eventSequence = payout.eventSequence + events.length;
  await tx
    .update(payouts)
    .set({ ...changed, eventSequence, updatedAt: sql`now()` })
    .where(eq(payouts.id, id));
  if (events.length === 0) return;
  await tx
    .insert(payoutEvents)
    .values(
      events.map((event, index) => ({ ...event, payoutId: id, sequence: payout.eventSequence + index + 1, at: sql`clock_timestamp()` })),
    );
}

/** Payouts to ask about, claimed for a minute so that no other worker asks at the same time. */
export async function claimPayouts(tx: Tx, limit: number): Promise<string[]> {
  const rows = await prepared<{ id: string }>(
    tx,
    "claim_payouts",
    `update payouts set lease_until = now() + interval '60 seconds' where id in (
       select id from payouts where next_try_at <= now() and (lease_until is null or lease_until < now())
       order by next_try_at limit $1 for update skip locked) returning id`,
    [limit],
  );
  return rows.map((row) => row.id);
}

function lockedOf([row]: LockedRow[]): LockedPayout | null {
  return row ? { payout: rowOf(payouts, row), now: row.locked_at } : null;
}
