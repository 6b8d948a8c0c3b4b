import { refundModes } from "#app/(dashboard)/dashboard/orders/[id]/refund/modes.ts";
import { db } from "#db/client.ts";
import {
  type AttemptRow,
  type OrderDetail,
  type RefundRow,
  readAttempts,
  readOrder,
  readRefunds,
  readUserNames,
} from "#db/queries/dashboard-order.ts";
import { type RequestDetail, readMembers } from "#db/queries/dashboard-refunds.ts";
import { type RefundDay, readRefundDay } from "#db/queries/refund-limits.ts";
import { waitingOf } from "#db/queries/refund-requests.ts";
import type { User } from "#lib/auth.ts";
import { PERMISSIONS } from "#lib/domain/permission.ts";
import type { RefundMode } from "#lib/payments/refund-mode.ts";

/** All a request's page shows of what the request is about. */
export interface Scene {
  order: OrderDetail;
  attempt: AttemptRow;
  /** Null where the account can no longer be opened. */
  mode: RefundMode | null;
  refunds: RefundRow[];
  day: RefundDay;
  alsoWaiting: bigint;
  /** Names of everybody the page names. */
  names: ReadonlyMap<string, string>;
  /** The members who may decide it. */
  deciders: readonly string[];
}

/** Reads it; null when the order or its payment is gone, which nothing of ours makes. */
export async function readScene(user: User, request: RequestDetail): Promise<Scene | null> {
  const { merchantId, orderId } = request;
  const [order, attempts, refunds, waiting, approvers] = await Promise.all([
    readOrder(db(), [merchantId], orderId),
    readAttempts(db(), merchantId, orderId),
    readRefunds(db(), merchantId, orderId),
    waitingOf(db(), request.attemptId),
    readMembers(db(), merchantId, PERMISSIONS.approve_refund),
  ]);
  const attempt = attempts.find((one) => one.id === request.attemptId);
  if (!order || !attempt) return null;
  const [modes, day] = await Promise.all([refundModes(merchantId, [attempt]), readRefundDay(db(), order, new Date())]);
  const ids = [request.requestedBy, request.decidedBy, ...refunds.map((refund) => refund.requestedBy)];
  const names = await readUserNames(db(), ids.filter((id) => id?.startsWith("usr_")).map(String));
  names.set(user.id, user.name);
  return {
    ...{ order, attempt, mode: modes.get(attempt.id) ?? null, refunds, day, names },
    alsoWaiting: request.state === "requested" ? waiting - request.amount : waiting,
    deciders: approvers.filter(({ id }) => id !== request.requestedBy).map(({ name }) => name),
  };
}
