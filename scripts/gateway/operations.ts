import { randomUUID } from "node:crypto";
import type { Database } from "#db/client.ts";
import { attemptById, attemptsByOrder } from "#db/queries/attempts.ts";
import { orderById } from "#db/queries/orders.ts";
import { payoutById, payoutHistory } from "#db/queries/payouts.ts";
import { refundById } from "#db/queries/refunds.ts";
import { isCurrency } from "#lib/domain/currency.ts";
import type { Shopper } from "#lib/domain/shopper.ts";
import type { OpenAccount, PaymentKey, RefundKey } from "#lib/gateways/gateway.ts";
import type { Opened } from "#lib/payments/open-account.ts";
import { openOrder } from "#lib/payments/open-order.ts";
import { payOut } from "#lib/payments/pay-out.ts";
import { recheckPayout } from "#lib/payments/recheck-payout.ts";
import { refundOrder } from "#lib/payments/refund-order.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { ACTOR, AUDITOR, auditCall, chargeAudited, payoutAudited } from "./audited.ts";
import { type Input, InputError, moneyOf, type OperationName } from "./inputs.ts";

/** What an operation is done with. */
export interface Desk {
  database: Database;
  opened: Opened;
}

type Operation<Name extends OperationName> = (input: Input<Name>, desk: Desk) => Promise<unknown>;

/**
 * What each operation does. Whatever moves money (create, refund, payout) goes through the product's own use cases, so that it
 * is written down before it is sent and its notification finds it; the rest asks the gateway directly and changes nothing here.
 * What is done to a payment stands in the audit, committed before the gateway is called.
 */
export const OPERATIONS: { [Name in OperationName]: Operation<Name> } = {
  create: createPayment,
  query: async (input, desk) => need(desk, "query")(await paymentOf(input, desk)),
  async close(input, desk) {
    const close = need(desk, "close");
    const payment = await paymentOf(input, desk);
    await auditCall(desk, "close", payment.gatewayOrderNo);
    return close(payment);
  },
  refund: refundPayment,
  queryRefund: async (input, desk) => need(desk, "queryRefund")(refundKey(input)),
  rate: (input, desk) => need(desk, "rate")(input.wallet, input.currency),
  bill: (input, desk) => need(desk, "bill")(input),
  async declare({ split, dutyFen, ...input }, desk) {
    const cny = (text: string, field: string) => moneyOf(text, "CNY", field);
    const send = need(desk, "declare");
    await auditCall(desk, "declare", input.gatewayOrderNo);
    return send({
      ...defined(input),
      ...{ wallet: input.wallet, gatewayOrderNo: input.gatewayOrderNo, gatewayRef: input.gatewayRef },
      ...{ customs: input.customs, merchantCustomsNo: input.merchantCustomsNo },
      ...(dutyFen !== undefined && { dutyFen: BigInt(dutyFen) }),
      ...(split && {
        split: {
          subOrderNo: split.subOrderNo,
          amount: cny(split.amount, "split.amount"),
          ...(split.transport !== undefined && { transport: cny(split.transport, "split.transport") }),
          ...(split.product !== undefined && { product: cny(split.product, "split.product") }),
        },
      }),
    });
  },
  async redeclare(input, desk) {
    const send = need(desk, "redeclare");
    const key = declarationKey(input);
    await auditCall(desk, "redeclare", input.gatewayOrderNo ?? input.gatewayRef ?? "");
    return send(key);
  },
  queryDeclaration: async (input, desk) => need(desk, "queryDeclaration")(declarationKey(input)),
  openid: (input, desk) => need(desk, "openid")(input.code),
  async openidUrl(input, desk) {
    return { url: need(desk, "openidUrl")(input) };
  },
  payout: sendPayout,
  async queryPayout({ payout }, { database, opened }) {
    const known = await payoutById(database, payout);
    if (known?.accountId !== opened.row.id) throw new InputError(`payout: this account has no payout ${payout}`);
    await recheckPayout(payout, database);
    return payoutShown(database, payout);
  },
  balance: (input, desk) => need(desk, "balance")(input.name),
};

/** The operations an account's document has, by their names here. */
export function operationsOf({ account }: Opened): OperationName[] {
  const has = account as unknown as Record<string, unknown>;
  return (Object.keys(OPERATIONS) as OperationName[]).filter((name) => name === "create" || typeof has[name] === "function");
}

async function createPayment(input: Input<"create">, { database, opened }: Desk): Promise<unknown> {
  if (!opened.account.methods.includes(input.method)) {
    throw new InputError(`method: ${opened.gateway.id} has no ${input.method}; it has ${opened.account.methods.join(", ")}`);
  }
  const order = await openOrder(
    {
      merchantId: opened.row.merchantId,
      accountId: opened.row.id,
      reference: input.reference,
      amount: moneyOf(input.amount, input.currency),
      title: input.title,
      live: opened.row.live,
      actor: ACTOR,
    },
    database,
  );
  if (!order.ok) return order;
  const shopper: Shopper = { browser: "desktop", ip: input.ip, userAgent: ACTOR, locale: "en" };
  const { openid, authCode, appId, bank, cardNumber, payer } = input;
  const started = await startAttempt(
    {
      token: order.value.token,
      method: input.method,
      shopper,
      openid,
      authCode,
      appId,
      bank,
      cardNumber,
      payer,
      guard: chargeAudited(input, opened),
    },
    database,
  );
  const attempts = await attemptsByOrder(database, order.value.id);
  const shown = attempts.map(({ id, state, method, gatewayOrderNo, gatewayRef, problem }) => ({
    id,
    state,
    method,
    gatewayOrderNo,
    gatewayRef,
    problem,
  }));
  return { order: order.value.id, checkout: `/pay/${order.value.token}`, result: started, attempts: shown };
}

