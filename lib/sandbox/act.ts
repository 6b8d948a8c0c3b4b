import type { Database } from "#db/client.ts";
import type { ChosenFault } from "#db/schema/sandbox/payments.ts";
import { dialectById } from "#lib/dialects/registry.ts";
import { armFault, disarm } from "#lib/sandbox/armed.ts";
import { type CodeBehaviour, issueWalletCode } from "#lib/sandbox/codes.ts";
import { FAULT_SECONDS_MAX, FAULTS, isFault, WALLET_FAULTS } from "#lib/sandbox/faults.ts";
import { paymentByCode } from "#lib/sandbox/listing.ts";
import { redeliverNotice } from "#lib/sandbox/notifier.ts";
import { declinePayment, expirePayment, oweNotice, payPayment } from "#lib/sandbox/pay.ts";
import { type PaymentRow, toPayment } from "#lib/sandbox/rows.ts";

/** A form of the sandbox's pages as it came in. */
export interface Form {
  text(name: string): string;
  /** The shopper's identity in this browser. */
  shopper: string;
}

/** Where to send the browser next: a path of ours, or for a cashier the caller's return address. */
export type Next = string;

type Verb = (database: Database, form: Form) => Promise<Next>;

/**
 * What a button does, by the form's `do`. Each answers where to go (303): every step is a document load, so pages work
 * without JavaScript and inside frames. An unknown verb is null.
 */
export const VERBS: Readonly<Record<string, Verb>> = {
  pay: onPayment(async (database, payment, form) => {
    const channel = form.text("wallet") === "hong_kong" ? "HK" : "CN";
    if (form.text("wallet") === "empty") return said(payment, form, "insufficient");
    const answer = await payPayment(database, payment.no, { shopper: form.shopper, channel }, walletFaults(form));
    if (!answer.ok) return said(payment, form, answer.reason);
    return (form.text("in") === "cashier" ? returnAddress(answer.payment) : null) ?? said(payment, form, null);
  }),
  decline: onPayment(async (database, payment, form) => {
    const answer = await declinePayment(database, payment.no);
    return said(payment, form, answer.ok ? null : answer.reason);
  }),
  // The wallet says no, the payment lives on: the shopper may choose another way, as with a real one.
  insufficient: onPayment(async (_database, payment, form) => said(payment, form, "insufficient")),
  leave: onPayment(async (_database, payment, form) => said(payment, form, "left")),
  async code(database, form) {
    const wallet = form.text("wallet") === "alipay" ? "alipay" : "wechat";
    const { code } = await issueWalletCode(database, wallet, behaviourOf(form.text("behaviour")));
    return `/sandbox/wallet/code?wallet=${wallet}&code=${code}`;
  },
  async arm(database, form) {
    const fault = form.text("fault");
    const target = form.text("target") === "request" ? "request" : "payment";
    if (!isFault(fault)) return "/sandbox?problem=fault#faults";
    const path = form.text("path").startsWith("/") ? form.text("path").slice(0, 100) : null;
    const armed = await armFault(database, { fault, target, merchantNo: null, path, seconds: secondsOf(form.text("seconds")) });
    return armed === null ? "/sandbox?problem=fault_not_for_requests#faults" : "/sandbox#faults";
  },
  async disarm(database, form) {
    const id = form.text("id");
    await disarm(database, /^\d{1,15}$/.test(id) ? Number(id) : null);
    return "/sandbox#faults";
  },
  async resend(database, form) {
    const id = form.text("id");
    const made = /^\d{1,15}$/.test(id) ? await redeliverNotice(database, Number(id)) : null;
    return `/sandbox/payments/${encodeURIComponent(form.text("no"))}?${made ? "sent" : "problem"}=${encodeURIComponent(id)}#notices`;
  },
  expire: onPayment(async (database, payment) => {
    await expirePayment(database, payment.no);
    return `/sandbox/payments/${payment.no}`;
  }),
  forge: onPayment(async (database, payment) => {
    await oweNotice(database, payment.no, "forged");
    return `/sandbox/payments/${payment.no}#notices`;
  }),
};

/** Where the document sends the shopper after paying at one of its cashiers; null when the order has no such address. */
export function returnAddress(payment: PaymentRow): string | null {
  const url = dialectById(payment.gateway)?.returnUrl(toPayment(payment)) ?? null;
  return url !== null && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : null;
}

function onPayment(work: (database: Database, payment: PaymentRow, form: Form) => Promise<Next>): Verb {
  return async (database, form) => {
    const payment = await paymentByCode(database, form.text("code"));
    return payment ? work(database, payment, form) : "/sandbox/wallet?problem=not_found";
  };
}

/** Back to the payment's page, with what the wallet has to say. `in` keeps the sheet a sheet and the cashier a cashier. */
function said(payment: PaymentRow, form: Form, what: string | null): Next {
  const place = form.text("in");
  const query = new URLSearchParams();
  if (place === "sheet" || place === "cashier" || place === "console") query.set("in", place);
  if (what !== null) query.set("said", what);
  if (place === "console") return `/sandbox/payments/${payment.no}${what === null ? "" : `?problem=${what}`}`;
  return `/sandbox/wallet/pay/${payment.code}${query.size > 0 ? `?${query}` : ""}`;
}

function walletFaults(form: Form): ChosenFault[] {
  const fault = form.text("fault");
  if (!isFault(fault) || !WALLET_FAULTS.includes(fault)) return [];
  const { seconds } = FAULTS[fault];
  return [{ fault, seconds: seconds === null ? null : (secondsOf(form.text("seconds")) ?? seconds) }];
}

function secondsOf(text: string): number | null {
  return /^\d{1,3}$/.test(text) ? Math.min(Number(text), FAULT_SECONDS_MAX) : null;
}

function behaviourOf(text: string): CodeBehaviour {
  return text === "asks" || text === "insufficient" || text === "hong_kong" ? text : "pays";
}
