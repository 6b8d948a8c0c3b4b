import { type Database, db, inTransaction } from "#db/client.ts";
import { attemptById, attemptsByOrder } from "#db/queries/attempts.ts";
import { type Also, nothingAlong } from "#db/queries/audit.ts";
import { lockOrder } from "#db/queries/locks.ts";
import { orderById, orderByToken } from "#db/queries/orders.ts";
import { isLiveAttempt } from "#lib/domain/attempt.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { nextCloseAt } from "#lib/domain/schedules.ts";
import { commit, draft, moveAttempt, moveOrder, record } from "#lib/payments/change.ts";
import { closeAtGateway } from "#lib/payments/close-attempt.ts";
import { announce } from "#lib/payments/live.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";

/** Which order is meant: by the secret token a shopper holds, or by its id within the merchant whose user asks. */
export type WhichOrder = { token: string } | { merchantId: string; orderId: string };

/**
 * Cancels an open order, for the shopper (token) or a merchant's user (orderId; another merchant's is not found). The
 * gateway is asked first: what is paid stays paid. `reason`: a person's own words, kept in the history.
 */
export async function cancelOrder(
  input: WhichOrder & { actor: string; reason?: string | undefined },
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<Result<void>> {
  const order = await ("token" in input ? orderByToken(database, input.token) : orderById(database, input.orderId));
  if (!order || ("merchantId" in input && order.merchantId !== input.merchantId)) return fail("order_not_found");
  if (order.state !== "open") return fail("order_not_open");
  const ended = await endOrder(database, order.id, { event: "cancel", actor: input.actor, reason: input.reason, also });
  return ended ? { ok: true, value: undefined } : fail("order_not_open");
}

/** Ends an order whose time is up by the database's clock; asks the gateway about each live attempt first. */
export async function expireOrder(orderId: string, database: Database = db()): Promise<boolean> {
  return endOrder(database, orderId, { event: "expire", actor: "sweep", also: nothingAlong });
}

/**
 * Asks about every live attempt, closes each at the gateway where its document has that operation, then ends the order
 * and closes the attempts here. They are still swept: a payment that comes all the same is credited as late.
 */
async function endOrder(
  database: Database,
  orderId: string,
  { event, actor, reason, also }: { event: "expire" | "cancel"; actor: string; reason?: string | undefined; also: Also },
): Promise<boolean> {
  const live = (await attemptsByOrder(database, orderId)).filter((one) => isLiveAttempt(one.state));
  const done = new Set<string>();
  for (const attempt of live) {
    const standing = await recheckAttempt(attempt.id, database);
    // Only what is surely unpaid: where the document's only close is a reversal, closing a paid one sends the money back.
    if (standing?.kind === "unknown") continue;
    // Read again: the answer may have brought the gateway's number, which a reversal needs.
    const known = standing?.kind === "pending" ? await attemptById(database, attempt.id) : null;
    const answer = known && (await closeAtGateway(database, known));
    if (!answer || answer.ok) done.add(attempt.id);
  }
  return inTransaction(database, async (tx) => {
    const locked = await lockOrder(tx, orderId);
    if (locked?.order.state !== "open") return false;
    if (event === "expire" && locked.order.expiresAt > locked.now) return false;
    const change = draft(locked);
    for (const attempt of locked.attempts) {
      if (!isLiveAttempt(attempt.state)) continue;
      const closed = moveAttempt(change, attempt, "close");
      closed.problem = "superseded";
      // One that was not closed there, or began meanwhile, may still be closed at the gateway (close-attempt.ts).
      closed.closeDueAt = done.has(attempt.id) ? null : nextCloseAt(attempt.createdAt, attempt.expiresAt, locked.now);
      record(change, "attempt.closed", actor, { reason: event === "expire" ? "the order expired" : "the order was cancelled" }, closed);
    }
    moveOrder(change, event);
    record(change, event === "expire" ? "order.expired" : "order.cancelled", actor, reason ? { reason } : {}, null);
    await commit(tx, change);
    await also(tx, orderId);
    return true;
  }).then((ended) => {
    if (ended) void notifyPage(database, orderId);
    return ended;
  });
}

async function notifyPage(database: Database, orderId: string): Promise<void> {
  const order = await orderById(database, orderId).catch(() => null);
  if (order) announce(database, order.token, order.eventSequence);
}
