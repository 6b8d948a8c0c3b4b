import { type Database, db } from "#db/client.ts";
import { attemptsByOrder } from "#db/queries/attempts.ts";
import type { Attempt, Order } from "#db/queries/locks.ts";
import { orderById } from "#db/queries/orders.ts";
import { isLiveAttempt } from "#lib/domain/attempt.ts";
import type { ProblemCode } from "#lib/domain/errors.ts";
import { CHARGES_AT_ONCE, type Method } from "#lib/domain/methods.ts";
import type { Money } from "#lib/domain/money.ts";
import { SCAN_DEADLINE_SECONDS } from "#lib/domain/schedules.ts";
import { moneyOf } from "#lib/payments/change.ts";
import { problemOf } from "#lib/payments/view-of.ts";

/**
 * How a counter's order stands. `ready`: a code may be scanned. `waiting`: the shopper is confirming. `unconfirmed`: the time
 * is over and the gateway cannot close it; do not charge again. `failed`: not paid, another code may be scanned. `ended`: the
 * order is expired or cancelled. `refunded` money still reads `paid`.
 */
export type ScanState = "ready" | "waiting" | "unconfirmed" | "failed" | "paid" | "ended";

export interface ScanView {
  orderId: string;
  /** Of the checkout's address, for live status (`/pay/<token>/status`). */
  token: string;
  state: ScanState;
  amount: Money;
  title: string;
  reference: string;
  problem: ProblemCode | null;
  attempt: null | { id: string; method: Method; gatewayOrderNo: string; gatewayRef: string | null };
  /** Until the scanned code is given up, while `waiting`. */
  secondsLeft: number;
  paidAt: Date | null;
  /** The order's last event: there is news when it grows. */
  sequence: number;
}

/** One order of this merchant as its counter shows it; null for a foreign and for an unknown id alike. Reads only. */
export async function readScan(
  input: { merchantId: string; orderId: string },
  database: Database = db(),
  now: Date = new Date(),
): Promise<ScanView | null> {
  const order = await orderById(database, input.orderId);
  if (order?.merchantId !== input.merchantId) return null;
  const scans = (await attemptsByOrder(database, order.id)).filter((one) => CHARGES_AT_ONCE.has(one.method));
  const attempt = scans.find((one) => one.id === order.paidAttemptId) ?? scans.find((one) => isLiveAttempt(one.state)) ?? scans[0] ?? null;
  const state = stateOf(order, attempt);
  const deadline = attempt ? attempt.createdAt.getTime() + SCAN_DEADLINE_SECONDS * 1000 : 0;
  return {
    orderId: order.id,
    token: order.token,
    state,
    amount: moneyOf(order),
    title: order.title,
    reference: order.reference,
    problem: state === "paid" || state === "ready" ? null : problemOf(attempt),
    attempt: attempt && {
      id: attempt.id,
      method: attempt.method,
      gatewayOrderNo: attempt.gatewayOrderNo,
      gatewayRef: attempt.gatewayRef,
    },
    secondsLeft: state === "waiting" ? Math.max(0, Math.ceil((deadline - now.getTime()) / 1000)) : 0,
    paidAt: order.paidAt,
    sequence: order.eventSequence,
  };
}

function stateOf(order: Order, attempt: Attempt | null): ScanState {
  if (order.state === "paid") return "paid";
  if (attempt && isLiveAttempt(attempt.state)) return attempt.problem === "scan_unconfirmed" ? "unconfirmed" : "waiting";
  if (order.state !== "open") return "ended";
  return attempt ? "failed" : "ready";
}
