import { type Database, db, inTransaction } from "#db/client.ts";
import { lockOrder } from "#db/queries/locks.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { commit, draft, record } from "#lib/payments/change.ts";

/** A person has looked at an order that needed one. Says so in the history; marking it again changes nothing. */
export async function markReviewed(
  input: { merchantId: string; orderId: string; actor: string },
  database: Database = db(),
): Promise<Result<void>> {
  return inTransaction(database, async (tx): Promise<Result<void>> => {
    const locked = await lockOrder(tx, input.orderId);
    if (locked?.order.merchantId !== input.merchantId) return fail("order_not_found");
    if (!locked.order.needsReview) return { ok: true, value: undefined };
    const change = draft(locked);
    change.order.needsReview = false;
    record(change, "order.reviewed", input.actor, {}, null);
    await commit(tx, change);
    return { ok: true, value: undefined };
  });
}
