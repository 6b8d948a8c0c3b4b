import { and, eq, notLike, sql } from "drizzle-orm";
import { type Database, inTransaction, type Tx } from "#db/client.ts";
import { type ChosenFault, sandboxPayments } from "#db/schema/sandbox/payments.ts";
import { chargeFor } from "#lib/sandbox/charge.ts";
import { digits, newWalletNo, openidOf } from "#lib/sandbox/numbers.ts";
import { oweNotices } from "#lib/sandbox/owe-notice.ts";
import { currencyOf, type PaymentRow, readPayment, walletCompany } from "#lib/sandbox/rows.ts";

/** Why the wallet would not do what the shopper asked. */
export type WalletRefusal = "not_found" | "paid" | "expired" | "closed" | "failed" | "hong_kong_refused";
export type WalletAnswer = { ok: true; payment: PaymentRow } | { ok: false; reason: WalletRefusal };

/** Who pays, and from which wallet. */
export interface Payer {
  shopper: string;
  channel: "CN" | "HK";
}

/**
 * The shopper confirms: the payment becomes PAID and its notices are owed, in one transaction under the row's lock.
 * Paying twice answers `paid` and changes nothing. `faults` are added to those chosen earlier.
 */
export async function payPayment(database: Database, no: string, payer: Payer, faults: readonly ChosenFault[] = []): Promise<WalletAnswer> {
  return inTransaction(database, async (tx) => {
    const found = await payable(tx, no);
    if (!found.ok) return found;
    // seeds/000 §4: only mainland wallets pay these; Hong Kong ones are scanned by the merchant (§5.1).
    if (payer.channel === "HK" && !found.payment.method.endsWith(".barcode")) return { ok: false, reason: "hong_kong_refused" };
    return { ok: true, payment: await payRow(tx, found.payment, payer, faults) };
  });
}

/**
 * The wallet shows a payment to confirm, or closes it again: gateways whose document has a word for that (USERPAYING) say so
 * when asked. Nothing else changes; a scanned shopper's code is being confirmed all the time.
 */
export async function markSeen(database: Database, no: string, userPaying: boolean): Promise<void> {
  const waiting = and(eq(sandboxPayments.no, no), eq(sandboxPayments.state, "INIT"), notLike(sandboxPayments.method, "%.barcode"));
  await database.update(sandboxPayments).set({ userPaying }).where(waiting);
}

/** The shopper or the wallet says no: the payment becomes FAIL, for good. */
export async function declinePayment(database: Database, no: string): Promise<WalletAnswer> {
  return end(database, no, "FAIL");
}

/** The caller takes the payment back: CLOSED, for good. */
export async function closePayment(database: Database, no: string): Promise<WalletAnswer> {
  return end(database, no, "CLOSED");
}

/** Ends the payment's time now. */
export async function expirePayment(database: Database, no: string): Promise<WalletAnswer> {
  return end(database, no, "EXPIRED");
}

/** Adds faults to a payment that is not paid yet. */
export async function chooseFaults(database: Database, no: string, faults: readonly ChosenFault[]): Promise<WalletAnswer> {
  return inTransaction(database, async (tx) => {
    const found = await payable(tx, no);
    if (!found.ok) return found;
    const all = [...found.payment.faults, ...faults];
    await tx.update(sandboxPayments).set({ faults: all }).where(eq(sandboxPayments.no, no));
    return { ok: true, payment: { ...found.payment, faults: all } };
  });
}

/** Wallets that tell the merchant who paid by an identifier of their own. */
const KNOWS_OPENID: ReadonlySet<string> = new Set(["wechat", "qq", "jd"]);

/** Marks a locked, payable row paid and inserts what the gateway will tell of it. Only for callers inside a transaction. */
export async function payRow(tx: Tx, row: PaymentRow, payer: Payer, added: readonly ChosenFault[]): Promise<PaymentRow> {
  const wallet = walletCompany(row.method);
  const now = new Date();
  const faults = [...row.faults, ...added];
  const money = { minor: row.amountMinor, currency: currencyOf(row) };
  // A mainland charge keeps the rate the payment was created with; Hong Kong charges another currency.
  const charge = payer.channel === "HK" ? chargeFor(money, wallet, "HK", row.createdAt) : {};
  const [paid] = await tx
    .update(sandboxPayments)
    .set({
      ...charge,
      state: "PAID",
      userPaying: false,
      paidAt: sql`now()`,
      channel: payer.channel,
      faults,
      walletNo: newWalletNo(wallet, now),
      openid: row.openid ?? (KNOWS_OPENID.has(wallet) ? openidOf(payer.shopper, row.merchantNo) : null),
      buyerId: wallet === "alipay" ? `2088${digits(12)}` : null,
      buyerEmail: wallet === "alipay" ? "shopper@sandbox.example" : null,
    })
    .where(eq(sandboxPayments.no, row.no))
    .returning();
  if (!paid) throw new Error("sandbox payment vanished under its lock");
  await oweNotices(tx, paid);
  return paid;
}

const REFUSALS = { PAID: "paid", FAIL: "failed", EXPIRED: "expired", CLOSED: "closed" } as const;

async function payable(tx: Tx, no: string): Promise<WalletAnswer> {
  const payment = await readPayment(tx, eq(sandboxPayments.no, no), true);
  if (!payment) return { ok: false, reason: "not_found" };
  return payment.state === "INIT" ? { ok: true, payment } : { ok: false, reason: REFUSALS[payment.state] };
}

function end(database: Database, no: string, state: "FAIL" | "CLOSED" | "EXPIRED"): Promise<WalletAnswer> {
  return inTransaction(database, async (tx) => {
    const found = await payable(tx, no);
    if (!found.ok) return found;
    await tx.update(sandboxPayments).set({ state, userPaying: false }).where(eq(sandboxPayments.no, no));
    return { ok: true, payment: { ...found.payment, state, userPaying: false } };
  });
}
