import type { Database } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import { attemptById } from "#db/queries/attempts.ts";
import type { CompatKey } from "#db/queries/compat-keys.ts";
import type { Attempt } from "#db/queries/locks.ts";
import { asPayment, type By, knownOrder } from "#lib/compat/known.ts";
import type { Answer, DeclarationLookup, DeclarationRecord, NewDeclaration, Payment } from "#lib/dialects/backend.ts";
import { isMoneyProblem, type Money, parseMoney } from "#lib/domain/money.ts";
import type { Outcome } from "#lib/gateways/gateway.ts";
import type { Declaration, DeclarationKey, DeclarationRequest } from "#lib/gateways/records.ts";
import { type Opened, openOrNull } from "#lib/payments/open-account.ts";

/**
 * Customs declarations go to the gateway the order was paid through, under the numbers it has there; where its document has no
 * such operation the answer is `method_unavailable`. Nothing is kept here: how a declaration stands, that gateway says.
 */
interface Paid {
  payment: Payment;
  attempt: Attempt;
  /** The other gateway's own number of it. */
  gatewayRef: string;
  opened: Opened;
}

/** Declares a paid order, office by office, in the order they were named. */
export async function declareThere(database: Database, key: CompatKey, asked: NewDeclaration): Promise<Answer<DeclarationRecord[]>> {
  const paid = await paidBy(database, key, { no: asked.payment.no });
  if (!paid) return { ok: false, problem: "not_paid" };
  if (paid === "shut") return { ok: false, problem: "unavailable" };
  const { declare } = paid.opened.account;
  if (!declare) return { ok: false, problem: "method_unavailable" };
  const records: DeclarationRecord[] = [];
  for (const customs of asked.customs) {
    const answer = await call(database, paid, () => declare(requestFor(paid, asked, customs)));
    if (!answer.ok) return answer;
    records.push(...answer.value.map((one) => recordOf(paid, one, { ...asked, customs: [customs] })));
  }
  return { ok: true, value: records };
}

/** Declares again, for an office that asks for it. */
export async function redeclareThere(database: Database, key: CompatKey, by: DeclarationLookup): Promise<Answer<DeclarationRecord[]>> {
  const paid = await paidBy(database, key, byOf(by));
  if (!paid) return { ok: false, problem: "not_found" };
  if (paid === "shut") return { ok: false, problem: "unavailable" };
  const { redeclare } = paid.opened.account;
  if (!redeclare) return { ok: false, problem: "method_unavailable" };
  const records: DeclarationRecord[] = [];
  for (const customs of by.customs ?? []) {
    const answer = await call(database, paid, () => redeclare(keyFor(paid, by, customs)));
    if (!answer.ok) return answer;
    records.push(...answer.value.map((one) => recordOf(paid, one, fromLookup(paid, by))));
  }
  return records.length > 0 ? { ok: true, value: records } : { ok: false, problem: "not_found" };
}

/** How declarations stand; none when there is no such order, or its gateway has none. Throws when that gateway does not tell. */
export async function findDeclarationsThere(database: Database, key: CompatKey, by: DeclarationLookup): Promise<DeclarationRecord[]> {
  const paid = await paidBy(database, key, byOf(by));
  if (paid === "shut") throw new Error("declaration: unavailable");
  const ask = paid?.opened.account.queryDeclaration;
  if (!paid || !ask) return [];
  const answer = await call(database, paid, () => ask(keyFor(paid, by, by.customs?.[0])));
  if (answer.ok) return answer.value.map((one) => recordOf(paid, one, fromLookup(paid, by)));
  if (answer.problem === "not_found") return [];
  throw new Error(`declaration: ${answer.problem}`);
}

/** `shut`: its account cannot be opened, so nobody can ask or declare there. */
async function paidBy(database: Database, key: CompatKey, by: By | null): Promise<Paid | "shut" | null> {
  const known = by && (await knownOrder(database, key, by));
  const attempt = known?.order.paidAttemptId ? await attemptById(database, known.order.paidAttemptId) : null;
  const row = attempt && (await accountById(database, attempt.accountId));
  if (!known || !attempt?.gatewayRef || !row) return null;
  const opened = openOrNull(row);
  return opened ? { payment: await asPayment(database, key, known), attempt, gatewayRef: attempt.gatewayRef, opened } : "shut";
}

