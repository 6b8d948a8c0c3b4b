import { and, asc, eq, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import { type Database, inTransaction, type Tx } from "#db/client.ts";
import { sandboxDeclarations } from "#db/schema/sandbox/declarations.ts";
import { sandboxPayments } from "#db/schema/sandbox/payments.ts";
import type { Answer, Caller, DeclarationLookup, DeclarationRecord, NewDeclaration } from "#lib/dialects/backend.ts";
import { newToken } from "#lib/domain/ids.ts";
import { PAYMENT_COLUMNS, type PaymentRow, readPayment, toPayment } from "#lib/sandbox/rows.ts";

type DeclarationRow = typeof sandboxDeclarations.$inferSelect;

/** WeChat's customs takes a moment, Alipay's answers at once (seeds/000 §9.1, §9.4). */
const FIRST_STATE = { wechat: "SUBMITTED", alipay: "SUCCESS" } as const;
const PROCESSING_SECONDS = 5;

/**
 * Declares one row per customs code, in the order sent. ADD of what is already declared is `already_declared`, by
 * constraint; MODIFY changes it. A customs code that is no code fails and explains itself.
 */
export async function declare(
  database: Database,
  gateway: string,
  caller: Caller,
  input: NewDeclaration,
): Promise<Answer<DeclarationRecord[]>> {
  return inTransaction(database, async (tx) => {
    const payment = await readPayment(tx, eq(sandboxPayments.no, input.payment.no), true);
    if (!payment || payment.gateway !== gateway || payment.callerNo !== caller.callerNo) return { ok: false, problem: "not_found" };
    if (payment.state !== "PAID") return { ok: false, problem: "not_paid" };
    // Looked at first, under the payment's lock, so that of a list either all are declared or none.
    if (input.action === "ADD" && (await someDeclared(tx, input))) return { ok: false, problem: "already_declared" };
    const rows: DeclarationRow[] = [];
    for (const [position, customs] of input.customs.entries()) {
      const row = await put(tx, input, customs, position);
      if (!row) return { ok: false, problem: "already_declared" };
      rows.push(row);
    }
    return { ok: true, value: rows.map((row) => toRecord(row, payment)) };
  });
}

/** Pushes what was declared once more. */
export async function redeclare(
  database: Database,
  gateway: string,
  caller: Caller,
  by: DeclarationLookup,
): Promise<Answer<DeclarationRecord[]>> {
  return inTransaction(database, async (tx) => {
    const found = await rowsOf(tx, gateway, caller, by);
    if (found.length === 0) return { ok: false, problem: "not_found" };
    const changed = await tx
      .update(sandboxDeclarations)
      .set({
        state: FIRST_STATE[by.wallet],
        explanation: null,
        modifiedAt: sql`now()`,
        ...(by.merchantCustomsNo ? { merchantCustomsNo: by.merchantCustomsNo } : {}),
        ...(by.merchantCustomsName ? { merchantCustomsName: by.merchantCustomsName } : {}),
      })
      .where(
        inArray(
          sandboxDeclarations.id,
          found.map(({ declaration }) => declaration.id),
        ),
      )
      .returning();
    const byId = new Map(changed.map((row) => [row.id, row]));
    return { ok: true, value: found.map(({ declaration, payment }) => toRecord(byId.get(declaration.id) ?? declaration, payment)) };
  });
}

/** What customs say now, in the order declared. */
export async function findDeclarations(tx: Tx, gateway: string, caller: Caller, by: DeclarationLookup): Promise<DeclarationRecord[]> {
  return (await rowsOf(tx, gateway, caller, by)).map(({ declaration, payment }) => toRecord(declaration, payment));
}

async function someDeclared(tx: Tx, input: NewDeclaration): Promise<boolean> {
  const rows = await tx
    .select({ id: sandboxDeclarations.id })
    .from(sandboxDeclarations)
    .where(
      and(
        eq(sandboxDeclarations.wallet, input.wallet),
        eq(sandboxDeclarations.paymentNo, input.payment.no),
        eq(sandboxDeclarations.subOrderNo, input.subOrderNo ?? ""),
        inArray(sandboxDeclarations.customs, [...input.customs]),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

async function put(tx: Tx, input: NewDeclaration, customs: string, position: number): Promise<DeclarationRow | null> {
  const readable = /^[A-Z][A-Z_]{1,30}$/.test(customs);
  const values = {
    wallet: input.wallet,
    paymentNo: input.payment.no,
    customs,
    position,
    subOrderNo: input.subOrderNo ?? "",
    merchantCustomsNo: input.merchantCustomsNo,
    merchantCustomsName: input.merchantCustomsName,
    action: input.action,
    dutyFen: input.dutyFen,
    subOrderAmount: input.subOrderAmount,
    transportAmount: input.transportAmount,
    productAmount: input.productAmount,
    certCheck: certCheckOf(input),
    state: readable ? FIRST_STATE[input.wallet] : ("FAIL" as const),
    explanation: readable ? null : "unknown customs code",
  };
  const insert = tx.insert(sandboxDeclarations).values({ id: newToken(), ...values });
  const key = [sandboxDeclarations.wallet, sandboxDeclarations.paymentNo, sandboxDeclarations.customs, sandboxDeclarations.subOrderNo];
  const [row] =
    input.action === "MODIFY"
      ? await insert.onConflictDoUpdate({ target: key, set: { ...values, modifiedAt: sql`now()` } }).returning()
      : await insert.onConflictDoNothing({ target: key }).returning();
  return row ?? null;
}

/** An identity card ending in X is somebody else's in this sandbox. */
function certCheckOf(input: NewDeclaration): DeclarationRow["certCheck"] {
  if (!input.certId || !input.name) return "UNCHECKED";
  return /x$/i.test(input.certId) ? "DIFFERENT" : "SAME";
}

/** WeChat's customs have decided once a few seconds have passed, by the database's clock. */
const COLUMNS = {
  ...getTableColumns(sandboxDeclarations),
  state: sql<
    DeclarationRow["state"]
  >`case when ${sandboxDeclarations.state} = 'SUBMITTED' and ${sandboxDeclarations.modifiedAt} <= now() - make_interval(secs => ${PROCESSING_SECONDS}) then 'SUCCESS' else ${sandboxDeclarations.state} end`,
};

function rowsOf(tx: Tx, gateway: string, caller: Caller, by: DeclarationLookup) {
  const conditions: (SQL | undefined)[] = [
    eq(sandboxDeclarations.wallet, by.wallet),
    eq(sandboxPayments.gateway, gateway),
    eq(sandboxPayments.callerNo, caller.callerNo),
    by.paymentNo === null ? undefined : eq(sandboxDeclarations.paymentNo, by.paymentNo),
    by.clientNo === null ? undefined : eq(sandboxPayments.clientNo, by.clientNo),
    by.subOrderNo === null ? undefined : eq(sandboxDeclarations.subOrderNo, by.subOrderNo),
    by.customs === null ? undefined : inArray(sandboxDeclarations.customs, [...by.customs]),
  ];
  return tx
    .select({ declaration: COLUMNS, payment: PAYMENT_COLUMNS })
    .from(sandboxDeclarations)
    .innerJoin(sandboxPayments, eq(sandboxPayments.no, sandboxDeclarations.paymentNo))
    .where(and(...conditions))
    .orderBy(asc(sandboxDeclarations.paymentNo), asc(sandboxDeclarations.position))
    .limit(100);
}

function toRecord(row: DeclarationRow, payment: PaymentRow): DeclarationRecord {
  const { id: _id, paymentNo: _no, position: _position, customs, subOrderNo, ...same } = row;
  return {
    ...same,
    payment: toPayment(payment),
    customs: [customs],
    subOrderNo: subOrderNo === "" ? null : subOrderNo,
    walletNo: payment.walletNo ?? "",
    certId: null,
    name: null,
  };
}
