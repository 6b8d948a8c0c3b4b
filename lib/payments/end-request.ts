import { type Database, db, inTransaction, type Tx } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { type Locked, lockOrder } from "#db/queries/locks.ts";
import { dueRequests, moveRequest, type RefundRequest, requestOf } from "#db/queries/refund-requests.ts";
import type { OrderEventType } from "#db/schema/order-events.ts";
import type { AuditActor } from "#lib/domain/audit.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { nextRequestState, type RequestEvent } from "#lib/domain/refund-request.ts";
import { log } from "#lib/log.ts";
import { amountData, commit, draft, moneyOf, record } from "#lib/payments/change.ts";
import { auditDetail } from "#lib/payments/refund-order.ts";

export interface Waiting {
  request: RefundRequest;
  locked: Locked;
}

/**
 * A request that still waits, under its order's lock: whoever ends one holds that lock, so that of two at once the second
 * finds it ended. `expires_at` is judged by the database's clock; one whose time is up has ended, swept or not.
 */
export async function lockRequest(tx: Tx, merchantId: string, requestId: string): Promise<Result<Waiting>> {
  const known = await requestOf(tx, merchantId, requestId);
  const locked = known && (await lockOrder(tx, known.orderId));
  // Again, now that nobody else can end it.
  const request = locked && (await requestOf(tx, merchantId, requestId));
  if (!request || !locked) return fail("request_not_found");
  if (request.state !== "requested" || request.expiresAt <= locked.now) return fail("request_ended");
  return { ok: true, value: { request, locked } };
}

/** An approval has no event of its own: the refund it makes tells of itself. */
const EVENTS = {
  approve: null,
  decline: "refund.declined",
  withdraw: "refund.withdrawn",
  expire: "refund.lapsed",
} as const satisfies Record<RequestEvent, OrderEventType | null>;

interface Ending {
  /** Whose doing the history says it was. */
  actor: string;
  decidedBy?: string;
  decision?: string | null;
  refundId?: string;
}

/** Ends a waiting request along its table, with its line in the order's history. */
export async function endRequest(tx: Tx, waiting: Waiting, event: RequestEvent, { actor, ...ending }: Ending): Promise<void> {
  const { request, locked } = waiting;
  const state = nextRequestState(request.state, event);
  if (state === null) throw new Error(`refund request ${request.id}: ${event} is illegal when ${request.state}`);
  await moveRequest(tx, request, { state, ...ending });
  const type = EVENTS[event];
  if (type === null) return;
  const change = draft(locked);
  const attempt = locked.attempts.find((one) => one.id === request.attemptId) ?? null;
  const said = ending.decision ? { decision: ending.decision } : {};
  record(change, type, actor, { request: request.id, ...said, ...amountData(moneyOf(request)) }, attempt);
  await commit(tx, change);
}

/** The audit's row of how a person ended a request. */
export async function auditEnd(
  tx: Tx,
  request: RefundRequest,
  action: "refunds.approve" | "refunds.decline" | "refunds.withdraw",
  actor: AuditActor,
  decision: string | null,
): Promise<void> {
  const target = { kind: "refund_request", id: request.id };
  const detail = { ...auditDetail(request), requestedBy: request.requestedBy, ...(decision !== null && { decision }) };
  await appendAudit(tx, { actor, merchantId: request.merchantId, action, target, detail });
}

/** Takes a request back: who asked, and nobody else. */
export async function withdrawRequest(
  input: { merchantId: string; requestId: string; actor: string; auditor: AuditActor },
  database: Database = db(),
): Promise<Result<void>> {
  return inTransaction(database, async (tx): Promise<Result<void>> => {
    const found = await lockRequest(tx, input.merchantId, input.requestId);
    if (!found.ok) return found;
    const { request } = found.value;
    if (request.requestedBy !== input.actor) return fail("forbidden");
    await endRequest(tx, found.value, "withdraw", { actor: input.actor });
    await auditEnd(tx, request, "refunds.withdraw", input.auditor, null);
    return { ok: true, value: undefined };
  });
}

/** Requests a sweep ends at most. */
const LAPSE_MAX = 100;

/** Ends the requests nobody decided in time, each in a transaction of its own: one that cannot be ended stops no other. */
export async function lapseRequests(database: Database = db()): Promise<number> {
  let ended = 0;
  for (const { id, orderId } of await dueRequests(database, LAPSE_MAX)) {
    const lapse = inTransaction(database, async (tx) => {
      const locked = await lockOrder(tx, orderId);
      const request = locked && (await requestOf(tx, locked.order.merchantId, id));
      if (!locked || request?.state !== "requested" || request.expiresAt > locked.now) return 0;
      await endRequest(tx, { request, locked }, "expire", { actor: "sweep" });
      return 1;
    });
    ended += await lapse.catch((error: Error) => {
      log.error({ request: id, error: error.message }, "refund request not ended; it stays due");
      return 0;
    });
  }
  return ended;
}
