import type { Database } from "#db/client.ts";
import { attemptsByNumber } from "#db/queries/attempts.ts";
import { orderById } from "#db/queries/orders.ts";
import type { NotificationVerdict } from "#db/schema/notifications.ts";
import type { Money } from "#lib/domain/money.ts";
import { judge } from "#lib/domain/verdict.ts";
import { moneyOf } from "#lib/payments/change.ts";
import { believable } from "#lib/payments/receive-notification.ts";
import type { Reopened } from "#lib/payments/reopen-notification.ts";
import { VERDICT_WORDS } from "#lib/payments/stored-notification.ts";

export interface Foresight {
  /** What it would come to; `unknown`: it does not pass its check today; `payout`: it is about a payout. */
  would: NotificationVerdict | "unknown" | "payout";
  /** What the attempt of its number asks for; null when there is none in this merchant. */
  expected: Money | null;
}

/** What a stored notification would change if it were worked through now. Pure but for reading: nothing is written or asked. */
export async function foresee(database: Database, { row, reading }: Reopened): Promise<Foresight> {
  const attempt = (await attemptsByNumber(database, row.gatewayOrderNo)).find((one) => one.merchantId === row.merchantId);
  const expected = attempt ? moneyOf(attempt) : null;
  if (reading.kind === "payout") return { would: "payout", expected: null };
  if (reading.kind !== "verified") return { would: "unknown", expected };
  const order = attempt && (await orderById(database, attempt.orderId));
  if (!attempt || !order) return { would: "orphan", expected };
  if (reading.notification.conflict !== undefined) return { would: "nothing", expected };
  const position = {
    order: { state: order.state, amount: moneyOf(order) },
    attempt: { state: attempt.state, amount: moneyOf(attempt), reversed: attempt.gatewayClosedAt !== null },
  };
  return { would: VERDICT_WORDS[judge(position, believable(reading.notification, attempt)).do], expected };
}
