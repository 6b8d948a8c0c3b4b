import type { GatewayAccount } from "#db/queries/accounts.ts";
import { type Method, walletOf } from "#lib/domain/methods.ts";
import { openOrNull } from "#lib/payments/open-account.ts";

/**
 * How money goes back by an attempt's gateway: by its refund operation, by one that refunds the whole payment only
 * (seeds/004: UnionPay), or, where its document has none, by hand: a person pays back outside and records it here.
 */
export type RefundMode = "gateway" | "full_only" | "manual";

/** Null while the account cannot be opened: nothing can go back through it, and nobody knows what its gateway could do. */
export function refundMode(row: GatewayAccount, method: Method): RefundMode | null {
  const opened = openOrNull(row);
  if (!opened) return null;
  const { account, gateway } = opened;
  if (!account.refund) return "manual";
  return gateway.fullRefundOnly?.includes(walletOf(method)) ? "full_only" : "gateway";
}
