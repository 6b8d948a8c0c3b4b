import { and, asc, eq, inArray, isNotNull, lte, sql } from "drizzle-orm";
import { type Database, inTransaction, type Tx } from "#db/client.ts";
import { sandboxPayouts } from "#db/schema/sandbox/payouts.ts";
import { digits } from "#lib/sandbox/numbers.ts";
import { oweNotice } from "#lib/sandbox/owe-notice.ts";
import { type PayoutRow, readPayout } from "#lib/sandbox/payout-rows.ts";

/** A payout that was taken up ends after this, seconds. */
export const PAYOUT_ENDS_SECONDS = 2;
const AT_ONCE = 100;

/**
 * Moves payouts whose time has come: CREATED → PROCESSING → PAID or FAIL, with the notice of the end in the same
 * transaction. `ahead` does not wait for their time: all that end by themselves have ended afterwards. Answers how many moved.
 */
export async function movePayouts(database: Database, { ahead = false }: { ahead?: boolean } = {}): Promise<number> {
  let moved = 0;
  // Twice: a payout moves at most two steps.
  for (let step = 0; step < (ahead ? 2 : 1); step++) moved += await moveOnce(database, ahead);
  return moved;
}

/** Ends a payout now, as the console says. Null when it has ended already or there is none. */
export function endPayout(database: Database, no: string, state: "PAID" | "FAIL"): Promise<PayoutRow | null> {
  return inTransaction(database, async (tx) => {
    const row = await readPayout(tx, eq(sandboxPayouts.no, no), true);
    return row && row.endedAt === null ? end(tx, row, state) : null;
  });
}

function moveOnce(database: Database, ahead: boolean): Promise<number> {
  return inTransaction(database, async (tx) => {
    const due = ahead ? isNotNull(sandboxPayouts.nextAt) : lte(sandboxPayouts.nextAt, sql`now()`);
    const rows = await tx
      .select()
      .from(sandboxPayouts)
      .where(and(inArray(sandboxPayouts.state, ["CREATED", "PROCESSING"]), due))
      .orderBy(asc(sandboxPayouts.nextAt))
      .limit(AT_ONCE)
      .for("update", { skipLocked: true });
    for (const row of rows) {
      if (row.state === "CREATED") await takeUp(tx, row);
      else if (row.outcome) await end(tx, row, row.outcome);
    }
    return rows.length;
  });
}

async function takeUp(tx: Tx, row: PayoutRow): Promise<void> {
  const ends = row.outcome === null ? null : sql`now() + make_interval(secs => ${PAYOUT_ENDS_SECONDS})`;
  await tx.update(sandboxPayouts).set({ state: "PROCESSING", nextAt: ends }).where(eq(sandboxPayouts.no, row.no));
}

async function end(tx: Tx, row: PayoutRow, state: "PAID" | "FAIL"): Promise<PayoutRow> {
  const channelNo = state === "PAID" ? `B${row.no.slice(0, 8)}${digits(12)}` : null;
  const [ended] = await tx
    .update(sandboxPayouts)
    .set({ state, channelNo, endedAt: sql`now()`, nextAt: null })
    .where(eq(sandboxPayouts.no, row.no))
    .returning();
  if (!ended) throw new Error("sandbox payout vanished under its lock");
  if (ended.notifyUrl) await oweNotice(tx, { payoutNo: ended.no }, "genuine");
  return ended;
}
