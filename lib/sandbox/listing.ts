import { asc, desc, eq, or, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { sandboxCallers } from "#db/schema/sandbox/callers.ts";
import { sandboxMerchants } from "#db/schema/sandbox/merchants.ts";
import { sandboxPayments } from "#db/schema/sandbox/payments.ts";
import { sandboxPayouts } from "#db/schema/sandbox/payouts.ts";
import { sandboxRefunds } from "#db/schema/sandbox/refunds.ts";
import { sandboxShopEvents, sandboxShops } from "#db/schema/sandbox/shops.ts";
import { type PayoutRow, readPayout } from "#lib/sandbox/payout-rows.ts";
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

/** The latest payouts, newest first. */
export function listPayouts(tx: Tx, limit: number): Promise<PayoutRow[]> {
  return tx.select().from(sandboxPayouts).orderBy(desc(sandboxPayouts.createdAt)).limit(limit);
}

/** A payout by the gateway's number or the caller's own. */
export function payoutByAny(tx: Tx, reference: string): Promise<PayoutRow | null> {
  return readPayout(tx, or(eq(sandboxPayouts.no, reference), eq(sandboxPayouts.clientNo, reference)));
}

export function refundsOf(tx: Tx, paymentNo: string) {
  return tx.select().from(sandboxRefunds).where(eq(sandboxRefunds.paymentNo, paymentNo)).orderBy(asc(sandboxRefunds.createdAt));
}

export type AccountListing = Awaited<ReturnType<typeof listAccounts>>[number];

/** Accounts at the simulated gateways (or at one of them), public parts only, the oldest hundred. */
export function listAccounts(tx: Tx, gateway?: string) {
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
    .where(gateway === undefined ? undefined : eq(sandboxMerchants.gateway, gateway))
    .orderBy(asc(sandboxMerchants.gateway), asc(sandboxMerchants.createdAt), asc(sandboxMerchants.merchantNo))
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
