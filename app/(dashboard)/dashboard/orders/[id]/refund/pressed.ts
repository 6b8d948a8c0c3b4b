import { keyOf, type Values } from "#app/(dashboard)/dashboard/orders/[id]/refund/check.ts";
import type { Database } from "#db/client.ts";
import type { AttemptRow } from "#db/queries/dashboard-order.ts";
import { requestByKey } from "#db/queries/refund-requests.ts";
import { refundByKey } from "#db/queries/refunds.ts";

/**
 * What the first press of a form's last button brought about, for its second (a browser shows the answer to the last one only):
 * asked before anything is checked anew, for by now less is left, or a limit is reached. The same person's own, of this try.
 */
export async function pressedBefore(
  database: Database,
  merchantId: string,
  userId: string,
  values: Values,
  attempt: AttemptRow | undefined,
): Promise<{ kind: "refund" | "request"; id: string } | null> {
  const key = attempt && keyOf(values, attempt);
  if (!key) return null;
  const own = (row: { attemptId: string; requestedBy: string }) => row.attemptId === attempt.id && row.requestedBy === userId;
  const refund = await refundByKey(database, merchantId, key);
  if (refund) return own(refund) ? { kind: "refund", id: refund.id } : null;
  const request = await requestByKey(database, merchantId, key);
  return request && own(request) ? { kind: "request", id: request.id } : null;
}
