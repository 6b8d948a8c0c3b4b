import { randomUUID } from "node:crypto";
import type { Database, Tx } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import { attemptById } from "#db/queries/attempts.ts";
import type { KnownOrder } from "#db/queries/compat.ts";
import type { CompatKey } from "#db/queries/compat-keys.ts";
import { type Refund as Row, refundById, refundByKey, refundsByNumber, refundsByOrder } from "#db/queries/refunds.ts";
import { auditorOf } from "#lib/compat/auditor.ts";
import { type By, knownOrder } from "#lib/compat/known.ts";
import type { Answer, Backend, Problem, Refund } from "#lib/dialects/backend.ts";
import { isCurrency } from "#lib/domain/currency.ts";
import type { ProblemCode } from "#lib/domain/errors.ts";
import { isMoneyProblem, major, parseMoney } from "#lib/domain/money.ts";
import { refundMode } from "#lib/payments/refund-mode.ts";
import { refundOrder } from "#lib/payments/refund-order.ts";

/**
 * Gives back part or all (`amount` null) of what paid an order. The same refund number again answers the same refund, of another
 * payment or amount it is `duplicate_number`. Where the gateway that was paid through has no refund in its document nothing is
 * recorded: nobody has paid back yet (a person does that on the dashboard).
 */
export async function refundCompatPayment(
  database: Database,
  key: CompatKey,
  by: By,
  refund: { clientRefundNo: string | null; amount: string | null },
  clientIp: string,
): Promise<Answer<Refund>> {
  const known = await knownOrder(database, key, by);
  if (!known) return refuse("not_found");
  const { order } = known;
  const attempt = order.paidAttemptId ? await attemptById(database, order.paidAttemptId) : null;
  const account = attempt && (await accountById(database, attempt.accountId));
  if (!attempt || !account) return refuse("not_paid");
  // A refund without a number of the shop's is one more each time.
  const idempotencyKey = refund.clientRefundNo === null ? `compat-unnumbered:${randomUUID()}` : keyOf(key, refund.clientRefundNo);
  const earlier = refund.clientRefundNo === null ? null : await refundByKey(database, key.merchantId, idempotencyKey);
  const minor =
    refund.amount === null ? (earlier?.amount ?? attempt.amount - attempt.refundedAmount) : minorOf(refund.amount, order.currency);
  if (minor === null) return refuse("amount_invalid");
  if (earlier) {
    const same = earlier.attemptId === attempt.id && earlier.amount === minor;
    return same ? { ok: true, value: toRefund(key, known, earlier) } : refuse("duplicate_number");
  }
  if (minor <= 0n || minor > attempt.amount - attempt.refundedAmount) return refuse("refund_exceeds");
  const mode = refundMode(account, attempt.method);
  if (!mode) return refuse(problemFor("account_shut"));
  if (mode === "manual") return refuse("method_unavailable");
  const asked = { merchantId: key.merchantId, orderId: order.id, attemptId: attempt.id, amountText: major(minor, order.currency) };
  const program = { actor: "shop", asker: "program", auditor: auditorOf(key, clientIp) } as const;
  const made = await refundOrder({ ...asked, ...program, reason: `compat ${key.gateway}`, idempotencyKey }, database);
  if (!made.ok) return refuse(problemFor(made.problem.code));
  const row = await refundById(database, made.value.refundId);
  return row ? { ok: true, value: toRefund(key, known, row) } : refuse("not_found");
}

/** A key's refunds by any of the document's four numbers, oldest first; those a person made on the dashboard too. */
export async function findCompatRefunds(tx: Tx, key: CompatKey, by: Parameters<Backend["findRefunds"]>[1]): Promise<Refund[]> {
  if ("paymentNo" in by || "clientNo" in by) {
    const known = await knownOrder(tx, key, "paymentNo" in by ? { no: by.paymentNo } : by);
    if (!known) return [];
    const rows = await refundsByOrder(tx, known.order.id);
    return rows.filter((row) => row.attemptId === known.order.paidAttemptId).map((row) => toRefund(key, known, row));
  }
  const rows = "no" in by ? await refundsByNumber(tx, key.merchantId, by.no) : await named(tx, key, by.clientRefundNo);
  const found: Refund[] = [];
  for (const row of rows) {
    const known = await knownOrder(tx, key, { orderId: row.orderId });
    if (known) found.push(toRefund(key, known, row));
  }
  return found;
}

async function named(tx: Tx, key: CompatKey, clientRefundNo: string): Promise<Row[]> {
  const row = await refundByKey(tx, key.merchantId, keyOf(key, clientRefundNo));
  return row ? [row] : [];
}

/** A row in the words of the dialects: reserved, sent and unclear are all under way. */
export function toRefund(key: CompatKey, { order, entry }: KnownOrder, row: Row): Refund {
  const prefix = keyOf(key, "");
  const own = row.idempotencyKey.startsWith(prefix) ? row.idempotencyKey.slice(prefix.length) : null;
  return {
    no: row.refundNo,
    clientRefundNo: own,
    paymentNo: entry?.no ?? order.id.slice("ord_".length),
    clientNo: entry ? entry.clientNo : order.reference,
    amount: major(row.amount, row.currency),
    state: STATES[row.state],
    createdAt: row.createdAt,
  };
}

const STATES = {
  reserved: "PROCESSING",
  sent: "PROCESSING",
  unknown: "PROCESSING",
  succeeded: "SUCCESS",
  // Paid back outside by a person, who recorded it.
  manual: "SUCCESS",
  failed: "FAIL",
} as const satisfies Record<Row["state"], Refund["state"]>;

function keyOf(key: CompatKey, clientRefundNo: string): string {
  return `compat:${key.id}:${clientRefundNo}`;
}

const PROBLEMS: Partial<Record<ProblemCode, Problem>> = {
  refund_exceeds: "refund_exceeds",
  attempt_not_paid: "not_paid",
  order_not_found: "not_found",
  form_changed: "duplicate_number",
  refund_full_only: "amount_invalid",
  // Nothing was done: once somebody has mended the account the same request is taken.
  account_shut: "unavailable",
  // No document knows a merchant's own limits; each has a word for a no from behind.
  refund_needs_approval: "channel_refused",
  refund_daily_cap: "channel_refused",
};

function problemFor(code: ProblemCode): Problem {
  return PROBLEMS[code] ?? "amount_invalid";
}

function minorOf(amount: string, currency: string): bigint | null {
  if (!isCurrency(currency)) return null;
  const money = parseMoney(amount, currency);
  return isMoneyProblem(money) || money.minor === 0n ? null : money.minor;
}

function refuse(problem: Problem): Extract<Answer<never>, { ok: false }> {
  return { ok: false, problem };
}