// A sub-order's number is known to the other gateway alone: the order has to be named as well.
function byOf({ paymentNo, clientNo }: DeclarationLookup): By | null {
  if (paymentNo !== null) return { no: paymentNo };
  return clientNo === null ? null : { clientNo };
}

async function call(
  database: Database,
  { opened, attempt }: Paid,
  ask: () => Promise<Outcome<Declaration[]>>,
): Promise<Answer<Declaration[]>> {
  const outcome = await ask().catch((error: Error): Outcome<Declaration[]> => ({ ok: false, kind: "unknown", message: error.name }));
  await opened.flush(database, { orderId: attempt.orderId, attemptId: attempt.id });
  if (outcome.ok) return outcome;
  if (outcome.kind !== "refused") return { ok: false, problem: "unavailable" };
  return { ok: false, problem: outcome.code === "not_found" ? "not_found" : "channel_refused" };
}

function requestFor({ attempt, gatewayRef }: Paid, asked: NewDeclaration, customs: string): DeclarationRequest {
  const { wallet, merchantCustomsNo, merchantCustomsName, action, dutyFen, subOrderNo, certId, name } = asked;
  const amount = yuan(asked.subOrderAmount);
  const transport = yuan(asked.transportAmount);
  const product = yuan(asked.productAmount);
  return {
    ...{ wallet, gatewayOrderNo: attempt.gatewayOrderNo, gatewayRef, customs, merchantCustomsNo },
    ...(merchantCustomsName !== null && { merchantCustomsName }),
    // Alipay's declaration has neither (seeds/000 §9.4).
    ...(wallet === "wechat" && { action, ...(dutyFen !== null && { dutyFen: BigInt(dutyFen) }) }),
    ...(subOrderNo !== null && amount && { split: { subOrderNo, amount, ...(transport && { transport }), ...(product && { product }) } }),
    ...(certId !== null && name !== null && { identity: { certId, name } }),
  };
}

function keyFor({ attempt, gatewayRef }: Paid, by: DeclarationLookup, customs: string | undefined): DeclarationKey {
  const { wallet, merchantCustomsNo, merchantCustomsName, subOrderNo } = by;
  return {
    ...{ wallet, gatewayRef, gatewayOrderNo: attempt.gatewayOrderNo },
    ...(customs !== undefined && { customs }),
    ...(merchantCustomsNo !== null && { merchantCustomsNo }),
    ...(merchantCustomsName !== null && { merchantCustomsName }),
    // Alipay wants a sub-order's amount beside its number (§9.5), which no lookup has: the payment's numbers name it as well.
    ...(wallet === "wechat" && subOrderNo !== null && { subOrderNo }),
  };
}

function fromLookup({ payment }: Paid, by: DeclarationLookup): NewDeclaration {
  return {
    ...{ wallet: by.wallet, payment, customs: by.customs ?? [], action: "ADD", subOrderNo: by.subOrderNo },
    ...{ merchantCustomsNo: by.merchantCustomsNo ?? "", merchantCustomsName: by.merchantCustomsName },
    ...{ dutyFen: null, subOrderAmount: null, transportAmount: null, productAmount: null, certId: null, name: null },
  };
}

const STATES = {
  undeclared: "UNDECLARED",
  submitted: "SUBMITTED",
  processing: "PROCESSING",
  succeeded: "SUCCESS",
  failed: "FAIL",
  exception: "EXCEPT",
} as const satisfies Record<Declaration["state"], DeclarationRecord["state"]>;
const CHECKS = { unchecked: "UNCHECKED", same: "SAME", different: "DIFFERENT" } as const satisfies Record<
  NonNullable<Declaration["identity"]>,
  DeclarationRecord["certCheck"]
>;

function recordOf(paid: Paid, told: Declaration, asked: NewDeclaration): DeclarationRecord {
  return {
    ...asked,
    payment: paid.payment,
    customs: told.customs ? [told.customs] : asked.customs,
    subOrderNo: told.subOrderNo ?? asked.subOrderNo,
    state: STATES[told.state],
    certCheck: told.identity === null ? "UNCHECKED" : CHECKS[told.identity],
    walletNo: told.walletRef ?? "",
    explanation: told.explanation,
    modifiedAt: told.modifiedAt ?? paid.attempt.updatedAt,
  };
}

function yuan(text: string | null): Money | null {
  const money = text === null ? "format" : parseMoney(text, "CNY");
  return isMoneyProblem(money) ? null : money;
}
