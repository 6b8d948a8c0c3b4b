import { type Database, db, inTransaction, type Tx } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { type Locked, lockOrder } from "#db/queries/locks.ts";
import { orderById } from "#db/queries/orders.ts";
import { approvalAbove } from "#db/queries/refund-limits.ts";
import { refundByKey, refundedBy } from "#db/queries/refunds.ts";
import { storableText } from "#db/storable.ts";
import type { AuditActor, AuditDetail } from "#lib/domain/audit.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { isMoneyProblem, major, parseMoney } from "#lib/domain/money.ts";
import { type RefundAsker, type RefundWay, refundWay } from "#lib/domain/refund-approval.ts";
import { moneyOf } from "#lib/payments/change.ts";
import { type Reserved, reserveRefund } from "#lib/payments/reserve-refund.ts";
import { sendRefund } from "#lib/payments/send-refund.ts";

export interface RefundOrder {
  merchantId: string;
  orderId: string;
  attemptId: string;
  /** Decimal text in the order's currency, major units. */
  amountText: string;
  reason: string;
  /** For a manual refund: how it was paid back outside (a bank's slip number), for people. */
  note?: string | undefined;
  /** A user's id, `shop`, `command line`. */
  actor: string;
  asker: RefundAsker;
  /** Made when the form was drawn: its double click is one refund. */
  idempotencyKey: string;
  /** Whose name the audit has it under, and from where. */
  auditor: AuditActor;
}

export const REASON_MAX = 200;
export const NOTE_MAX = 200;

/**
 * Refunds part or all of one paid attempt. The amount is reserved under the order's lock and constraint before anything
 * is sent, so that two refunds at once can never exceed what was paid. Returns after the first send; the refund's row
 * says how it went (an unclear answer is asked about and, if the gateway never got it, sent again under its own number).
 * Where the gateway's document has no refund, nothing is sent: a manual refund is recorded with its note, holds the amount as
 * any other, and says so (`manual`). Where it refunds whole payments only, a part is refused (`refund_full_only`).
 *
 * What needs a second person is refused (`refund_needs_approval`: requestRefund is the way), and so is what the day has no
 * room for (`refund_daily_cap`, with when it has).
 */
export async function refundOrder(input: RefundOrder, database: Database = db()): Promise<Result<Reserved>> {
  const read = await readWanted(input, database);
  if (!read.ok) return read;
  const { amount, reason, note } = read.value;
  const reserved = await inTransaction(database, async (tx): Promise<Result<Reserved & { send: boolean }>> => {
    const locked = await lockOrder(tx, input.orderId);
    if (!locked?.attempts.some((one) => one.id === input.attemptId)) return fail("order_not_found");
    const known = await refundByKey(tx, input.merchantId, input.idempotencyKey);
    if (known) {
      const same = known.attemptId === input.attemptId && known.amount === amount;
      const value = { refundId: known.id, manual: known.state === "manual", send: false };
      return same ? { ok: true, value } : fail("form_changed", "amount");
    }
    const asked = { asker: input.asker, actor: input.actor, amount };
    if ((await wayOf(tx, locked.order, asked)) !== "refund") return needsApproval(tx, locked);
    const { attemptId, actor, idempotencyKey } = input;
    const made = await reserveRefund(tx, locked, { attemptId, amount, reason, note, requestedBy: actor, actor, idempotencyKey });
    if (!made.ok) return made;
    await appendAudit(tx, {
      ...{ actor: input.auditor, merchantId: input.merchantId, action: input.asker === "program" ? "refunds.create" : "refunds.send" },
      target: { kind: "refund", id: made.value.refundId },
      detail: auditDetail({ ...input, amount, currency: locked.order.currency }),
    });
    return { ok: true, value: { ...made.value, send: !made.value.manual } };
  });
  if (!reserved.ok) return reserved;
  const { refundId, manual, send } = reserved.value;
  if (send) await sendRefund(refundId, database);
  return { ok: true, value: { refundId, manual } };
}

/** What is asked for, fit to be kept, of an order of this merchant's. */
export async function readWanted(
  input: Pick<RefundOrder, "merchantId" | "orderId" | "amountText" | "reason" | "note">,
  database: Database,
): Promise<Result<{ amount: bigint; reason: string; note: string }>> {
  const order = await orderById(database, input.orderId);
  if (order?.merchantId !== input.merchantId) return fail("order_not_found");
  const reason = storableText(input.reason.trim().slice(0, REASON_MAX));
  if (!reason) return fail("reason_missing", "reason");
  const amount = parseMoney(input.amountText.trim(), moneyOf(order).currency);
  if (isMoneyProblem(amount)) return fail(`amount_${amount}`, "amount");
  if (amount.minor === 0n) return fail("amount_zero", "amount");
  return { ok: true, value: { amount: amount.minor, reason, note: storableText((input.note ?? "").trim().slice(0, NOTE_MAX)) } };
}

/** What the audit keeps of a refund or of a request for one. */
export function auditDetail(row: { orderId: string; amount: bigint; currency: string; reason: string }): AuditDetail {
  return { order: row.orderId, amount: `${major(row.amount, row.currency)} ${row.currency}`, reason: row.reason };
}

/** What would become of a refund now. Under the order's lock it is a decision; without it, what a form says beforehand. */
export async function wayOf(
  tx: Tx,
  order: { id: string; merchantId: string; currency: string },
  asked: { asker: RefundAsker; actor: string; amount: bigint },
): Promise<RefundWay> {
  const [limit, earlier] = [await approvalAbove(tx, order.merchantId, order.currency), await refundedBy(tx, order.id, asked.actor)];
  return refundWay({ asker: asked.asker, amount: asked.amount, earlier, approvalAbove: limit });
}

async function needsApproval(tx: Tx, { order }: Locked): Promise<Result<never>> {
  const limit = await approvalAbove(tx, order.merchantId, order.currency);
  return fail("refund_needs_approval", "amount", { limit: major(limit ?? 0n, order.currency), currency: order.currency });
}
