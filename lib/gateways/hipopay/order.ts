import { z } from "zod";
import { isCurrency } from "#lib/domain/currency.ts";
import { isMoneyProblem, type Money, parseMoney } from "#lib/domain/money.ts";
import type { PaidDetail, Standing } from "#lib/domain/verdict.ts";
import { parseChinaTime } from "#lib/gateways/wire.ts";

/** Text, or nothing: numbers arrive here as their source text (wire.ts `parseJson`), null as absent. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

/** A payment as HipoPay describes it, every spelling of its documents; which of them count is a `Wording`. */
export const ORDER_FIELDS = {
  ...{ status: text, no: text, payment_no: text, order_no: text },
  ...{ agent_order_id: text, out_order_no: text, outer_order_no: text, out_trade_id: text },
  ...{ merchant_no: text, currency: text, amount: text, exchange_rate: text, trade_time: text, finish_time: text },
  ...{ pay_amount: text, pay_currency: text, refund_status: text, openid: text, buyer_id: text },
} as const;
export type Order = { [Name in keyof typeof ORDER_FIELDS]: string };

/**
 * How one document spells what it says twice. `theirs`: the gateway's number, `ours`: the one we gave it, `paidAt`: the time
 * of payment; of each list the first that is there counts.
 */
export interface Wording {
  theirs: readonly (keyof Order)[];
  ours: readonly (keyof Order)[];
  paidAt: readonly (keyof Order)[];
}

/** The number (or time) under whichever spelling has one. */
export function firstOf(order: Order, names: readonly (keyof Order)[]): string | null {
  return names.map((name) => order[name]).find((value) => value !== "") ?? null;
}

/** Why two spellings of one number contradict each other, or null. */
export function conflictOf(order: Order, wording: Wording): string | null {
  for (const names of [wording.theirs, wording.ours]) {
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
  /** Currencies an echo may also name (seeds/001 `is_rmb`: the amount is in CNY, `currency` may be the settlement's). */
  currencies?: readonly string[];
}

/** Why an order is not the one expected, or null. Fields the answer leaves out contradict nothing. */
export function mismatchOf(order: Order, wording: Wording, expected: Expected): string | null {
  const conflict = conflictOf(order, wording);
  if (conflict) return conflict;
  const differs = (got: string | null, wanted: string | null | undefined): boolean => Boolean(got && wanted && got !== wanted);
  if (differs(firstOf(order, wording.ours), expected.gatewayOrderNo)) return "the answer is about another number of ours";
  if (differs(firstOf(order, wording.theirs), expected.gatewayRef)) return "the answer is about another payment";
  if (differs(order.merchant_no, expected.merchantNo)) return "the answer is about another merchant";
  if (!expected.amount) return null;
  const known = [expected.amount.currency, ...(expected.currencies ?? [])];
  if (order.currency !== "" && !known.includes(order.currency)) return "the answer is in another currency";
  if (order.amount === "") return null;
  const amount = parseMoney(order.amount, expected.amount.currency);
  return isMoneyProblem(amount) || amount.minor !== expected.amount.minor ? "the answer is about another amount" : null;
}

/** seeds/000 §11.1; USERPAYING is seeds/001's "Payment Order Status" (same gateway). */
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
export function standingOf(order: Order, wording: Wording, expected: Expected, refunded?: (amount: Money) => boolean): Standing {
  const mismatch = mismatchOf(order, wording, expected);
  if (mismatch) return unknown(mismatch);
  const status = Object.hasOwn(STATUSES, order.status) ? STATUSES[order.status] : undefined;
  if (status === undefined) return unknown(`the status ${order.status || "(empty)"} is not in the document`);
  if (status === "failed") return { kind: "failed", code: order.status };
  if (status === "pending") return order.status === "USERPAYING" ? { kind: "pending", seen: true } : { kind: "pending" };
  if (status !== "paid") return { kind: status };
  const gatewayRef = firstOf(order, wording.theirs);
  if (!gatewayRef) return unknown("paid, but without the gateway's number");
  if (!isCurrency(order.currency)) return unknown(`the currency ${order.currency || "(empty)"} is not in the document`);
  const amount = parseMoney(order.amount, order.currency);
  if (isMoneyProblem(amount)) return unknown(`the amount is not readable (${amount})`);
  const time = firstOf(order, wording.paidAt);
  const paidAt = time === null ? null : parseChinaTime(time);
  if (paidAt === null && time !== null) return unknown("the trade time is not readable");
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
