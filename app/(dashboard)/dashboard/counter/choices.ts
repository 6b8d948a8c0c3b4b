import { CURRENCIES, type Currency } from "#lib/domain/currency.ts";
import { CHARGES_AT_ONCE, type Wallet, walletOf } from "#lib/domain/methods.ts";
import { gatewayById } from "#lib/gateways/registry.ts";

/** Whose money: an account for tests never takes real money, nor the other way round. */
export const KINDS = ["live", "test"] as const;
export type Kind = (typeof KINDS)[number];

/** What a merchant's counter can charge; `kinds` is empty when no active account takes scanned codes. */
export interface CounterChoices {
  kinds: readonly Kind[];
  currencies: readonly Currency[];
  wallets: readonly Wallet[];
}

/** What these accounts can charge by a scanned code. */
export function counterChoices(accounts: readonly { gateway: string; live: boolean; active: boolean }[]): CounterChoices {
  const able = accounts.flatMap((account) => {
    const gateway = account.active ? gatewayById(account.gateway) : null;
    const methods = gateway?.methods.filter((method) => CHARGES_AT_ONCE.has(method)) ?? [];
    return gateway && methods.length > 0 ? [{ live: account.live, currencies: gateway.currencies, methods }] : [];
  });
  return {
    kinds: KINDS.filter((kind) => able.some(({ live }) => live === (kind === "live"))),
    currencies: CURRENCIES.filter((currency) => able.some(({ currencies }) => currencies.includes(currency))),
    wallets: [...new Set(able.flatMap(({ methods }) => methods.map(walletOf)))],
  };
}
