import { and, asc, eq, gte, lt } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { sandboxPayments } from "#db/schema/sandbox/payments.ts";
import { sandboxRefunds } from "#db/schema/sandbox/refunds.ts";
import type { BillEntry, Caller } from "#lib/dialects/backend.ts";
import { PAYMENT_COLUMNS, toPayment, toRefund } from "#lib/sandbox/rows.ts";

const BILL_MAX = 100_000;

/** What was paid and what was refunded in the range (from inclusive, to exclusive), in the order it happened. */
export async function billOf(tx: Tx, gateway: string, caller: Caller, range: { from: Date; to: Date }): Promise<BillEntry[]> {
  const mine = and(eq(sandboxPayments.gateway, gateway), eq(sandboxPayments.callerNo, caller.callerNo));
  const paid = await tx
    .select(PAYMENT_COLUMNS)
    .from(sandboxPayments)
    .where(and(mine, gte(sandboxPayments.paidAt, range.from), lt(sandboxPayments.paidAt, range.to)))
    .orderBy(asc(sandboxPayments.paidAt))
    .limit(BILL_MAX);
  const refunded = await tx
    .select({ payment: PAYMENT_COLUMNS, refund: sandboxRefunds })
    .from(sandboxRefunds)
    .innerJoin(sandboxPayments, eq(sandboxPayments.no, sandboxRefunds.paymentNo))
    .where(and(mine, gte(sandboxRefunds.createdAt, range.from), lt(sandboxRefunds.createdAt, range.to)))
    .orderBy(asc(sandboxRefunds.createdAt))
    .limit(BILL_MAX);
  const entries: BillEntry[] = [
    ...paid.map((row) => ({ payment: toPayment(row), refund: null })),
    ...refunded.map(({ payment, refund }) => ({ payment: toPayment(payment), refund: toRefund(refund, payment.clientNo) })),
  ];
  return entries.sort((a, b) => timeOf(a) - timeOf(b)).slice(0, BILL_MAX);
}

function timeOf({ payment, refund }: BillEntry): number {
  return (refund?.createdAt ?? payment.paidAt ?? payment.createdAt).getTime();
}
