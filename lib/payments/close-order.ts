import { type Database, db, inTransaction } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import { attemptsByOrder } from "#db/queries/attempts.ts";
import { type Attempt, lockOrder } from "#db/queries/locks.ts";
import { orderById, orderByToken } from "#db/queries/orders.ts";
import { isLiveAttempt } from "#lib/domain/attempt.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { commit, draft, moneyOf, moveAttempt, moveOrder, record } from "#lib/payments/change.ts";
import { announce } from "#lib/payments/live.ts";
import { openAccount } from "#lib/payments/open-account.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";

/** Cancels an open order, for the shopper (token) or a user (orderId). The gateway is asked first: what is paid stays paid. */
export async function cancelOrder(
  input: { token?: string; orderId?: string; actor: string },
  database: Database = db(),
): Promise<Result<void>> {
  const order = input.token ? await orderByToken(database, input.token) : input.orderId ? await orderById(database, input.orderId) : null;
  if (!order) return fail("order_not_found");
  if (order.state !== "open") return fail("order_not_open");
  const ended = await endOrder(database, order.id, "cancel", input.actor);
  return ended ? { ok: true, value: undefined } : fail("order_not_open");
}

/** Ends an order whose time is up by the database's clock; asks the gateway about each live attempt first. */
export async function expireOrder(orderId: string, database: Database = db()): Promise<boolean> {
  return endOrder(database, orderId, "expire", "sweep");
}

/**
 * Asks about every live attempt, closes each at the gateway where its document has that operation, then ends the order
 * and closes the attempts here. They are still swept: a payment that comes all the same is credited as late.
 */
async function endOrder(database: Database, orderId: string, event: "expire" | "cancel", actor: string): Promise<boolean> {
  const live = (await attemptsByOrder(database, orderId)).filter((one) => isLiveAttempt(one.state));
  for (const attempt of live) {
    await recheckAttempt(attempt.id, database);
    await closeAtGateway(database, attempt);
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
      record(change, "attempt.closed", actor, { reason: event === "expire" ? "the order expired" : "the order was cancelled" }, closed);
    }
    moveOrder(change, event);
    record(change, event === "expire" ? "order.expired" : "order.cancelled", actor, {}, null);
    await commit(tx, change);
    return true;
  }).then((ended) => {
    if (ended) void notifyPage(database, orderId);
    return ended;
  });
}

async function closeAtGateway(database: Database, attempt: Attempt): Promise<void> {
  const row = await accountById(database, attempt.accountId);
  if (!row) return;
  const opened = openAccount(row);
  if (!opened.account.close) return;
  await opened.account
    .close({ method: attempt.method, gatewayOrderNo: attempt.gatewayOrderNo, gatewayRef: attempt.gatewayRef, amount: moneyOf(attempt) })
    .catch(() => null);
  await opened.flush(database, { orderId: attempt.orderId, attemptId: attempt.id });
}

async function notifyPage(database: Database, orderId: string): Promise<void> {
  const order = await orderById(database, orderId).catch(() => null);
  if (order) announce(database, order.token, order.eventSequence);
}
