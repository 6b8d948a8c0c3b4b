import { eq, sql } from "drizzle-orm";
import { type Database, inTransaction, type Tx } from "#db/client.ts";
import { type ChosenFault, sandboxPayments } from "#db/schema/sandbox/payments.ts";
import type { Answer, Caller, NewPayment, Payment, Problem } from "#lib/dialects/backend.ts";
import { isCurrency } from "#lib/domain/currency.ts";
import { isMoneyProblem, type Money, parseMoney } from "#lib/domain/money.ts";
import { claimPaymentFaults } from "#lib/sandbox/armed.ts";
import { chargeFor } from "#lib/sandbox/charge.ts";
import { takeWalletCode } from "#lib/sandbox/codes.ts";
import { newCode, newPaymentNo } from "#lib/sandbox/numbers.ts";
import { type Payer, payRow } from "#lib/sandbox/pay.ts";
import { type PaymentRow, toPayment, walletCompany } from "#lib/sandbox/rows.ts";

/** An unpaid payment ends after two hours, as WeChat's do; one waiting for a password after a minute. */
export const PAYMENT_SECONDS = 7200;
export const PASSWORD_SECONDS = 60;

/** Faults that make the gateway refuse a create, and what it then says. */
const REFUSALS: Readonly<Record<string, Problem>> = { refuse_unavailable: "unavailable", refuse_wallet_down: "wallet_down" };

/**
 * Creates a payment, with the faults armed for it. A barcode is charged at once. The caller's own number names one
 * payment for ever: a second create with it answers `duplicate_number`, by constraint.
 */
export async function createPayment(
  database: Database,
  input: { gateway: string; caller: Caller; payment: NewPayment },
): Promise<{ answer: Answer<Payment>; faults: ChosenFault[] }> {
  const { gateway, caller, payment } = input;
  if (!caller.merchantNos.includes(payment.merchantNo)) return refuse("unknown_merchant");
  const money = moneyOf(payment);
  if (typeof money === "string") return refuse(money);
  return inTransaction(database, async (tx) => {
    const no = newPaymentNo(new Date());
    const faults = await claimPaymentFaults(tx, { gateway, merchantNo: payment.merchantNo, no });
    const refused = faults.map(({ fault }) => REFUSALS[fault]).find((problem) => problem !== undefined);
    if (refused) return refuse(refused);
    const row = await insertPayment(tx, { gateway, callerNo: caller.callerNo, no, money, payment, faults });
    if (!row) return refuse("duplicate_number");
    if (payment.method.endsWith(".barcode")) return { answer: await chargeCode(tx, row, payment.authCode ?? ""), faults };
    // The notice overtakes the reply: somebody pays before the caller has heard of the payment (protocols.md).
    const early = faults.some(({ fault }) => fault === "notice_early");
    return { answer: { ok: true, value: toPayment(early ? await payRow(tx, row, SHOPPER, []) : row) }, faults };
  });
}

const SHOPPER: Payer = { shopper: "sandbox", channel: "CN" };

async function chargeCode(tx: Tx, row: PaymentRow, code: string): Promise<Answer<Payment>> {
  const taken = await takeWalletCode(tx, { wallet: walletCompany(row.method), code, paymentNo: row.no });
  if ("problem" in taken) return fail(tx, row, taken.problem);
  if (taken.behaviour === "insufficient") return fail(tx, row, "balance_insufficient");
  if (taken.behaviour === "asks") {
    const [asked] = await tx
      .update(sandboxPayments)
      .set({ userPaying: true, expiresAt: sql`now() + make_interval(secs => ${PASSWORD_SECONDS})` })
      .where(eq(sandboxPayments.no, row.no))
      .returning();
    return { ok: true, value: toPayment(asked ?? row) };
  }
  const payer: Payer = { ...SHOPPER, channel: taken.behaviour === "hong_kong" ? "HK" : "CN" };
  return { ok: true, value: toPayment(await payRow(tx, row, payer, [])) };
}

async function fail(tx: Tx, row: PaymentRow, problem: Problem): Promise<Answer<Payment>> {
  await tx.update(sandboxPayments).set({ state: "FAIL" }).where(eq(sandboxPayments.no, row.no));
  return { ok: false, problem };
}

async function insertPayment(
  tx: Tx,
  input: { gateway: string; callerNo: string; no: string; money: Money; payment: NewPayment; faults: ChosenFault[] },
): Promise<PaymentRow | null> {
  const { gateway, callerNo, no, money, faults } = input;
  const { authCode: _code, ...payment } = input.payment;
  const [row] = await tx
    .insert(sandboxPayments)
    .values({
      ...payment,
      ...chargeFor(money, walletCompany(payment.method), "CN", new Date()),
      no,
      code: newCode(),
      gateway,
      callerNo,
      amountMinor: money.minor,
      state: "INIT",
      faults,
      expiresAt: sql`now() + make_interval(secs => ${PAYMENT_SECONDS})`,
    })
    .onConflictDoNothing({
      target: [sandboxPayments.gateway, sandboxPayments.callerNo, sandboxPayments.clientNo],
      where: sql`client_no IS NOT NULL`,
    })
    .returning();
  return row ?? null;
}

function moneyOf(payment: NewPayment): Money | Problem {
  if (!isCurrency(payment.currency)) return "currency_not_supported";
  const money = parseMoney(payment.amount, payment.currency);
  return isMoneyProblem(money) || money.minor === 0n ? "amount_invalid" : money;
}

function refuse(problem: Problem): { answer: Answer<Payment>; faults: ChosenFault[] } {
  return { answer: { ok: false, problem }, faults: [] };
}
