import { asc, desc, eq, inArray, or, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { sandboxCallers } from "#db/schema/sandbox/callers.ts";
import { sandboxMerchants } from "#db/schema/sandbox/merchants.ts";
import { sandboxNotices, sandboxNoticeTries } from "#db/schema/sandbox/notices.ts";
import { sandboxPayments } from "#db/schema/sandbox/payments.ts";
import { sandboxRefunds } from "#db/schema/sandbox/refunds.ts";
import { sandboxShopEvents, sandboxShops } from "#db/schema/sandbox/shops.ts";
import { PAYMENT_COLUMNS, type PaymentRow, readPayment } from "#lib/sandbox/rows.ts";

/** The latest payments, newest first. */
export function listPayments(tx: Tx, limit: number): Promise<PaymentRow[]> {
  return tx.select(PAYMENT_COLUMNS).from(sandboxPayments).orderBy(desc(sandboxPayments.createdAt)).limit(limit);
}

/** A payment by its code: what a scanner knows. */
export function paymentByCode(tx: Tx, code: string): Promise<PaymentRow | null> {
  return readPayment(tx, eq(sandboxPayments.code, code));
}

/** A payment by the gateway's number, its code or the caller's own number: for people and tests. */
export function paymentByAny(tx: Tx, reference: string): Promise<PaymentRow | null> {
  return readPayment(
    tx,
    or(eq(sandboxPayments.no, reference), eq(sandboxPayments.code, reference), eq(sandboxPayments.clientNo, reference)),
  );
}

/** All notices of a payment with their tries, oldest first. */
export async function noticesOf(tx: Tx, paymentNo: string) {
  const notices = await tx.select().from(sandboxNotices).where(eq(sandboxNotices.paymentNo, paymentNo)).orderBy(asc(sandboxNotices.id));
  const ids = notices.map((notice) => notice.id);
  const tries =
    ids.length === 0
      ? []
      : await tx
          .select()
          .from(sandboxNoticeTries)
          .where(inArray(sandboxNoticeTries.noticeId, ids))
          .orderBy(asc(sandboxNoticeTries.noticeId), asc(sandboxNoticeTries.number));
  return notices.map(({ leaseToken: _token, ...notice }) => ({ ...notice, log: tries.filter((made) => made.noticeId === notice.id) }));
}

/** How the notices of these payments stand, counted: `{ no: { acknowledged: 1, waiting: 2 } }`. */
export async function noticeCounts(tx: Tx, numbers: readonly string[]): Promise<Record<string, Record<string, number>>> {
  if (numbers.length === 0) return {};
  const rows = await tx
    .select({ no: sandboxNotices.paymentNo, state: sandboxNotices.state, count: sql<number>`count(*)::int` })
    .from(sandboxNotices)
    .where(inArray(sandboxNotices.paymentNo, [...numbers]))
    .groupBy(sandboxNotices.paymentNo, sandboxNotices.state);
  const counts: Record<string, Record<string, number>> = {};
  for (const { no, state, count } of rows) counts[no] = { ...counts[no], [state]: count };
  return counts;
}

export function refundsOf(tx: Tx, paymentNo: string) {
  return tx.select().from(sandboxRefunds).where(eq(sandboxRefunds.paymentNo, paymentNo)).orderBy(asc(sandboxRefunds.createdAt));
}

/** Accounts at the simulated gateways, public parts only. */
export function listAccounts(tx: Tx) {
  return tx
    .select({
      gateway: sandboxMerchants.gateway,
      callerNo: sandboxMerchants.callerNo,
      merchantNo: sandboxMerchants.merchantNo,
      name: sandboxMerchants.name,
      pageUrl: sandboxMerchants.pageUrl,
      gatewayPublicKey: sandboxCallers.gatewayPublicKey,
    })
    .from(sandboxMerchants)
    .innerJoin(
      sandboxCallers,
      sql`${sandboxCallers.gateway} = ${sandboxMerchants.gateway} and ${sandboxCallers.callerNo} = ${sandboxMerchants.callerNo}`,
    )
    .orderBy(asc(sandboxMerchants.gateway), asc(sandboxMerchants.merchantNo))
    .limit(100);
}

export async function merchantByNo(tx: Tx, merchantNo: string) {
  const [row] = await tx.select().from(sandboxMerchants).where(eq(sandboxMerchants.merchantNo, merchantNo));
  return row ?? null;
}

/** What the demo shops were sent, newest first. */
export function listShopEvents(tx: Tx, limit: number) {
  return tx
    .select({ event: sandboxShopEvents, shop: sandboxShops.name })
    .from(sandboxShopEvents)
    .leftJoin(sandboxShops, eq(sandboxShops.id, sandboxShopEvents.shopId))
    .orderBy(desc(sandboxShopEvents.id))
    .limit(limit);
}
