import { z } from "zod";
import { formatMajor } from "#lib/domain/money.ts";
import { command } from "#lib/gateways/fengniao/command.ts";
import type { Command } from "#lib/gateways/fengniao/commands.ts";
import type { Fengniao } from "#lib/gateways/fengniao/credentials.ts";
import { amountProblem, echoProblem, numberProblem, text, unclear, yuan } from "#lib/gateways/fengniao/order.ts";
import type { DraftFields, Operation, PayoutChannel } from "#lib/gateways/operation.ts";
import type { PayoutAccount, PayoutKey, PayoutRequest, PayoutStanding } from "#lib/gateways/payout.ts";
import { cleanText } from "#lib/gateways/wire.ts";

/** §2.16, §2.24 `trade_status`, text. */
export const PAYOUT_STATUSES: Readonly<Record<string, "pending" | "paid" | "failed">> = { "0": "pending", "1": "paid", "2": "failed" };

/**
 * Withdrawals: from the UnionPay channel (§2.15, §2.16) and from the merchant's balance (§2.23, §2.24). `banks` is empty: the
 * link to the document's list (§3.5) is dead, so 联行号 is twelve free digits.
 */
export const payouts: Readonly<Record<string, PayoutChannel<Fengniao>>> = {
  unionpay: {
    banks: [],
    create: withdraw("unionpay.withdraw", () => ({})),
    query: withdrawQuery("unionpay.withdraw_query", false),
  },
  merchant: {
    banks: [],
    create: withdraw("merchant.withdraw", ({ idCard, province, city }) => ({ id_card_no: idCard, province, city }), true),
    query: withdrawQuery("merchant.withdraw_query", true),
  },
};

function withdraw(
  name: Command,
  more: (account: PayoutAccount) => DraftFields,
  namesMerchant = false,
): Operation<Fengniao, PayoutRequest, PayoutStanding> {
  return command(name, {
    check: (request) => numberProblem(request.payoutNo) ?? amountProblem(request.amount) ?? accountProblem(request.account),
    fields: ({ payoutNo, amount, account, remark }, { credentials }) => ({
      merchant_no: namesMerchant ? credentials.merchantNo : undefined,
      out_trade_no: payoutNo,
      amount: formatMajor(amount),
      // The document's own spelling; its answers write bank_account_no.
      bakn_account_no: account.number,
      bank_account_name: account.name,
      bank_mobile: account.mobile,
      account_attr: account.kind === "company" ? "1" : "0",
      bank_code: account.bankCode,
      bank_name: account.bankName,
      ...more(account),
      remark: cleanText(remark),
    }),
    reply: (request) =>
      z.object({ out_trade_no: text, total_amount: text, amount: text, trade_no: text }).transform((reply, issues): PayoutStanding => {
        // §2.15 calls it `amount` on the way there and `total_amount` on the way back.
        const echo = { out_trade_no: reply.out_trade_no, total_amount: reply.total_amount || reply.amount };
        const problem = echoProblem(echo, { number: request.payoutNo, amount: request.amount });
        if (problem) return unclear(issues, problem);
        return { kind: "pending", gatewayRef: reply.trade_no || null, amount: request.amount };
      }),
  });
}

function withdrawQuery(name: Command, namesMerchant: boolean): Operation<Fengniao, PayoutKey, PayoutStanding> {
  return command(name, {
    fields: ({ payoutNo }, { credentials }) => ({
      merchant_no: namesMerchant ? credentials.merchantNo : undefined,
      out_trade_no: payoutNo,
    }),
    reply: (key) => PAYOUT.transform((payout, issues) => payoutStanding(payout, key, issues)),
  });
}

const PAYOUT = z.object({ out_trade_no: text, trade_no: text, amount: text, fee: text, trade_status: text });

function payoutStanding(payout: z.output<typeof PAYOUT>, key: PayoutKey, issues: z.RefinementCtx): PayoutStanding {
  const problem = echoProblem(
    { out_trade_no: payout.out_trade_no, total_amount: payout.amount },
    { number: key.payoutNo, amount: key.amount },
  );
  if (problem) return unclear(issues, problem);
  if (payout.trade_no && key.gatewayRef && payout.trade_no !== key.gatewayRef) return unclear(issues, "the answer is about another payout");
  const known = Object.hasOwn(PAYOUT_STATUSES, payout.trade_status);
  return {
    kind: (known && PAYOUT_STATUSES[payout.trade_status]) || "unknown",
    gatewayRef: payout.trade_no || null,
    amount: yuan(payout.amount),
    ...(/^\d{1,28}(\.\d{1,28})?$/.test(payout.fee) && { fee: payout.fee }),
    ...(payout.trade_status && { code: payout.trade_status }),
  };
}

/** Why money cannot go to this account, or null. Sentences name the field and never its value: it is personal. */
function accountProblem(account: PayoutAccount): string | null {
  const { kind, number, name, mobile, bankCode, bankName, province, city, idCard } = account;
  if (!/^\d{6,32}$/.test(number)) return "the account number is not 6 to 32 digits";
  if (!/^\+?\d{6,15}$/.test(mobile ?? "")) return "the bank's mobile number (bank_mobile) is missing or not a number";
  if (kind === "company" && !bankCode) return "a company's account needs its bank's 联行号 (bank_code)";
  if (kind === "company" && !bankName) return "a company's account needs its bank's name (bank_name)";
  if (bankCode !== undefined && !/^\d{12}$/.test(bankCode)) return "联行号 (bank_code) is 12 digits";
  if (idCard !== undefined && !/^[0-9A-Za-z()]{6,20}$/.test(idCard)) return "id_card_no is not an identity card's number";
  // Changing a name to fit the wire would pay nobody, or somebody else.
  const texts = { bank_account_name: name, bank_name: bankName, province, city };
  const bad = Object.entries(texts).find(([, value]) => value !== undefined && (value.trim() === "" || cleanText(value) !== value));
  return bad ? `${bad[0]} is empty or has a sign the wire cannot carry` : null;
}
