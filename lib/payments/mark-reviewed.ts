import { type Database, db, inTransaction } from "#db/client.ts";
import { type Also, nothingAlong } from "#db/queries/audit.ts";
import { flaggedAfter } from "#db/queries/flags.ts";
import { lockOrder } from "#db/queries/locks.ts";
import { storableText } from "#db/storable.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { commit, draft, record } from "#lib/payments/change.ts";

/** The longest reason that is kept, in characters. */
export const REVIEW_REASON_MAX = 200;

/**
 * A person has looked at an order that needed one, and says what came of it. Stands in the history with the reason; marking it
 * again changes nothing. `seen`: the order's last event when it was looked at: a flag that came after it was not looked at and
 * stays (`order_flagged_again`). Other problems: `order_not_found`, `reason_missing`.
 */
export async function markReviewed(
  input: { merchantId: string; orderId: string; actor: string; reason: string; seen?: number | undefined },
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<Result<void>> {
  const reason = storableText([...input.reason.trim()].slice(0, REVIEW_REASON_MAX).join(""));
  if (!reason) return fail("reason_missing", "reason");
  return inTransaction(database, async (tx): Promise<Result<void>> => {
    const locked = await lockOrder(tx, input.orderId);
    if (locked?.order.merchantId !== input.merchantId) return fail("order_not_found");
    if (!locked.order.needsReview) return { ok: true, value: undefined };
    if (input.seen !== undefined && (await flaggedAfter(tx, input.orderId, input.seen))) return fail("order_flagged_again");
    const change = draft(locked);
    change.order.needsReview = false;
    record(change, "order.reviewed", input.actor, { reason }, null);
    await commit(tx, change);
    await also(tx, input.orderId);
    return { ok: true, value: undefined };
  });
}
