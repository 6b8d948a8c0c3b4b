import type { KnownOrder } from "#db/queries/compat.ts";
import type { Attempt, Order } from "#db/queries/locks.ts";
import { type Asked, NOTHING_ASKED, openAsked } from "#lib/compat/asked.ts";
import type { Payment, PaymentState, Shown } from "#lib/dialects/backend.ts";
import { CHARGES_AT_ONCE, isMethod } from "#lib/domain/methods.ts";
import { major } from "#lib/domain/money.ts";
import { unsealFor } from "#lib/secrets.ts";

/** All there is to know of an order when it is told as a payment. */
export interface PaymentFacts extends KnownOrder {
  /** Newest first. */
  attempts: readonly Attempt[];
  merchantNo: string;
  /** Where our pages are, without a trailing slash. */
  origin: string;
  acknowledgedAt: Date | null;
  now: Date;
}

/** What no gateway we pass payments to tells us of a payment, and what is said instead (docs/compat.md). */
const UNKNOWN = { settleRate: "1", fee: "0.00", rate: "0" } as const;

/**
 * An order of ours in the words dialects have for a payment. Pure, but that it opens what is sealed. The attempt it speaks of
 * is the one that paid, else the newest. An order that did not come in by `/compat` is called by its reference and, without
 * its prefix, its id.
 */
export function paymentOf(facts: PaymentFacts): Payment {
  const { order, entry, attempts, merchantNo, origin } = facts;
  const attempt = attempts.find(({ id }) => id === order.paidAttemptId) ?? attempts[0] ?? null;
  const amount = major(order.amount, order.currency);
  const own = { ...NOTHING_ASKED, subject: order.title, amount, notifyUrl: order.notifyUrl };
  const asked: Asked = entry ? openAsked(order.id, entry.asked) : own;
  const method = entry?.method ?? attempt?.method ?? "wechat.native";
  const payer = attempt?.payer ? unsealFor("attempts.payer", attempt.id, attempt.payer) : null;
  // Who paid is an openid to WeChat, a buyer's number elsewhere.
  const inWechat = method.startsWith("wechat.");
  const shown = shownOf(order, attempt, origin);
  return {
    ...asked,
    no: entry?.no ?? order.id.slice("ord_".length),
    clientNo: entry ? entry.clientNo : order.reference,
    merchantNo,
    method,
    currency: order.currency,
    state: stateOf(order, attempts, method, facts.now),
    userPaying: isScan(method) && attempt !== null && (attempt.state === "presented" || attempt.state === "unknown"),
    // Without parameters for the bridge a page stands in, which dialects give to whoever named no openid.
    openid: shown.parameters || attempt === null || order.state === "paid" ? (asked.openid ?? (inWechat ? payer : null)) : null,
    exchangeRate: attempt?.exchangeRate ?? (order.currency === "CNY" ? "1" : UNKNOWN.rate),
    settleRate: UNKNOWN.settleRate,
    payCurrency: attempt?.payCurrency ?? order.currency,
    payAmount: attempt?.payAmount ?? amount,
    fee: UNKNOWN.fee,
    channel: attempt?.payCurrency === "HKD" ? "HK" : "CN",
    buyerId: inWechat ? null : payer,
    buyerEmail: null,
    walletNo: attempt?.gatewayRef ?? null,
    createdAt: order.createdAt,
    paidAt: order.paidAt,
    acknowledgedAt: facts.acknowledgedAt,
    refundedAmount: major(attempt && order.state === "paid" ? attempt.refundedAmount : 0n, order.currency),
    code: entry?.code ?? order.token,
    shown,
  };
}

/**
 * An order's state as the documents have it: paid is paid, late or not, and so is an order that was paid twice (the other payment
 * is the merchant's to give back). Where a scanned code was charged and came to nothing, the payment failed though the order
 * may still be paid otherwise.
 */
function stateOf(order: Order, attempts: readonly Attempt[], method: string, now: Date): PaymentState {
  if (order.state !== "open") return ENDED[order.state];
  if (order.expiresAt <= now) return "EXPIRED";
  const over = attempts.length > 0 && attempts.every(({ state }) => state === "refused" || state === "failed" || state === "closed");
  return isScan(method) && over ? "FAIL" : "INIT";
}

const ENDED = { paid: "PAID", expired: "EXPIRED", cancelled: "CLOSED" } as const satisfies Record<
  Exclude<Order["state"], "open">,
  PaymentState
>;

/** What the shopper acts on: the other gateway's own code, page or parameters where they are of that shape, else our checkout page. */
function shownOf(order: Order, attempt: Attempt | null, origin: string): Shown {
  const checkout = `${origin}/pay/${order.token}`;
  const presented = attempt?.state === "presented" ? attempt.presentation : null;
  return {
    qr: presented?.kind === "qr" ? presented.text : checkout,
    page: presented?.kind === "redirect" || presented?.kind === "iframe" ? presented.url : checkout,
    parameters: presented?.kind === "jsapi" || presented?.kind === "app" ? presented.params : null,
  };
}

function isScan(method: string): boolean {
  return isMethod(method) && CHARGES_AT_ONCE.has(method);
}
