import { z } from "zod";
import type { Wallet } from "#lib/domain/methods.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import type { PaymentKey } from "#lib/gateways/gateway.ts";
import type { ByWallet, Operation } from "#lib/gateways/operation.ts";
import type { Balance } from "#lib/gateways/payout.ts";
import type { Xxpay } from "#lib/gateways/xxpay/credentials.ts";
import { fen, mismatchOf, ownerProblem, PAYMENT, standingOf, text } from "#lib/gateways/xxpay/order.ts";
import { PATHS, pathOf } from "#lib/gateways/xxpay/paths.ts";

const WALLETS = ["wechat", "alipay", "qq", "unionpay", "jd", "baidu", "bank"] as const satisfies readonly Wallet[];

/**
 * §2.2, the same for every product. By our number, which always is known and suffices: a create's answer does not name it, so
 * only here is the centre's number tied to ours.
 */
const queryPayment: Operation<Xxpay, PaymentKey, Standing> = {
  verb: PATHS.queryPay.verb,
  path: pathOf("queryPay"),
  fields: ({ gatewayOrderNo }, { credentials, settings }) => ({
    mchId: credentials.mchId,
    appId: credentials.appId,
    mchOrderNo: gatewayOrderNo,
    executeNotify: settings.executeNotify ? "true" : undefined,
  }),
  reply: ({ gatewayOrderNo, gatewayRef }, { credentials }) =>
    PAYMENT.transform((payment) => {
      const { mchId, appId } = credentials;
      const mismatch = mismatchOf(payment, { mchId, appId, mchOrderNo: gatewayOrderNo, payOrderId: gatewayRef });
      return mismatch ? { kind: "unknown", reason: mismatch } : standingOf(payment);
    }),
};

export const query: ByWallet<typeof queryPayment> = Object.fromEntries(WALLETS.map((wallet) => [wallet, queryPayment]));

/**
 * The centre's balance, as public clients ask for it: not in the document. `balance` is fen; `settAmount`, where the answer has
 * it, is the part that can be paid out.
 */
export const balance: Operation<Xxpay, Record<never, never>, Balance> = {
  verb: PATHS.queryBalance.verb,
  path: pathOf("queryBalance"),
  // The time is the codec's to fill in.
  fields: (_input, { credentials }) => ({ mchId: credentials.mchId, appId: credentials.appId, queryTime: "" }),
  reply: (_input, { credentials }) =>
    z.object({ mchId: text, appId: text, balance: text, settAmount: text }).transform((reply, issues): Balance => {
      const total = fen(reply.balance);
      const available = reply.settAmount === "" ? total : fen(reply.settAmount);
      const problem = reply.mchId === "" ? null : ownerProblem(reply, credentials);
      if (total && available && !problem) return { currency: "CNY", total, available, frozen: null, unsettled: null };
      issues.addIssue({ code: "custom", message: problem ?? "no readable balance" });
      return z.NEVER;
    }),
};
