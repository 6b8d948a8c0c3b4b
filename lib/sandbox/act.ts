import type { Database, Tx } from "#db/client.ts";
import type { ChosenFault } from "#db/schema/sandbox/payments.ts";
import { dialectById } from "#lib/dialects/registry.ts";
import { armFault, disarm } from "#lib/sandbox/armed.ts";
import { readCaller } from "#lib/sandbox/callers.ts";
import { type CodeBehaviour, isCodeWallet, issueWalletCode } from "#lib/sandbox/codes.ts";
import { FAULT_SECONDS_MAX, FAULTS, isFault, WALLET_FAULTS } from "#lib/sandbox/faults.ts";
import { fitsGateway } from "#lib/sandbox/gateways.ts";
import { paymentByCode } from "#lib/sandbox/listing.ts";
import { endPayout } from "#lib/sandbox/move-payouts.ts";
import { redeliverNotice } from "#lib/sandbox/notifier.ts";
import { oweNotice } from "#lib/sandbox/owe-notice.ts";
import { declinePayment, expirePayment, markSeen, payPayment } from "#lib/sandbox/pay.ts";
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
    const answer = await payPayment(database, payment.no, { shopper: form.shopper, channel }, walletFaults(payment, form));
    if (!answer.ok) return said(payment, form, answer.reason);
    return (form.text("in") === "cashier" ? await returnAddress(database, answer.payment) : null) ?? said(payment, form, null);
  }),
  decline: onPayment(async (database, payment, form) => {
    const answer = await declinePayment(database, payment.no);
    return said(payment, form, answer.ok ? null : answer.reason);
  }),
  // The wallet says no, the payment lives on: the shopper may choose another way, as with a real one.
  insufficient: onPayment(async (_database, payment, form) => said(payment, form, "insufficient")),
  leave: onPayment(async (database, payment, form) => {
    await markSeen(database, payment.no, false);
    return said(payment, form, "left");
  }),
  async code(database, form) {
    const chosen = form.text("wallet");
    const wallet = isCodeWallet(chosen) ? chosen : "wechat";
    const { code } = await issueWalletCode(database, wallet, behaviourOf(form.text("behaviour")));
    return `/sandbox/wallet/code?wallet=${wallet}&code=${code}`;
  },
  async arm(database, form) {
    const fault = form.text("fault");
    const target = form.text("target") === "request" ? "request" : "payment";
    if (!isFault(fault)) return "/sandbox?problem=fault#faults";
    const path = form.text("path").startsWith("/") ? form.text("path").slice(0, 100) : null;
    const gateway = form.text("gateway") === "" ? null : form.text("gateway");
    const seconds = secondsOf(form.text("seconds"));
    const armed = await armFault(database, { fault, target, gateway, merchantNo: null, path, seconds });
    return "refusal" in armed ? `/sandbox?problem=${armed.refusal}#faults` : "/sandbox#faults";
  },
  async disarm(database, form) {
    const id = form.text("id");
    await disarm(database, /^\d{1,15}$/.test(id) ? Number(id) : null);
    return "/sandbox#faults";
  },
  async resend(database, form) {
    const id = form.text("id");
    const made = /^\d{1,15}$/.test(id) ? await redeliverNotice(database, Number(id)) : null;
    const page = form.text("of") === "payout" ? "payouts" : "payments";
    return `/sandbox/${page}/${encodeURIComponent(form.text("no"))}?${made ? "sent" : "problem"}=${encodeURIComponent(id)}#notices`;
  },
  expire: onPayment(async (database, payment) => {
    await expirePayment(database, payment.no);
    return `/sandbox/payments/${payment.no}`;
  }),
  forge: onPayment(async (database, payment) => {
    await oweNotice(database, { paymentNo: payment.no }, "forged");
    return `/sandbox/payments/${payment.no}#notices`;
  }),
  async payout(database, form) {
    const no = form.text("no");
    const ended = await endPayout(database, no, form.text("state") === "PAID" ? "PAID" : "FAIL");
    return `/sandbox/payouts/${encodeURIComponent(no)}${ended ? "" : "?problem=ended"}`;
  },
};

/** Where the document sends the shopper after paying at one of its cashiers; null when the order has no such address. */
export async function returnAddress(tx: Tx, payment: PaymentRow): Promise<string | null> {
  const caller = await readCaller(tx, payment.gateway, payment.callerNo);
  const url = (caller && dialectById(payment.gateway)?.returnUrl(toPayment(payment), caller)) ?? null;
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

function walletFaults(payment: PaymentRow, form: Form): ChosenFault[] {
  const fault = form.text("fault");
  if (!isFault(fault) || !WALLET_FAULTS.includes(fault) || !fitsGateway(fault, payment.gateway)) return [];
  const { seconds } = FAULTS[fault];
  return [{ fault, seconds: seconds === null ? null : (secondsOf(form.text("seconds")) ?? seconds) }];
}

function secondsOf(text: string): number | null {
  return /^\d{1,3}$/.test(text) ? Math.min(Number(text), FAULT_SECONDS_MAX) : null;
}

function behaviourOf(text: string): CodeBehaviour {
  return text === "asks" || text === "insufficient" || text === "hong_kong" ? text : "pays";
}
