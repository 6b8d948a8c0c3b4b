import { z } from "zod";
import type { Money } from "#lib/domain/money.ts";
import { command } from "#lib/gateways/fengniao/command.ts";
import type { Fengniao } from "#lib/gateways/fengniao/credentials.ts";
import { unclear, yuan } from "#lib/gateways/fengniao/order.ts";
import type { Operation } from "#lib/gateways/operation.ts";
import type { Balance } from "#lib/gateways/payout.ts";

type BalanceQuery = Operation<Fengniao, Record<never, never>, Balance>;

const amount = z.string().transform((value, issues): Money => yuan(value) ?? unclear(issues, "not an amount in yuan"));

/** §2.17: takes nothing at all, and total = frozen + available by its own words. */
const unionpay: BalanceQuery = command("unionpay.withdraw_balance_query", {
  fields: () => ({}),
  reply: () =>
    z.object({ withdraw_balance: amount, freeze_balance: amount, normal_balance: amount }).transform((reply, issues): Balance => {
      const { withdraw_balance: total, freeze_balance: frozen, normal_balance: available } = reply;
      if (total.minor !== frozen.minor + available.minor) return unclear(issues, "the balance does not add up");
      return { currency: "CNY", total, available, frozen, unsettled: null };
    }),
});

/** §2.25: what of the balance can be paid out is not told. */
const merchant: BalanceQuery = command("merchant.balance", {
  fields: (_input, { credentials }) => ({ merchant_no: credentials.merchantNo }),
  reply: () =>
    z.object({ balance: amount, freeze: amount, unliquidated: amount }).transform(
      (reply): Balance => ({
        ...{ currency: "CNY", available: null },
        ...{ total: reply.balance, frozen: reply.freeze, unsettled: reply.unliquidated },
      }),
    ),
});

/** The document's balances by name. */
export const balances: Readonly<Record<string, BalanceQuery>> = { unionpay, merchant };
