import { type Database, db, inTransaction } from "#db/client.ts";
import type { RefundRequest } from "#db/queries/refund-requests.ts";
import { storableText } from "#db/storable.ts";
import type { AuditActor } from "#lib/domain/audit.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { mayDecide } from "#lib/domain/refund-approval.ts";
import { auditEnd, endRequest, lockRequest } from "#lib/payments/end-request.ts";
import { REASON_MAX } from "#lib/payments/refund-order.ts";
import { type Reserved, reserveRefund } from "#lib/payments/reserve-refund.ts";
import { sendRefund } from "#lib/payments/send-refund.ts";

export interface DecideRequest {
  merchantId: string;
  requestId: string;
  /** Who decides; `approves`: they may approve refunds in this merchant. */
  person: { id: string; approves: boolean };
  /** Why, for whoever asked. A no needs it, a yes may go without. */
  reason: string;
  /** Whose name the audit has it under, and from where. */
  auditor: AuditActor;
}

/**
 * Approves: everything is asked again under the order's lock (what is left, the day's cap), the refund is reserved and the
 * request ends in the same commit, and then it is sent; killed between the two, the refund's row is due and a worker sends it.
 * Where it no longer fits, the problem says why and the request goes on waiting. Approved before (`request_ended`), by two at
 * once or by a double click, nothing happens twice.
 */
export async function approveRequest(input: DecideRequest, database: Database = db()): Promise<Result<Reserved>> {
  const approved = await inTransaction(database, async (tx): Promise<Result<Reserved>> => {
    const found = await lockRequest(tx, input.merchantId, input.requestId);
    if (!found.ok) return found;
    const { request, locked } = found.value;
    if (!mayDecide(input.person, request)) return refusalOf(input, request);
    const { attemptId, amount, reason, note, requestedBy, id } = request;
    const wanted = { attemptId, amount, reason, note: note ?? "", requestedBy, request: id };
    const made = await reserveRefund(tx, locked, { ...wanted, actor: input.person.id, idempotencyKey: `request:${id}` });
    if (!made.ok) return made;
    const decision = storableText(input.reason.trim().slice(0, REASON_MAX)) || null;
    const ending = { actor: input.person.id, decidedBy: input.person.id, decision };
    await endRequest(tx, found.value, "approve", { ...ending, refundId: made.value.refundId });
    await auditEnd(tx, request, "refunds.approve", input.auditor, decision);
    return made;
  });
  if (approved.ok && !approved.value.manual) await sendRefund(approved.value.refundId, database);
  return approved;
}

/** Says no to a request, and why. */
export async function declineRequest(input: DecideRequest, database: Database = db()): Promise<Result<void>> {
  const decision = storableText(input.reason.trim().slice(0, REASON_MAX));
  if (!decision) return fail("reason_missing", "reason");
  return inTransaction(database, async (tx): Promise<Result<void>> => {
    const found = await lockRequest(tx, input.merchantId, input.requestId);
    if (!found.ok) return found;
    const { request } = found.value;
    if (!mayDecide(input.person, request)) return refusalOf(input, request);
    await endRequest(tx, found.value, "decline", { actor: input.person.id, decidedBy: input.person.id, decision });
    await auditEnd(tx, request, "refunds.decline", input.auditor, decision);
    return { ok: true, value: undefined };
  });
}

function refusalOf({ person }: DecideRequest, request: RefundRequest): Result<never> {
  return fail(person.id === request.requestedBy ? "request_own" : "forbidden");
}
