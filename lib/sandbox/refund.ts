import { and, asc, eq, sql } from "drizzle-orm";
import { type Database, inTransaction, type Tx } from "#db/client.ts";
import { sandboxPayments } from "#db/schema/sandbox/payments.ts";
import { sandboxRefunds } from "#db/schema/sandbox/refunds.ts";
import type { Answer, Backend, Caller, Payment, Refund } from "#lib/dialects/backend.ts";
import { formatMajor, isMoneyProblem, parseMoney } from "#lib/domain/money.ts";
import { newPaymentNo } from "#lib/sandbox/numbers.ts";
import { currencyOf, type PaymentRow, readPayment, toRefund } from "#lib/sandbox/rows.ts";

/**
 * Refunds a paid payment, wholly when `amount` is null. The same refund number again answers the same refund; under
 * another payment or for another amount it is `duplicate_number`. The sum never exceeds the payment (row lock and CHECK).
 */
export async function refundPayment(
  database: Database,
  gateway: string,
  caller: Caller,
  payment: Payment,
  refund: { clientRefundNo: string | null; amount: string | null },
): Promise<Answer<Refund>> {
  return inTransaction(database, async (tx) => {
    const row = await readPayment(tx, eq(sandboxPayments.no, payment.no), true);
    if (!row || row.gateway !== gateway || row.callerNo !== caller.callerNo) return { ok: false, problem: "not_found" };
    const earlier = refund.clientRefundNo === null ? null : await byClientNo(tx, row, refund.clientRefundNo);
    if (earlier) return sameRefund(row, earlier, refund.amount);
    if (row.state !== "PAID") return { ok: false, problem: "not_paid" };
    const minor = amountOf(row, refund.amount);
    if (minor === null) return { ok: false, problem: "amount_invalid" };
    if (minor === 0n || row.refundedMinor + minor > row.amountMinor) return { ok: false, problem: "refund_exceeds" };
    return insertRefund(tx, row, refund.clientRefundNo, minor);
  });
}

/** The caller's refunds by any of the document's four numbers, oldest first. */
export async function findRefunds(tx: Tx, gateway: string, caller: Caller, by: Parameters<Backend["findRefunds"]>[1]): Promise<Refund[]> {
  const named =
    "no" in by
      ? eq(sandboxRefunds.no, by.no)
      : "clientRefundNo" in by
        ? eq(sandboxRefunds.clientRefundNo, by.clientRefundNo)
        : "paymentNo" in by
          ? eq(sandboxRefunds.paymentNo, by.paymentNo)
          : eq(sandboxPayments.clientNo, by.clientNo);
  const rows = await tx
    .select({ refund: sandboxRefunds, clientNo: sandboxPayments.clientNo })
    .from(sandboxRefunds)
    .innerJoin(sandboxPayments, eq(sandboxPayments.no, sandboxRefunds.paymentNo))
    .where(and(eq(sandboxRefunds.gateway, gateway), eq(sandboxRefunds.callerNo, caller.callerNo), named))
    .orderBy(asc(sandboxRefunds.createdAt), asc(sandboxRefunds.no))
    .limit(1000);
  return rows.map(({ refund, clientNo }) => toRefund(refund, clientNo));
}

async function insertRefund(tx: Tx, row: PaymentRow, clientRefundNo: string | null, minor: bigint): Promise<Answer<Refund>> {
  const [made] = await tx
    .insert(sandboxRefunds)
    .values({
      no: newPaymentNo(new Date()),
      paymentNo: row.no,
      gateway: row.gateway,
      callerNo: row.callerNo,
      clientRefundNo,
      amount: formatMajor({ minor, currency: currencyOf(row) }),
      amountMinor: minor,
      state: "SUCCESS",
    })
    .onConflictDoNothing({
      target: [sandboxRefunds.gateway, sandboxRefunds.callerNo, sandboxRefunds.clientRefundNo],
      where: sql`client_refund_no IS NOT NULL`,
    })
    .returning();
  // The number was taken meanwhile for another payment, whose row is another lock.
  if (!made) return { ok: false, problem: "duplicate_number" };
  await tx
    .update(sandboxPayments)
    .set({ refundedMinor: sql`${sandboxPayments.refundedMinor} + ${minor.toString()}` })
    .where(eq(sandboxPayments.no, row.no));
  return { ok: true, value: toRefund(made, row.clientNo) };
}

async function byClientNo(tx: Tx, row: PaymentRow, clientRefundNo: string) {
  const [refund] = await tx
    .select()
    .from(sandboxRefunds)
    .where(
      and(
        eq(sandboxRefunds.gateway, row.gateway),
        eq(sandboxRefunds.callerNo, row.callerNo),
        eq(sandboxRefunds.clientRefundNo, clientRefundNo),
      ),
    );
  return refund ?? null;
}

function sameRefund(row: PaymentRow, earlier: typeof sandboxRefunds.$inferSelect, amount: string | null): Answer<Refund> {
  const same = earlier.paymentNo === row.no && (amount === null || amountOf(row, amount) === earlier.amountMinor);
  return same ? { ok: true, value: toRefund(earlier, row.clientNo) } : { ok: false, problem: "duplicate_number" };
}

function amountOf(row: PaymentRow, amount: string | null): bigint | null {
  if (amount === null) return row.amountMinor - row.refundedMinor;
  const money = parseMoney(amount, currencyOf(row));
  return isMoneyProblem(money) || money.minor === 0n ? null : money.minor;
}
