import { asc, eq, inArray, or, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { sandboxNotices, sandboxNoticeTries } from "#db/schema/sandbox/notices.ts";

/** All notices of a payment or a payout with their tries, oldest first. */
export async function noticesOf(tx: Tx, number: string, kind: "payment" | "payout" = "payment") {
  const column = kind === "payment" ? sandboxNotices.paymentNo : sandboxNotices.payoutNo;
  const notices = await tx.select().from(sandboxNotices).where(eq(column, number)).orderBy(asc(sandboxNotices.id));
  const ids = notices.map((notice) => notice.id);
  const tries =
    ids.length === 0
      ? []
      : await tx
          .select()
          .from(sandboxNoticeTries)
          .where(inArray(sandboxNoticeTries.noticeId, ids))
          .orderBy(asc(sandboxNoticeTries.noticeId), asc(sandboxNoticeTries.number));
  return notices.map(({ leaseToken: _token, ...notice }) => ({ ...notice, log: tries.filter((made) => made.noticeId === notice.id) }));
}

/** How the notices of these payments or payouts stand, counted: `{ no: { acknowledged: 1, waiting: 2 } }`. */
export async function noticeCounts(tx: Tx, numbers: readonly string[]): Promise<Record<string, Record<string, number>>> {
  if (numbers.length === 0) return {};
  const no = sql<string>`coalesce(${sandboxNotices.paymentNo}, ${sandboxNotices.payoutNo})`;
  const rows = await tx
    .select({ no, state: sandboxNotices.state, count: sql<number>`count(*)::int` })
    .from(sandboxNotices)
    .where(or(inArray(sandboxNotices.paymentNo, [...numbers]), inArray(sandboxNotices.payoutNo, [...numbers])))
    .groupBy(no, sandboxNotices.state);
  const counts: Record<string, Record<string, number>> = {};
  for (const { no, state, count } of rows) counts[no] = { ...counts[no], [state]: count };
  return counts;
}
