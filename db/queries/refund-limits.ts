import { and, asc, eq, sql } from "drizzle-orm";
import { prepared, type Tx } from "#db/client.ts";
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

/** Above which sum of one asker's refunds of one order somebody else decides; null: no such limit. */
export async function approvalAbove(tx: Tx, merchantId: string, currency: string): Promise<bigint | null> {
  const [row] = await tx
    .select({ above: refundLimits.approvalAbove })
    .from(refundLimits)
    .where(and(eq(refundLimits.merchantId, merchantId), eq(refundLimits.currency, currency)));
  return row?.above ?? null;
}

/** The day of the merchant's that `now` is in: what may go back in it, what did, and when the next one begins. */
export interface RefundDay {
  cap: bigint | null;
  used: bigint;
  endsAt: Date;
}

interface Money {
  merchantId: string;
  currency: string;
  live: boolean;
}

const CAP = "select daily_cap as cap from refund_limits where merchant_id = $1 and currency = $2";

/**
 * The day's cap and what counts against it, held until the transaction ends: the limits' row is locked first (after the order's,
 * always) and the sum is read by a statement after it, so that of two refunds at once the second counts the first.
 */
export async function holdRefundDay(tx: Tx, order: Money, now: Date): Promise<RefundDay> {
  const [limits] = await prepared<{ cap: string | null }>(tx, "hold_refund_cap", `${CAP} for update`, [order.merchantId, order.currency]);
  return dayOf(tx, order, now, limits?.cap ?? null);
}

/** The day's cap and what counts against it now, to be shown. */
export async function readRefundDay(tx: Tx, order: Money, now: Date): Promise<RefundDay> {
  const [limits] = await prepared<{ cap: string | null }>(tx, "refund_cap", CAP, [order.merchantId, order.currency]);
  return dayOf(tx, order, now, limits?.cap ?? null);
}

// What failed gives its room back; refunds by policy and the other mode's (test, live) do not count.
async function dayOf(tx: Tx, order: Money, now: Date, cap: string | null): Promise<RefundDay> {
  if (cap === null) return { cap: null, used: 0n, endsAt: now };
  const [day] = await prepared<{ used: string; ends: Date }>(tx, "refund_day", DAY, [order.merchantId, order.currency, order.live, now]);
  if (!day) throw new Error(`merchant ${order.merchantId}: not there`);
  return { cap: BigInt(cap), used: BigInt(day.used), endsAt: day.ends };
}

const DAY = `with day as (
  select date_trunc('day', $4::timestamptz at time zone time_zone) at time zone time_zone as starts,
    (date_trunc('day', $4::timestamptz at time zone time_zone) + interval '1 day') at time zone time_zone as ends
  from merchants where id = $1
)
select day.ends, (
  select coalesce(sum(r.amount), 0) from refunds r join orders o on o.id = r.order_id
  where r.merchant_id = $1 and r.currency = $2 and o.live = $3 and r.state <> 'failed' and r.requested_by <> 'policy'
    and r.created_at >= day.starts and r.created_at < day.ends
)::text as used from day`;
