import { type Database, db, inTransaction } from "#db/client.ts";
import { attemptsByOrder } from "#db/queries/attempts.ts";
import { type Also, nothingAlong } from "#db/queries/audit.ts";
import { lockOrder } from "#db/queries/locks.ts";
import { orderById } from "#db/queries/orders.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { commit, draft, record } from "#lib/payments/change.ts";
import { type Asked, askAbout } from "#lib/payments/recheck-attempt.ts";

/**
 * Asks about every undecided attempt of a merchant's order, for its user; also those that ended without money. What the
 * gateway said stands in the order's history. None was asked about when all were a moment ago: that is no problem. Problems:
 * `order_not_found`, `nothing_to_recheck`.
 */
export async function recheckOrder(
  input: { merchantId: string; orderId: string; actor: string; reason?: string },
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<Result<{ answers: Asked[] }>> {
  const order = await orderById(database, input.orderId);
  if (order?.merchantId !== input.merchantId) return fail("order_not_found");
  const undecided = (await attemptsByOrder(database, order.id)).filter((one) => one.state !== "paid");
  if (undecided.length === 0) return fail("nothing_to_recheck");
  const answers = await askAbout(undecided, database);
  if (answers.length > 0)
    await inTransaction(database, async (tx) => {
      const locked = await lockOrder(tx, order.id);
      if (!locked) throw new Error(`order ${order.id} vanished`);
      const change = draft(locked);
      record(
        change,
        "order.rechecked",
        input.actor,
        {
          answers: answers.map(({ gatewayOrderNo, answer }) => ({ gatewayOrderNo, answer })),
          ...(input.reason && { reason: input.reason }),
        },
        null,
      );
      await commit(tx, change);
      await also(tx, order.id);
    });
  return { ok: true, value: { answers } };
}
