import { z } from "zod";
import type { GatewayAccount } from "#db/queries/accounts.ts";
import { AMOUNT, CURRENCY, idOf, METHOD, MOMENT, moment } from "#lib/api/objects/parts.ts";
import { formatMajor, type Money } from "#lib/domain/money.ts";
import type { Balance } from "#lib/gateways/payout.ts";
import type { Rate } from "#lib/gateways/records.ts";
import { gatewayById } from "#lib/gateways/registry.ts";

export const ACCOUNT = z
  .strictObject({
    id: idOf("acc"),
    object: z.literal("account"),
    gateway: z.string().meta({ examples: ["hipopay-agent"] }),
    title: z.string(),
    live: z.boolean(),
    active: z.boolean(),
    methods: z.array(METHOD).meta({ description: "What the gateway's document has." }),
    currencies: z.array(CURRENCY),
    balances: z.array(z.string()).meta({ description: "The balances its document has, by name." }),
    rates: z.boolean().meta({ description: "Whether its document has rates." }),
    created_at: MOMENT,
  })
  .meta({ id: "Account", description: "A gateway account of yours, without its credentials." });
export type AccountObject = z.infer<typeof ACCOUNT>;

export function accountObject(row: GatewayAccount): AccountObject {
  const gateway = gatewayById(row.gateway);
  return {
    id: row.id,
    object: "account",
    gateway: row.gateway,
    title: row.title,
    live: row.live,
    active: row.active,
    methods: [...(gateway?.methods ?? [])],
    currencies: [...(gateway?.currencies ?? [])],
    balances: [...(gateway?.balanceNames ?? [])],
    rates: gateway?.capabilities.some(({ operation }) => operation === "rate") ?? false,
    created_at: moment(row.createdAt),
  };
}

export const BALANCE = z
  .strictObject({
    object: z.literal("balance"),
    account: idOf("acc"),
    name: z.string(),
    currency: CURRENCY,
    total: AMOUNT.nullable(),
    available: AMOUNT.nullable().meta({ description: "Null: the document has no such part." }),
    frozen: AMOUNT.nullable(),
    unsettled: AMOUNT.nullable(),
  })
  .meta({ id: "Balance", description: "What the gateway says it keeps for the account, at this moment." });
export type BalanceObject = z.infer<typeof BALANCE>;

export function balanceObject(account: string, name: string, balance: Balance): BalanceObject {
  const text = (money: Money | null): string | null => money && formatMajor(money);
  const { currency, total, available, frozen, unsettled } = balance;
  return {
    ...{ object: "balance", account, name, currency },
    ...{ total: text(total), available: text(available), frozen: text(frozen), unsettled: text(unsettled) },
  };
}

export const RATE = z
  .strictObject({
    object: z.literal("rate"),
    account: idOf("acc"),
    wallet: z.string(),
    currency: CURRENCY,
    cny_per_unit: z.string().meta({ description: "CNY for one unit of `currency`, decimal text.", examples: ["0.92"] }),
    at: MOMENT,
  })
  .meta({ id: "Rate", description: "The gateway's rate at this moment; what a payment really costs it says with the payment." });
export type RateObject = z.infer<typeof RATE>;

export function rateObject(account: string, wallet: string, rate: Rate): RateObject {
  return { object: "rate", account, wallet, currency: rate.currency, cny_per_unit: rate.cnyPerUnit, at: moment(rate.at) };
}
