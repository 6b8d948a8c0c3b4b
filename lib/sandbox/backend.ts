import type { Database } from "#db/client.ts";
import type { ChosenFault } from "#db/schema/sandbox/payments.ts";
import type { Backend, Problem } from "#lib/dialects/backend.ts";
import { billOf } from "#lib/sandbox/bill.ts";
import { readCaller, readCallerOfMerchant } from "#lib/sandbox/callers.ts";
import { createPayment } from "#lib/sandbox/create.ts";
import { declare, findDeclarations, redeclare } from "#lib/sandbox/declarations.ts";
import { holdingsOf } from "#lib/sandbox/holdings.ts";
import { takeLoginCode } from "#lib/sandbox/login-codes.ts";
import { oweNotice } from "#lib/sandbox/owe-notice.ts";
import { closePayment, type WalletRefusal } from "#lib/sandbox/pay.ts";
import { ownPayout, readPayout, toPayout } from "#lib/sandbox/payout-rows.ts";
import { createPayout } from "#lib/sandbox/payouts.ts";
import { rateOn } from "#lib/sandbox/rates.ts";
import { findRefunds, refundPayment } from "#lib/sandbox/refund.ts";
import { ownPayment, readPayment, toPayment } from "#lib/sandbox/rows.ts";

export interface BackendOptions {
  database: Database;
  /** Which simulated gateway: a dialect's id. */
  gateway: string;
  /** Where the sandbox's pages are, without a trailing slash. */
  origin: string;
  /** Told of each payment created, with the faults it was born with: the route applies those of the reply. */
  onCreate?: (no: string, faults: ChosenFault[]) => void;
}

/** The sandbox behind a dialect: a ledger in PostgreSQL. Two backends over one database are one gateway. */
export function sandboxBackend({ database, gateway, origin, onCreate }: BackendOptions): Backend {
  return {
    caller: (callerNo) => readCaller(database, gateway, callerNo),
    callerOfMerchant: (merchantNo) => readCallerOfMerchant(database, gateway, merchantNo),
    async create(caller, payment) {
      const { answer, faults } = await createPayment(database, { gateway, caller, payment });
      if (answer.ok) onCreate?.(answer.value.no, faults);
      return answer;
    },
    async find(caller, by) {
      const row = await readPayment(database, ownPayment(gateway, caller.callerNo, by));
      return row && toPayment(row);
    },
    refund: (caller, payment, refund) => refundPayment(database, gateway, caller, payment, refund),
    findRefunds: (caller, by) => findRefunds(database, gateway, caller, by),
    async close(caller, payment) {
      const mine = await readPayment(database, ownPayment(gateway, caller.callerNo, { no: payment.no }));
      const closed = mine ? await closePayment(database, mine.no) : null;
      if (closed?.ok) return { ok: true, value: toPayment(closed.payment) };
      return { ok: false, problem: closed ? CLOSE_PROBLEMS[closed.reason] : "not_found" };
    },
    rate: async (wallet, currency) => rateOn(wallet, currency, new Date()),
    bill: (caller, range) => billOf(database, gateway, caller, range),
    declare: (caller, declaration) => declare(database, gateway, caller, declaration),
    redeclare: (caller, by) => redeclare(database, gateway, caller, by),
    findDeclarations: (caller, by) => findDeclarations(database, gateway, caller, by),
    async openid(caller, merchantNo, code) {
      return caller.merchantNos.includes(merchantNo) ? takeLoginCode(database, merchantNo, code) : null;
    },
    pageUrl: (payment, page) => `${origin}/sandbox/cashier/${page}/${payment.code}`,
    openidPageUrl: (merchantNo, backUrl, parameter) =>
      `${origin}/sandbox/wechat/openid?${new URLSearchParams({ merchant_no: merchantNo, backurl: backUrl, parameter })}`,
    createPayout: (caller, payout) => createPayout(database, gateway, caller, payout),
    async findPayout(caller, by) {
      const row = await readPayout(database, ownPayout(gateway, caller.callerNo, by));
      return row && toPayout(row);
    },
    holdings: (caller) => holdingsOf(database, gateway, caller.callerNo),
    async renotify(_caller, what) {
      const of = "payment" in what ? { paymentNo: what.payment.no } : { payoutNo: what.payout.no };
      const { notifyUrl } = "payment" in what ? what.payment : what.payout;
      if (notifyUrl !== null) await oweNotice(database, of, "genuine");
    },
  };
}

/** A payment that has ended without money has nothing left to close. */
const CLOSE_PROBLEMS: Record<WalletRefusal, Problem> = {
  not_found: "not_found",
  paid: "already_paid",
  closed: "already_closed",
  expired: "already_closed",
  failed: "already_closed",
  hong_kong_refused: "unavailable",
};
