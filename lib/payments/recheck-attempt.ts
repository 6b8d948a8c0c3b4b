import { type Database, db, inTransaction } from "#db/client.ts";
import { accountById, type GatewayAccount } from "#db/queries/accounts.ts";
import { attemptById, attemptsByOrder, claimQuery } from "#db/queries/attempts.ts";
import { type Attempt, lockOrderOfAttempt } from "#db/queries/locks.ts";
import { orderByToken } from "#db/queries/orders.ts";
import { isLiveAttempt, nextAttemptState } from "#lib/domain/attempt.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { CHARGES_AT_ONCE } from "#lib/domain/methods.ts";
import { nextScanAt, nextSweepAt, RECHECK_SECONDS } from "#lib/domain/schedules.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import type { Outcome } from "#lib/gateways/gateway.ts";
import { commit, draft, moneyOf, moveAttempt, record } from "#lib/payments/change.ts";
import { announce } from "#lib/payments/live.ts";
import { openOrNull } from "#lib/payments/open-account.ts";
import { settleAttempt } from "#lib/payments/settle-attempt.ts";

/** A gateway that does not know a number this long after it was sent never got it. */
const NEVER_ARRIVED_MS = 60_000;
/** A QR or redirect whose create never answered is of no use to the shopper after this long. */
const NO_PRESENTATION_MS = 15_000;
/** "I have paid" asks about this many attempts at most, newest first. */
const ASKED_MAX = 5;

/**
 * Asks the gateway about one attempt and settles what it says; what is unclear stays and is asked again on the sweep's
 * schedule. Gives what the gateway said, or null when its document has no query.
 */
export async function recheckAttempt(attemptId: string, database: Database = db()): Promise<Standing | null> {
  const attempt = await attemptById(database, attemptId);
  const row = attempt && (await accountById(database, attempt.accountId));
  if (!attempt || !row || attempt.state === "paid") return null;
  const outcome = await ask(database, attempt, row);
  if (!outcome) return null;
  const unheardOf = !outcome.ok && outcome.kind === "refused" && outcome.code === "not_found";
  const standing: Standing = outcome.ok ? outcome.value : { kind: "unknown", reason: outcome.message };
  const settled = await inTransaction(database, async (tx) => {
    const locked = await lockOrderOfAttempt(tx, attemptId);
    if (!locked) throw new Error(`attempt ${attemptId} vanished`);
    return settleAttempt(tx, locked, attemptId, standing, "query", {
      alter: (copy) => {
        copy.sweeps += 1;
        copy.lastQueriedAt = locked.now;
        if (copy.state !== "paid") copy.nextSweepAt = nextAskAt(copy, locked.now);
      },
    });
  });
  const given = unheardOf || standing.kind === "pending" ? await giveUp(database, attemptId, unheardOf, standing) : 0;
  announce(database, settled.token, Math.max(settled.sequence, given));
  return standing;
}

/** What the gateway says of the attempt; nothing certain while its account cannot be opened, null when its document has no query. */
async function ask(database: Database, attempt: Attempt, row: GatewayAccount): Promise<Outcome<Standing> | null> {
  const opened = openOrNull(row);
  if (!opened) return { ok: false, kind: "unknown", message: "the account cannot be opened" };
  if (!opened.account.query) return null;
  const { method, gatewayOrderNo, gatewayRef } = attempt;
  const outcome = await opened.account
    .query({ method, gatewayOrderNo, gatewayRef, amount: moneyOf(attempt) })
    .catch((error: Error): Outcome<Standing> => ({ ok: false, kind: "unknown", message: error.message }));
  await opened.flush(database, { orderId: attempt.orderId, attemptId: attempt.id });
  return outcome;
}

/** A scanned code that may still be confirmed is followed closely; everything else on the sweep's schedule. */
function nextAskAt(attempt: Attempt, now: Date): Date | null {
  const scanned = CHARGES_AT_ONCE.has(attempt.method) && isLiveAttempt(attempt.state);
  return (scanned ? nextScanAt : nextSweepAt)(attempt.createdAt, attempt.expiresAt, now);
}

/** "I have paid": asks about every attempt of an order that may have been paid, each at most once in five seconds. */
export async function iHavePaid(token: string, database: Database = db()): Promise<Result<{ asked: number }>> {
  const order = await orderByToken(database, token);
  if (!order) return fail("order_not_found");
  if (order.state === "paid") return { ok: true, value: { asked: 0 } };
  const undecided = (await attemptsByOrder(database, order.id)).filter((one) => one.state !== "paid" && one.state !== "refused");
  if (undecided.length === 0) return fail("nothing_to_recheck");
  const answers = await askAbout(undecided, database);
  return { ok: true, value: { asked: answers.length } };
}

/** What the gateway said of one attempt. */
export interface Asked {
  attemptId: string;
  gatewayOrderNo: string;
  answer: Standing["kind"];
}

/** Asks about the newest of these attempts, each at most once in five seconds; gives what was said of those that were asked about. */
export async function askAbout(attempts: readonly Attempt[], database: Database): Promise<Asked[]> {
  const answers: Asked[] = [];
  for (const { id, gatewayOrderNo } of attempts.slice(0, ASKED_MAX)) {
    if (!(await claimQuery(database, id, RECHECK_SECONDS))) continue;
    const standing = await recheckAttempt(id, database);
    if (standing) answers.push({ attemptId: id, gatewayOrderNo, answer: standing.kind });
  }
  return answers;
}

/**
 * An attempt nobody can act on is put aside so that the shopper can try anew: one the gateway never heard of is refused,
 * one without a presentation is closed (and still swept). What charges at once is never given up while unclear.
 */
async function giveUp(database: Database, attemptId: string, unheardOf: boolean, standing: Standing): Promise<number> {
  return inTransaction(database, async (tx) => {
    const locked = await lockOrderOfAttempt(tx, attemptId);
    const attempt = locked?.attempts.find((one) => one.id === attemptId);
    if (!locked || !attempt) return 0;
    const age = locked.now.getTime() - attempt.createdAt.getTime();
    const change = draft(locked);
    if (unheardOf && age > NEVER_ARRIVED_MS && nextAttemptState(attempt.state, "refuse") !== null) {
      const copy = moveAttempt(change, attempt, "refuse");
      copy.problem = "gateway_unreachable";
      copy.closeDueAt = null;
      record(change, "attempt.refused", "sweep", { kind: "never arrived" }, copy);
    } else if (standing.kind === "pending" && useless(attempt) && age > NO_PRESENTATION_MS) {
      const copy = moveAttempt(change, attempt, "close");
      copy.problem = "gateway_unclear";
      record(change, "attempt.closed", "sweep", { reason: "no answer to create" }, copy);
    } else return 0;
    await commit(tx, change);
    return change.order.eventSequence;
  });
}

function useless(attempt: Attempt): boolean {
  return (attempt.state === "sent" || attempt.state === "unknown") && attempt.presentation === null && !CHARGES_AT_ONCE.has(attempt.method);
}
