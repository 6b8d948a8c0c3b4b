import { and, eq, getTableColumns, type InferSelectModel, type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { sandboxPayments } from "#db/schema/sandbox/payments.ts";
import type { sandboxRefunds } from "#db/schema/sandbox/refunds.ts";
import type { Payment, PaymentState, Refund } from "#lib/dialects/backend.ts";
import { type Currency, isCurrency } from "#lib/domain/currency.ts";
import type { Wallet } from "#lib/domain/methods.ts";
import { formatMajor } from "#lib/domain/money.ts";
import { WALLETS } from "#lib/sandbox/wallets.ts";

export type PaymentRow = InferSelectModel<typeof sandboxPayments>;
export type RefundRow = InferSelectModel<typeof sandboxRefunds>;

/** All columns; an unpaid payment past its time reads as EXPIRED by the database's clock, whoever looks. */
export const PAYMENT_COLUMNS = {
  ...getTableColumns(sandboxPayments),
  state: sql<PaymentState>`case when ${sandboxPayments.state} = 'INIT' and ${sandboxPayments.expiresAt} <= now() then 'EXPIRED' else ${sandboxPayments.state} end`,
};

/** One payment, or null. `lock` holds its row until the transaction ends. */
export async function readPayment(tx: Tx, where: SQL | undefined, lock = false): Promise<PaymentRow | null> {
  const query = tx.select(PAYMENT_COLUMNS).from(sandboxPayments).where(where).limit(1);
  const [row] = lock ? await query.for("update") : await query;
  return row ?? null;
}

/** A payment of this caller by the gateway's number or the caller's own. */
export function ownPayment(gateway: string, callerNo: string, by: { no: string } | { clientNo: string }): SQL | undefined {
  const named = "no" in by ? eq(sandboxPayments.no, by.no) : eq(sandboxPayments.clientNo, by.clientNo);
  return and(eq(sandboxPayments.gateway, gateway), eq(sandboxPayments.callerNo, callerNo), named);
}

/** A row in the words of the dialects. */
export function toPayment(row: PaymentRow): Payment {
  const { amountMinor: _amount, refundedMinor, faults: _faults, gateway: _gateway, callerNo: _caller, expiresAt: _expires, ...same } = row;
  return {
    ...same,
    userPaying: row.userPaying && row.state === "INIT",
    settleRate: "1",
    refundedAmount: formatMajor({ minor: refundedMinor, currency: currencyOf(row) }),
  };
}

export function toRefund(row: RefundRow, clientNo: string | null): Refund {
  const { no, clientRefundNo, paymentNo, amount, state, createdAt } = row;
  return { no, clientRefundNo, paymentNo, clientNo, amount, state, createdAt };
}

/** The row's currency; the ledger takes in no other than the eleven. */
export function currencyOf(row: Pick<PaymentRow, "currency">): Currency {
  if (!isCurrency(row.currency)) throw new Error(`sandbox payment in ${row.currency}`);
  return row.currency;
}

/** The company that pays: the method's first word. */
export function walletCompany(method: string): Wallet {
  const company = WALLETS.find((wallet) => method.startsWith(`${wallet}.`));
  if (!company) throw new Error(`sandbox payment by ${method}`);
  return company;
}
