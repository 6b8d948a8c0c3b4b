import type pg from "pg";
import { SEED_BATCH } from "#db/seed-orders-sql.ts";
import type { Method } from "#lib/domain/methods.ts";

/** One account and method that seeded orders are paid through, and how often beside the others. */
export interface Way {
  accountId: string;
  method: Method;
  live: boolean;
  weight: number;
  /** Whether the account's gateway tells the wallet's own number. */
  tellsWallet: boolean;
}

export interface Seeding {
  merchantId: string;
  /** The first number to write: one more than `lastSeeded` says. */
  from: number;
  /** How many seeded orders the merchant is to have in the end. */
  total: number;
  ways: readonly Way[];
  /** Histories too: three and a half rows an order. */
  events: boolean;
  /** Called after each batch with how many there are now. */
  onBatch?: (done: number) => void;
}

/** Seeded orders carry such references, so that a run that was broken off goes on where it ended. */
export const SEED_REFERENCE = "SEED-";
const BATCH = 20_000;
const SLOTS = 10_000;

/**
 * Fills a merchant with orders as two years of trade would have left them: attempts, refunds and histories, made by
 * PostgreSQL itself. Nothing of them is ever due: no sweep, no expiry, no webhook (what is open expires in ten years, and
 * every attempt, refund and event is written as already dealt with), so that a worker beside them stays idle. Each batch
 * commits; gives how many orders were written.
 */
export async function seedOrders(client: pg.ClientBase, seeding: Seeding): Promise<number> {
  const { merchantId, from: first, total, ways, events, onBatch } = seeding;
  if (ways.length === 0) throw new Error(`the merchant ${merchantId} has no account that could take a payment`);
  const slots = slotsOf(ways);
  for (let from = first; from <= total; from += BATCH) {
    const to = Math.min(from + BATCH - 1, total);
    await client.query({
      name: "seed_orders",
      text: SEED_BATCH,
      values: [merchantId, from, to, first, total, JSON.stringify(ways), slots, events],
    });
    onBatch?.(to);
  }
  return Math.max(0, total - first + 1);
}

/** The highest number of the merchant's seeded orders; 0 for none. One step into an index. */
export async function lastSeeded(client: pg.ClientBase, merchantId: string): Promise<number> {
  const last = await client.query<{ reference: string }>(
    `select reference from orders where merchant_id = $1 and reference >= $2 and reference < $3 order by reference desc limit 1`,
    [merchantId, SEED_REFERENCE, `${SEED_REFERENCE}:`],
  );
  return Number(last.rows[0]?.reference.slice(SEED_REFERENCE.length) ?? 0);
}

/** Each way's number (from 1) as often among ten thousand as its weight says, but at least once. */
function slotsOf(ways: readonly Way[]): number[] {
  const whole = ways.reduce((sum, way) => sum + way.weight, 0);
  return ways.flatMap((way, index) => new Array<number>(Math.max(1, Math.round((way.weight / whole) * SLOTS))).fill(index + 1));
}
