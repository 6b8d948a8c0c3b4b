import { z } from "zod";
import type { Operation, PayoutChannel } from "#lib/gateways/operation.ts";
import type { PayoutKey, PayoutRequest, PayoutStanding } from "#lib/gateways/payout.ts";
import { BANKS, bankNameOf } from "#lib/gateways/xxpay/banks.ts";
import type { Xxpay } from "#lib/gateways/xxpay/credentials.ts";
import { clientIpOf, LIMITS, numberProblem, textProblem, urlProblem } from "#lib/gateways/xxpay/fit.ts";
import { fen, ownerProblem, text } from "#lib/gateways/xxpay/order.ts";
import { PATHS, pathOf } from "#lib/gateways/xxpay/paths.ts";

/** A payout as seeds/003 §3.1.4, §3.2.4 and §3.3.2 describe it. */
export const TRANS = z.object({
  mchId: text,
  appId: text,
  transOrderId: text,
  mchTransOrderNo: text,
  amount: text,
  currency: text,
  status: text,
});
export type Trans = z.output<typeof TRANS>;

/** Another table than the payments': 3 is FAILED here. 4 ("processed") says nothing of success, so a query must. */
const STATUSES: Readonly<Record<string, "pending" | "paid" | "failed">> = { "0": "pending", "1": "pending", "2": "paid", "3": "failed" };

/** What a payout's `status` says; `unknown` for 4, for what is not in the table, and for a paid one without a readable amount. */
export function payoutStandingOf(trans: Trans): PayoutStanding {
  const status = Object.hasOwn(STATUSES, trans.status) ? STATUSES[trans.status] : undefined;
  const amount = fen(trans.amount);
  const kind = status === undefined || (status === "paid" && !amount) ? "unknown" : status;
  return { kind, gatewayRef: trans.transOrderId === "" ? null : trans.transOrderId, amount, code: trans.status };
}

/** §3.1: money out to an account. `accountAttr` is left out for a person (its default): some centres do not sign a "0". */
const create: Operation<Xxpay, PayoutRequest, PayoutStanding> = {
  verb: PATHS.createTrans.verb,
  path: pathOf("createTrans"),
  check: payoutProblem,
  fields: ({ payoutNo, amount, account, notifyUrl, clientIp }, { credentials, settings }) => ({
    mchId: credentials.mchId,
    appId: credentials.appId,
    mchTransOrderNo: payoutNo,
    currency: "cny",
    amount: amount.minor.toString(),
    clientIp: clientIpOf(clientIp),
    notifyUrl,
    accountAttr: account.kind === "company" ? "1" : undefined,
    bankCode: account.bankCode,
    bankName: bankNameFor(account),
    accountType: settings.payoutAccountType,
    accountName: account.name,
    accountNo: account.number,
    province: account.province,
    city: account.city,
    param1: settings.payoutPayerLastSix,
    param2: credentials.payoutCode || undefined,
  }),
  // The answer's amount is an echo; §3.1.4 names no app.
  reply: (request, context) => transReply(request.payoutNo, null, context, request.amount.minor),
};

/** §3.2: by our number, which always is known. */
const query: Operation<Xxpay, PayoutKey, PayoutStanding> = {
  verb: PATHS.queryTrans.verb,
  path: pathOf("queryTrans"),
  fields: ({ payoutNo }, { credentials, settings }) => ({
    mchId: credentials.mchId,
    appId: credentials.appId,
    mchTransOrderNo: payoutNo,
    executeNotify: settings.executeNotify ? "true" : undefined,
  }),
  reply: ({ payoutNo, gatewayRef }, context) => transReply(payoutNo, gatewayRef, context),
};

export const payouts = { trans: { banks: BANKS, create, query } } satisfies Record<string, PayoutChannel<Xxpay>>;

function transReply(payoutNo: string, gatewayRef: string | null, { credentials }: Xxpay, echo?: bigint): z.ZodType<PayoutStanding> {
  return TRANS.transform((trans, issues) => {
    const mismatch = mismatchOf(trans, payoutNo, gatewayRef) ?? ownerProblem(trans, credentials);
    const other = echo !== undefined && fen(trans.amount)?.minor !== echo ? "the answer is about another amount" : null;
    if (!mismatch && !other) return payoutStandingOf(trans);
    issues.addIssue({ code: "custom", message: mismatch ?? other ?? "" });
    return z.NEVER;
  });
}

function mismatchOf(trans: Trans, payoutNo: string, gatewayRef: string | null): string | null {
  if (trans.mchTransOrderNo !== payoutNo) return "the answer is about another number of ours";
  if (gatewayRef && trans.transOrderId !== gatewayRef) return "the answer is about another payout";
  return trans.currency !== "" && trans.currency.toLowerCase() !== "cny" ? "the answer is in another currency" : null;
}

function payoutProblem({ payoutNo, amount, account, notifyUrl }: PayoutRequest): string | null {
  if (amount.currency !== "CNY") return `no ${amount.currency} here`;
  if (amount.minor <= 0n) return "the amount is not positive";
  if (!/^[A-Za-z0-9]{1,32}$/.test(account.bankCode ?? "")) return "bankCode is not a bank code";
  if (!/^[0-9A-Za-z@._-]{4,64}$/.test(account.number)) return "the account number is not one";
  return (
    numberProblem(payoutNo) ??
    urlProblem("notifyUrl", notifyUrl) ??
    textProblem("the account's name", account.name, LIMITS.name) ??
    textProblem("bankName", bankNameFor(account) ?? "", LIMITS.bankName) ??
    textProblem("province", account.province ?? "", LIMITS.place) ??
    textProblem("city", account.city ?? "", LIMITS.place)
  );
}

function bankNameFor({ bankCode, bankName }: PayoutRequest["account"]): string | undefined {
  return bankName || (bankNameOf(bankCode ?? "") ?? undefined);
}
