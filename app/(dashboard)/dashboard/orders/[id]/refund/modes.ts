import { db } from "#db/client.ts";
import { readAccount } from "#db/queries/dashboard-accounts.ts";
import type { AttemptRow } from "#db/queries/dashboard-order.ts";
import { type RefundMode, refundMode } from "#lib/payments/refund-mode.ts";

/** How the money of each of these tries can go back, by its id; one whose account can no longer be opened is left out. */
export async function refundModes(merchantId: string, attempts: readonly AttemptRow[]): Promise<ReadonlyMap<string, RefundMode>> {
  const modes = new Map<string, RefundMode>();
  for (const attempt of attempts) {
    const row = await readAccount(db(), merchantId, attempt.accountId);
    const mode = row && refundMode(row, attempt.method);
    if (mode) modes.set(attempt.id, mode);
  }
  return modes;
}
