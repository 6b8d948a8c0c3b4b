import { type Database, inTransaction, type Tx } from "#db/client.ts";
import type { GatewayAccount } from "#db/queries/accounts.ts";
import { insertAttempt } from "#db/queries/attempts.ts";
import { type Attempt, type Locked, lockOrder, type Order } from "#db/queries/locks.ts";
import { isLiveAttempt, nextAttemptState } from "#lib/domain/attempt.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { newGatewayNumber, newId } from "#lib/domain/ids.ts";
import { CHARGES_AT_ONCE, type Method } from "#lib/domain/methods.ts";
import { CLOSE_LEASE_SECONDS, SCAN_DEADLINE_SECONDS, SWEEP_STEPS } from "#lib/domain/schedules.ts";
import { sendJob } from "#lib/jobs/queues.ts";
import { amountData, commit, draft, moneyOf, moveAttempt, record } from "#lib/payments/change.ts";

/**
 * A fresh attempt to send, or the one of the same method that is still alive. `untouched`: the order as it was written together
 * with the attempt, which nobody else can have changed yet.
 */
export type Intent = { attempt: Attempt; alive: null; untouched?: Order } | { attempt: null; alive: Attempt };

export interface Intended {
  orderId: string;
  account: GatewayAccount;
  method: Method;
  /** `shopper`, or the id of the merchant's user who scans. */
  actor: string;
  /** One more condition, under the order's lock, in the same transaction; only before a fresh attempt is made. */
  guard?: ((tx: Tx, locked: Locked) => Promise<Result<void>>) | undefined;
}

/** An attempt whose create has not answered after this long belongs to a process that died: a new one may be made. */
const STALE_MS = 20_000;
/** Tries to pay one order, each of which the sweep has to follow for a day. */
const ATTEMPTS_MAX = 50;

/** Commits the attempt as sent, under the order's lock: from here on its number may be paid (reliability.md 2). */
export async function writeIntent(database: Database, intended: Intended): Promise<Result<Intent>> {
  const { orderId, method } = intended;
  return inTransaction(database, async (tx): Promise<Result<Intent>> => {
    const locked = await lockOrder(tx, orderId);
    if (!locked) return fail("order_not_found");
    if (locked.order.state !== "open") return fail(locked.order.state === "expired" ? "order_expired" : "order_not_open");
    if (locked.order.expiresAt <= locked.now) return fail("order_expired");
    const alive = locked.attempts.find((one) => one.method === method && isLiveAttempt(one.state));
    if (alive && !mayReplace(alive, locked.now)) return { ok: true, value: { attempt: null, alive } };
    if (locked.attempts.length >= ATTEMPTS_MAX) return fail("too_many_requests");
    const allowed = await intended.guard?.(tx, locked);
    if (allowed && !allowed.ok) return allowed;
    const order = alive ? await putAside(tx, locked, alive) : locked.order;
    return { ok: true, value: { attempt: await insertSent(tx, order, intended, locked.now), alive: null } };
  });
}

/** QR, redirect and JSAPI may be tried anew when no answer came; what charges at once never before a query answers. */
function mayReplace(attempt: Attempt, now: Date): boolean {
  if (CHARGES_AT_ONCE.has(attempt.method)) return false;
  return attempt.state === "unknown" || (attempt.state === "sent" && now.getTime() - attempt.createdAt.getTime() > STALE_MS);
}

/** Closes here, at once, an attempt without an answer; a job closes it at the gateway, and it is still swept. */
async function putAside(tx: Tx, locked: Locked, alive: Attempt): Promise<Order> {
  const change = draft(locked);
  const closed = moveAttempt(change, alive, "close");
  closed.problem = "superseded";
  closed.closeDueAt = new Date(locked.now.getTime() + CLOSE_LEASE_SECONDS * 1000);
  record(change, "attempt.closed", "shopper", { reason: "no answer; tried anew" }, closed);
  await commit(tx, change);
  await sendJob(tx, "close", { attemptId: closed.id });
  return change.order;
}

async function insertSent(tx: Tx, order: Order, { account, method, actor }: Intended, now: Date): Promise<Attempt> {
  const after = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
  const attempt = await insertAttempt(tx, {
    id: newId("attempt"),
    merchantId: order.merchantId,
    orderId: order.id,
    orderCreatedAt: order.createdAt,
    accountId: account.id,
    method,
    gatewayOrderNo: newGatewayNumber(now),
    currency: order.currency,
    amount: order.amount,
    state: nextAttemptState("new", "send") ?? "new",
    expiresAt: order.expiresAt,
    nextSweepAt: after(SWEEP_STEPS[0]),
    closeDueAt: CHARGES_AT_ONCE.has(method) ? after(SCAN_DEADLINE_SECONDS) : null,
  });
  const change = draft({ order, now });
  record(
    change,
    "attempt.sent",
    actor,
    { method, account: account.id, gatewayOrderNo: attempt.gatewayOrderNo, ...amountData(moneyOf(attempt)) },
    attempt,
  );
  await commit(tx, change);
  return attempt;
}
