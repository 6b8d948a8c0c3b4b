import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { type NoticeContent, type NoticeState, sandboxNotices } from "#db/schema/sandbox/notices.ts";
import { type Fault, isFault } from "#lib/sandbox/faults.ts";
import type { PaymentRow } from "#lib/sandbox/rows.ts";

/** The channel all notifiers listen on. */
export const NOTICE_CHANNEL = "sandbox_notices";

/** Inserts one notice outside the schedule, due now: asked for by the caller, the console or the control API. */
export async function oweNotice(tx: Tx, of: { paymentNo: string } | { payoutNo: string }, content: NoticeContent): Promise<number> {
  const [row] = await tx
    .insert(sandboxNotices)
    .values({ ...of, content, state: "waiting" })
    .returning({ id: sandboxNotices.id });
  await ringNotifiers(tx);
  if (!row) throw new Error("notice was not inserted");
  return row.id;
}

/** Wakes the notifiers once this transaction is through: there is something to send, or a payout to move. */
export async function ringNotifiers(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_notify(${NOTICE_CHANNEL}, '')`);
}

interface Owed {
  content: NoticeContent;
  state?: NoticeState;
  seconds?: number;
  heldBack?: boolean;
}
const GENUINE: Owed = { content: "genuine" };

/** What each fault makes of the one genuine notice; several faults add up. */
const OWED: Partial<Record<Fault, (seconds: number) => Owed[]>> = {
  notice_lost: () => [{ content: "genuine", state: "lost" }],
  notice_late: (seconds) => [{ content: "genuine", seconds }],
  notice_duplicate: () => [GENUINE, GENUINE, GENUINE],
  notice_reordered: (seconds) => [{ content: "genuine", seconds, heldBack: true }],
  notice_early: () => [GENUINE],
  notice_forged: () => [{ content: "forged" }],
  notice_wrong_amount: () => [{ content: "wrong_amount" }],
  notice_wrong_currency: () => [{ content: "wrong_currency" }],
};

/** Owes what the payment's faults make of its notice; nothing without a notify_url. Only in the transaction that pays. */
export async function oweNotices(tx: Tx, payment: PaymentRow): Promise<void> {
  if (!payment.notifyUrl) return;
  const chosen = payment.faults.flatMap(({ fault, seconds }) => (isFault(fault) ? (OWED[fault]?.(seconds ?? 0) ?? []) : []));
  const owed = chosen.length > 0 ? chosen : [GENUINE];
  await tx.insert(sandboxNotices).values(
    owed.map(({ content, state = "waiting", seconds = 0, heldBack = false }) => ({
      paymentNo: payment.no,
      content,
      state,
      heldBack,
      nextAt: sql`now() + make_interval(secs => ${seconds})`,
    })),
  );
  await ringNotifiers(tx);
}