async function refundPayment(input: Input<"refund">, { database, opened }: Desk): Promise<unknown> {
  const order = await orderById(database, input.order);
  const attempts = order ? await attemptsByOrder(database, order.id) : [];
  const mine = attempts.filter((one) => one.accountId === opened.row.id && one.state === "paid");
  const attempt = input.attempt === undefined ? mine[0] : mine.find((one) => one.id === input.attempt);
  if (!order || !attempt) throw new InputError(`order: ${input.order} has no paid attempt at this account`);
  const done = await refundOrder(
    {
      merchantId: order.merchantId,
      orderId: order.id,
      attemptId: attempt.id,
      amountText: input.amount,
      reason: input.reason,
      actor: ACTOR,
      asker: "program",
      auditor: AUDITOR,
      idempotencyKey: input.idempotencyKey ?? randomUUID(),
    },
    database,
  );
  if (!done.ok) return done;
  const refund = await refundById(database, done.value.refundId);
  return (
    refund && {
      id: refund.id,
      state: refund.state,
      refundNo: refund.refundNo,
      gatewayRefundRef: refund.gatewayRefundRef,
      problem: refund.problem,
    }
  );
}

async function sendPayout(input: Input<"payout">, { database, opened }: Desk): Promise<unknown> {
  const { recipient, channel, remark, idempotencyKey } = input;
  const sent = await payOut(
    {
      merchantId: opened.row.merchantId,
      accountId: opened.row.id,
      channel,
      amountText: input.amount,
      recipient: { ...defined(recipient), kind: recipient.kind, number: recipient.number, name: recipient.name },
      remark,
      actor: ACTOR,
      idempotencyKey,
    },
    database,
    payoutAudited(input, opened),
  );
  return sent.ok ? payoutShown(database, sent.value.payoutId) : sent;
}

async function payoutShown(database: Database, id: string): Promise<unknown> {
  const payout = await payoutById(database, id);
  const history = await payoutHistory(database, id);
  if (!payout) throw new Error(`payout ${id} vanished`);
  const { state, payoutNo, gatewayRef, amount, fee, problem, needsReview, nextTryAt } = payout;
  const events = history.map(({ sequence, type, actor, at, data }) => ({ sequence, type, actor, at, data }));
  return { id, state, payoutNo, gatewayRef, amount, fee, problem, needsReview, nextTryAt, events };
}

async function paymentOf(input: Input<"query">, { database, opened }: Desk): Promise<PaymentKey> {
  if (input.attempt !== undefined) {
    const attempt = await attemptById(database, input.attempt);
    if (attempt?.accountId !== opened.row.id) throw new InputError(`attempt: this account has no attempt ${input.attempt}`);
    if (!isCurrency(attempt.currency)) throw new Error(`attempt in ${attempt.currency}`);
    const { method, gatewayOrderNo, gatewayRef } = attempt;
    return { method, gatewayOrderNo, gatewayRef, amount: { minor: attempt.amount, currency: attempt.currency } };
  }
  const { method, gatewayOrderNo, gatewayRef } = input;
  if (!method || !gatewayOrderNo || input.amount === undefined) {
    throw new InputError("attempt: name an attempt, or else method, gatewayOrderNo and amount");
  }
  return { method, gatewayOrderNo, gatewayRef, amount: moneyOf(input.amount, input.currency) };
}

function refundKey({ method, currency, ...numbers }: Input<"queryRefund">): RefundKey {
  const given = Object.entries(numbers).filter(([, value]) => value !== undefined);
  const [first] = given;
  if (!first || given.length > 1)
    throw new InputError("refundNo: give exactly one of refundNo, gatewayRefundRef, gatewayRef, gatewayOrderNo");
  return { method, currency, by: first[0], [first[0]]: first[1] } as RefundKey;
}

function declarationKey({ subOrderAmount, wallet, ...rest }: Input<"redeclare">) {
  const amount = subOrderAmount === undefined ? {} : { subOrderAmount: moneyOf(subOrderAmount, "CNY", "subOrderAmount") };
  return { ...defined(rest), wallet, ...amount };
}

type Callable = { [Name in keyof OpenAccount]-?: NonNullable<OpenAccount[Name]> };

function need<Name extends OperationName & keyof OpenAccount>({ opened }: Desk, name: Name): Callable[Name] {
  const found = opened.account[name];
  if (found === undefined)
    throw new InputError(`${opened.gateway.document} has no ${name}; this account has ${operationsOf(opened).join(", ")}`);
  return found as Callable[Name];
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function defined<T extends object>(input: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Partial<Defined<T>>;
}
