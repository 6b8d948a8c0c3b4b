import type { AccountListRow } from "#db/queries/dashboard-accounts.ts";
import type { Gateway } from "#lib/gateways/gateway.ts";
import { gatewayById } from "#lib/gateways/registry.ts";

export interface Payable {
  account: AccountListRow;
  gateway: Gateway;
}

/** The accounts whose gateway's document has payouts. */
export function payableAccounts(accounts: readonly AccountListRow[]): Payable[] {
  return accounts.flatMap((account) => {
    const gateway = gatewayById(account.gateway);
    return gateway && Object.keys(gateway.payoutChannels).length > 0 ? [{ account, gateway }] : [];
  });
}
