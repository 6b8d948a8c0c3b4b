import type { GatewayAccount } from "#db/queries/accounts.ts";
import { type Method, walletOf } from "#lib/domain/methods.ts";
import { openAccount } from "#lib/payments/open-account.ts";

/**
 * How money goes back by an attempt's gateway: by its refund operation, by one that refunds the whole payment only
 * (seeds/004: UnionPay), or, where its document has none, by hand: a person pays back outside and records it here.
 */
export type RefundMode = "gateway" | "full_only" | "manual";

export function refundMode(row: GatewayAccount, method: Method): RefundMode {
  const { account, gateway } = openAccount(row);
  if (!account.refund) return "manual";
  return gateway.fullRefundOnly?.includes(walletOf(method)) ? "full_only" : "gateway";
}
