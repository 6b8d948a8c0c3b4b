import { type Database, db } from "#db/client.ts";
import { checkoutRow } from "#db/queries/checkout.ts";
import type { Attempt, Order } from "#db/queries/locks.ts";
import { isLiveAttempt } from "#lib/domain/attempt.ts";
import { soleMethod } from "#lib/domain/offer.ts";
import type { Shopper } from "#lib/domain/shopper.ts";
import { moneyOf } from "#lib/payments/change.ts";
import type { CheckoutStatus, CheckoutView } from "#lib/payments/checkout-view.ts";
import { deskReturn } from "#lib/payments/desk-return.ts";
import { estimatesFor } from "#lib/payments/estimates.ts";
import { type Offered, offersFor } from "#lib/payments/offers.ts";
import { problemOf, viewOf } from "#lib/payments/view-of.ts";

const NOTHING_OFFERED: Offered = { offers: [], through: [] };

/** All a checkout page shows, or null when there is no such order. Reads only: a GET never starts anything. */
export async function readCheckout(token: string, shopper: Shopper, database: Database = db()): Promise<CheckoutView | null> {
  const row = await checkoutRow(database, token);
  if (!row) return null;
  const { order, attempts, now } = row;
  const seen = viewOf(order, attempts, now);
  const payable = seen.view === "choose" || seen.view === "waiting" || seen.view === "processing" || seen.view === "failed";
  const alive = new Set(attempts.filter((one) => isLiveAttempt(one.state)).map((one) => one.method));
  const { offers, through } = payable ? await offersFor(database, order, shopper, alive) : NOTHING_OFFERED;
  const estimates = payable ? await estimatesFor(database, moneyOf(order), through, seen.attempt) : {};
  return {
    token,
    orderId: order.id,
    merchantId: order.merchantId,
    view: seen.view,
    detail: seen.detail,
    sequence: order.eventSequence,
    amount: moneyOf(order),
    title: order.title,
    reference: order.reference,
    merchant: { name: row.merchant.name, brand: row.merchant.brand },
    live: order.live,
    locale: order.locale ?? row.merchant.locale,
    offers,
    estimates,
    soleMethod: seen.view === "choose" ? soleMethod(offers, shopper.browser) : null,
    attempt: seen.attempt && attemptOf(seen.attempt),
    otherLive: attempts.filter((one) => isLiveAttempt(one.state) && one.id !== seen.attempt?.id).map((one) => one.method),
    expiresAt: order.expiresAt,
    secondsLeft: secondsLeft(order, now),
    createdAt: order.createdAt,
    paid: paidOf(order, seen.attempt, now),
    shopTold: row.shopTold,
    returnUrl: returnUrl(order, seen.attempt),
    timeZone: row.merchant.timeZone,
    successMessage: order.successMessage,
  };
}

/** Just enough to know whether the page must be loaded again; polled, so one prepared statement. */
export async function readStatus(token: string, database: Database = db()): Promise<CheckoutStatus | null> {
  const row = await checkoutRow(database, token);
  if (!row) return null;
  const { view, detail } = viewOf(row.order, row.attempts, row.now);
  return { view, detail, sequence: row.order.eventSequence, secondsLeft: secondsLeft(row.order, row.now), shopTold: row.shopTold };
}

function attemptOf(attempt: Attempt): NonNullable<CheckoutView["attempt"]> {
  const { id, method, gatewayOrderNo, presentation, exchangeRate } = attempt;
  return { id, method, gatewayOrderNo, presentation, problem: problemOf(attempt), exchangeRate };
}

function paidOf(order: Order, attempt: Attempt | null, now: Date): CheckoutView["paid"] {
  if (order.state !== "paid" || !order.paidAt || !attempt) return null;
  return {
    at: order.paidAt,
    secondsAgo: Math.max(0, Math.floor((now.getTime() - order.paidAt.getTime()) / 1000)),
    method: attempt.method,
    gatewayRef: attempt.gatewayRef,
    gatewayOrderNo: attempt.gatewayOrderNo,
    late: order.paidLate,
    refunded: moneyOf({ amount: attempt.refundedAmount, currency: attempt.currency }),
    charged: chargedOf(attempt),
  };
}

/** What the gateway said the wallet was charged: opaque decimals, worth showing only beside another currency. */
function chargedOf({ payAmount, payCurrency, currency }: Attempt): NonNullable<CheckoutView["paid"]>["charged"] {
  return payAmount && payCurrency && payCurrency !== currency ? { amount: payAmount, currency: payCurrency } : null;
}

/** The shop's address with the order's opaque id and a hint added; the hint proves nothing, the webhook does. */
function returnUrl(order: Order, attempt: Attempt | null): string | null {
  if (!order.returnUrl || !URL.canParse(order.returnUrl)) return null;
  if (order.desk) return deskReturn(order, order.desk, order.returnUrl, order.state === "paid" ? attempt : null);
  const url = new URL(order.returnUrl);
  url.searchParams.set("order", order.id);
  url.searchParams.set("reference", order.reference);
  url.searchParams.set("state", order.state);
  return url.href;
}

function secondsLeft(order: Order, now: Date): number {
  return Math.max(0, Math.ceil((order.expiresAt.getTime() - now.getTime()) / 1000));
}
