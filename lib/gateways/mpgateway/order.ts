import { z } from "zod";
import { MAX_MINOR, type Money } from "#lib/domain/money.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import { parseChinaTime } from "#lib/gateways/wire.ts";

/** Text, or nothing: numbers arrive here as their source text (wire.ts `parseJson`), null as absent. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

/** A payment as seeds/002 §3.1.3, §3.4.3, §3.5.4 and §3.6.4 describe it. */
export const ORDER = z.object({
  ...{ merid: text, orderid: text, queryid: text, txnamt: text },
  ...{ resultcode: text, resultmsg: text, paytime: text, formaction: text },
});
export type Order = z.output<typeof ORDER>;

/** §3.4.3: 1002 is paid too, only not yet settled to the merchant; 1004 is being investigated and decides nothing. */
const RESULTS: Readonly<Record<string, "paid" | "pending" | "failed" | "dispute">> = {
  "0000": "paid",
  "1001": "pending",
  "1002": "paid",
  "1003": "failed",
  "1004": "dispute",
};

/** Integer fen ("1990") as money; null for anything else: a point, a sign, an exponent, too many digits. */
export function fen(value: string): Money | null {
  if (!/^(?:0|[1-9]\d{0,12})$/.test(value)) return null;
  const minor = BigInt(value);
  return minor > MAX_MINOR ? null : { minor, currency: "CNY" };
}

/** What an answer must agree with to be about the payment we asked for. */
export interface Expected {
  merid: string;
  orderid: string;
  queryid: string | null;
  /** Checked where the answer's amount is an echo of ours; a query's is the gateway's own word and judged as such. */
  amount?: Money;
}

/**
 * Why an order is not the one expected, or null. The signature binds an answer to no request, so the merchant and our number
 * must stand in it (both are `N` in the document); the gateway's number may be missing, but not differ.
 */
export function mismatchOf(order: Order, expected: Expected): string | null {
  if (order.merid !== expected.merid) return "the answer is about another merchant";
  if (order.orderid !== expected.orderid) return "the answer is about another number of ours";
  if (expected.queryid && order.queryid !== "" && order.queryid !== expected.queryid) return "the answer is about another payment";
  if (expected.amount && fen(order.txnamt)?.minor !== expected.amount.minor) return "the answer is about another amount";
  return null;
}

/** What an order says of its payment by its `resultcode`; `unknown` when that is not in the table, or a paid one has no amount. */
export function standingOf(order: Order): Standing {
  const result = Object.hasOwn(RESULTS, order.resultcode) ? RESULTS[order.resultcode] : undefined;
  const gatewayRef = order.queryid === "" ? null : order.queryid;
  if (result === undefined) return unknown(`the resultcode ${order.resultcode || "(empty)"} is not in the document`);
  if (result === "dispute") {
    const reason = `${order.resultcode} 协查调单: the gateway investigates ${order.resultmsg}`.trim();
    return { kind: "unknown", reason, dispute: true };
  }
  if (result === "failed") return { kind: "failed", code: order.resultcode };
  if (result === "pending") return { kind: "pending", gatewayRef };
  const amount = fen(order.txnamt);
  if (!amount) return unknown("paid, but the amount is not readable");
  // §3.4.3 says only "datetime": one that is not readable is no reason not to believe the rest.
  return { kind: "paid", gatewayRef, amount, paidAt: parseChinaTime(order.paytime) };
}

function unknown(reason: string): Standing {
  return { kind: "unknown", reason };
}
