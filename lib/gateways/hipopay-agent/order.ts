import { z } from "zod";
import { isCurrency } from "#lib/domain/currency.ts";
import { isMoneyProblem, type Money, parseMoney } from "#lib/domain/money.ts";
import type { PaidDetail, Standing } from "#lib/domain/verdict.ts";
import { parseChinaTime } from "#lib/gateways/wire.ts";

/** Text, or nothing: numbers arrive here as their source text (wire.ts `parseJson`), null as absent. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

/** A payment as seeds/000 §11.1, §6.5 and §10.2 describe it, every spelling the document uses. */
export const ORDER = z.object({
  status: text,
  no: text,
  payment_no: text,
  order_no: text,
  agent_order_id: text,
  out_order_no: text,
  outer_order_no: text,
  merchant_no: text,
  currency: text,
  amount: text,
  exchange_rate: text,
  trade_time: text,
  pay_amount: text,
  pay_currency: text,
  refund_status: text,
  openid: text,
  buyer_id: text,
});
export type Order = z.output<typeof ORDER>;

/** One thing, several names: `theirs` is the gateway's number, `ours` the one we gave it. */
export const SPELLINGS = {
  theirs: ["no", "payment_no", "order_no"],
  ours: ["agent_order_id", "out_order_no", "outer_order_no"],
} as const satisfies Record<string, readonly (keyof Order)[]>;

/** The number under whichever spelling has one. */
export function numberIn<Name extends string>(order: Record<Name, string>, names: readonly Name[]): string | null {
  return names.map((name) => order[name]).find((value) => value !== "") ?? null;
}

/** Why two spellings of one number contradict each other, or null. */
export function conflictOf(order: Order): string | null {
  for (const names of Object.values(SPELLINGS)) {
    const values = new Set(names.map((name) => order[name]).filter((value) => value !== ""));
    if (values.size > 1) return `${names.join(" and ")} differ`;
  }
  return null;
}

/** What an answer must agree with to be about the payment we asked for. */
export interface Expected {
  gatewayOrderNo?: string;
  gatewayRef?: string | null;
  merchantNo?: string;
  /** What was asked for; checked in create replies, whose amount is an echo. */
  amount?: Money;
}

/** Why an order is not the one expected, or null. Fields the answer leaves out contradict nothing. */
export function mismatchOf(order: Order, expected: Expected): string | null {
  const conflict = conflictOf(order);
  if (conflict) return conflict;
  const differs = (got: string | null, wanted: string | null | undefined): boolean => Boolean(got && wanted && got !== wanted);
  if (differs(numberIn(order, SPELLINGS.ours), expected.gatewayOrderNo)) return "the answer is about another number of ours";
  if (differs(numberIn(order, SPELLINGS.theirs), expected.gatewayRef)) return "the answer is about another payment";
  if (differs(order.merchant_no, expected.merchantNo)) return "the answer is about another merchant";
  if (!expected.amount) return null;
  if (differs(order.currency, expected.amount.currency)) return "the answer is in another currency";
  if (order.amount === "") return null;
  const amount = parseMoney(order.amount, expected.amount.currency);
  return isMoneyProblem(amount) || amount.minor !== expected.amount.minor ? "the answer is about another amount" : null;
}

/** seeds/000 §11.1; USERPAYING is seeds/001's (same gateway). */
const STATUSES: Readonly<Record<string, "pending" | "paid" | "failed" | "closed">> = {
  INIT: "pending",
  USERPAYING: "pending",
  PAID: "paid",
  FAIL: "failed",
  EXPIRED: "closed",
};

/**
 * What an order says of its payment. `unknown` when the status is not in the table, when it is about something else than
 * expected, or when a paid one lacks a readable currency, amount (with no more places than the currency has), number or time.
 */
export function standingOf(order: Order, expected: Expected, refunded?: (amount: Money) => boolean): Standing {
  const mismatch = mismatchOf(order, expected);
  if (mismatch) return unknown(mismatch);
  const status = Object.hasOwn(STATUSES, order.status) ? STATUSES[order.status] : undefined;
  if (status === undefined) return unknown(`the status ${order.status || "(empty)"} is not in the document`);
  if (status === "failed") return { kind: "failed", code: order.status };
  if (status !== "paid") return { kind: status };
  const gatewayRef = numberIn(order, SPELLINGS.theirs);
  if (!gatewayRef) return unknown("paid, but without the gateway's number");
  if (!isCurrency(order.currency)) return unknown(`the currency ${order.currency || "(empty)"} is not in the document`);
  const amount = parseMoney(order.amount, order.currency);
  if (isMoneyProblem(amount)) return unknown(`the amount is not readable (${amount})`);
  const paidAt = order.trade_time === "" ? null : parseChinaTime(order.trade_time);
  if (paidAt === null && order.trade_time !== "") return unknown("the trade time is not readable");
  // "None", "NONE", "Full": the document writes it in several cases.
  const full = order.refund_status.toUpperCase() === "FULL" || (refunded?.(amount) ?? false);
  const detail = detailOf(order);
  return { kind: full ? "refunded" : "paid", gatewayRef, amount, paidAt, ...(detail && { detail }) };
}

/** The rate of an order as opaque decimal text, where it names a readable one: CNY per one unit of the foreign currency. */
export function rateOf(order: Order): string | null {
  return /^\d{1,28}(\.\d{1,28})?$/.test(order.exchange_rate) ? order.exchange_rate : null;
}

function detailOf(order: Order): PaidDetail | null {
  const detail: PaidDetail = {};
  const rate = rateOf(order);
  const payer = order.openid || order.buyer_id;
  if (/^\d{1,28}(\.\d{1,28})?$/.test(order.pay_amount)) detail.payAmount = order.pay_amount;
  if (order.pay_currency) detail.payCurrency = order.pay_currency;
  if (rate) detail.exchangeRate = rate;
  if (payer) detail.payer = payer;
  return Object.keys(detail).length > 0 ? detail : null;
}

function unknown(reason: string): Standing {
  return { kind: "unknown", reason };
}
