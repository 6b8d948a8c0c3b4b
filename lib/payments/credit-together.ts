import { type Database, inTransaction, type Tx } from "#db/client.ts";
import type { GatewayAccount } from "#db/queries/accounts.ts";
import { lockOrdersOfNumbers } from "#db/queries/locks.ts";
import { CHANGES_MOST } from "#db/queries/save-change.ts";
import { together } from "#db/together.ts";
import type { InboundMessage, VerifiedNotification } from "#lib/gateways/notice.ts";
import { log } from "#lib/log.ts";
import { commitAll, type Finished } from "#lib/payments/change.ts";
import { settleAttempt, verdictOn } from "#lib/payments/settle-attempt.ts";
import { stored, VERDICT_WORDS, whyOf } from "#lib/payments/stored-notification.ts";

/** A verified message for one account. */
export interface Arrival {
  row: GatewayAccount;
  notification: VerifiedNotification;
  message: InboundMessage;
}

/** An order that was credited, for whoever watches it. */
export interface Credited {
  verdict: "credited";
  token: string;
  sequence: number;
}

/** Whether a message may be the plain kind: it says "paid", and is believed without asking. */
export function mayBePlain({ settles, standing, conflict }: VerifiedNotification): boolean {
  return settles === "inline" && standing.kind === "paid" && conflict === undefined;
}

/**
 * Credits orders in time, several that come at the same moment in one transaction: a commit costs as much for sixteen as for
 * one. Each answer comes after the commit. It waits for nobody's lock and decides nothing but the plain case; null, and
 * nothing written for that message, means: take it in by itself (its number is unknown, it was here before, somebody else
 * holds the order, it is late, surplus, of another amount, or the common transaction failed).
 */
export const creditTogether = together(
  (database, arrivals: readonly Arrival[]): Promise<(Credited | null)[]> =>
    // Should the commit itself have been the failure, its outcome is not known: by itself, each finds out under its order's lock.
    inTransaction(database as Database, (tx) => creditAll(tx, arrivals)).catch((error: Error) => {
      log.warn({ error: error.message, messages: arrivals.length }, "notifications not taken in together");
      return arrivals.map(() => null);
    }),
  { most: CHANGES_MOST, lanes: 2 },
);

async function creditAll(tx: Tx, arrivals: readonly Arrival[]): Promise<(Credited | null)[]> {
  const told = arrivals.map(({ row, notification: { gatewayOrderNo, fingerprint } }) => ({
    accountId: row.id,
    gatewayOrderNo,
    fingerprint,
  }));
  const locked = await lockOrdersOfNumbers(tx, told);
  const finished: Finished[] = [];
  const answers: (Credited | null)[] = [];
  for (const [index, arrival] of arrivals.entries()) {
    const order = locked[index];
    answers.push(order && !order.known ? await credit(tx, order, arrival, finished) : null);
  }
  if (finished.length > 0) await commitAll(tx, finished);
  return answers;
}

type Found = NonNullable<Awaited<ReturnType<typeof lockOrdersOfNumbers>>[number]>;

async function credit(tx: Tx, locked: Found, { row, notification, message }: Arrival, finished: Finished[]): Promise<Credited | null> {
  const { standing, gatewayOrderNo } = notification;
  const attempt = locked.attempts.find((one) => one.accountId === row.id && one.gatewayOrderNo === gatewayOrderNo);
  if (!attempt) return null;
  const { verdict } = verdictOn(locked, attempt, standing, "notification");
  if (verdict.do !== "credit" || verdict.late) return null;
  const { token, sequence } = await settleAttempt(tx, locked, attempt.id, standing, "notification", {
    notification: (judged) => {
      const known = { orderId: attempt.orderId, attemptId: attempt.id, verdict: VERDICT_WORDS[judged.do] };
      return stored(row, notification, message, { ...known, why: whyOf(judged, notification, attempt) });
    },
    keep: (change) => finished.push(change),
  });
  return { verdict: "credited", token, sequence };
}
