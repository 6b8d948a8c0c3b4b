import type { Tx } from "#db/client.ts";
import type { Attempt, Locked } from "#db/queries/locks.ts";
import type { NewNotification } from "#db/queries/save-change.ts";
import { commit, draft, record } from "#lib/payments/change.ts";

/**
 * A notification with a good signature that is about another merchant or app than our account's (protocols.md,
 * Acknowledging): kept with the order, a person is told, nothing moves.
 */
export async function flagConflict(
  tx: Tx,
  locked: Locked,
  attempt: Attempt,
  conflict: string,
  notification: NewNotification | null,
): Promise<{ token: string; sequence: number }> {
  const change = draft(locked);
  change.order.needsReview = true;
  record(change, "order.flagged", "gateway", { why: "conflict", source: "notification", detail: conflict }, attempt);
  await commit(tx, change, notification);
  return { token: change.order.token, sequence: change.order.eventSequence };
}
