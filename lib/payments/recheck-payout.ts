import { type Database, db, inTransaction } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import { lockPayout, type Payout, payoutById } from "#db/queries/payouts.ts";
import { isOpenPayout, PAYOUT_NEVER_ARRIVED_MS } from "#lib/domain/payout.ts";
import type { Outcome } from "#lib/gateways/gateway.ts";
import type { PayoutStanding } from "#lib/gateways/payout.ts";
import { moneyOf } from "#lib/payments/change.ts";
import { type Opened, openOrNull } from "#lib/payments/open-account.ts";
import { settlePayout } from "#lib/payments/settle-payout.ts";

/**
 * Asks the gateway about a payout and settles what it says; what is unclear stays open and is asked again. One the gateway
 * does not know a quarter of an hour after it was sent never arrived, and failed. Gives the row as it then stands; null when
 * there is no such payout, its document has no query, or its account cannot be opened: then a person is told (`needsReview`).
 */
export async function recheckPayout(payoutId: string, database: Database = db()): Promise<Payout | null> {
  const payout = await payoutById(database, payoutId);
  const row = payout && (await accountById(database, payout.accountId));
  if (!payout || !row) return null;
  const opened = openOrNull(row);
  if (opened && !opened.account.queryPayout) return null;
  const outcome = opened ? await ask(database, opened, payout) : SHUT;
  return inTransaction(database, async (tx) => {
    const locked = await lockPayout(tx, payoutId);
    if (!locked) throw new Error(`payout ${payoutId} vanished`);
    const { standing, problem } = read(outcome, locked.payout, locked.now);
    const message = outcome.ok ? undefined : outcome.message;
    // While nobody can ask, only a person can end it: they are told at once, and again if they look away before it is mended.
    const flag = opened || !isOpenPayout(locked.payout.state) ? undefined : SHUT.message;
    const settled = await settlePayout(tx, locked, standing, "query", { asked: true, problem, message, flag });
    return opened ? settled : null;
  });
}

const SHUT = { ok: false, kind: "unknown", message: "the gateway account cannot be opened, so nobody can ask about it" } as const;

async function ask(database: Database, { account, flush }: Opened, payout: Payout): Promise<Outcome<PayoutStanding>> {
  const key = { payoutNo: payout.payoutNo, gatewayRef: payout.gatewayRef, amount: moneyOf(payout) };
  const asked = account.queryPayout?.(payout.channel, key);
  if (!asked) return { ok: false, kind: "unknown", message: "its document has no query" };
  const outcome = await asked.catch((error: Error): Outcome<PayoutStanding> => ({ ok: false, kind: "unknown", message: error.message }));
  await flush(database, { orderId: null, attemptId: null });
  return outcome;
}

function read(outcome: Outcome<PayoutStanding>, payout: Payout, now: Date): { standing: PayoutStanding; problem: string | null } {
  if (outcome.ok) return { standing: outcome.value, problem: null };
  const unheardOf = outcome.kind === "refused" && outcome.code === "not_found" && isOpenPayout(payout.state);
  const old = now.getTime() - payout.createdAt.getTime() > PAYOUT_NEVER_ARRIVED_MS;
  // One the gateway once had (pending, or "the number is taken") is not forgotten by it: that is a matter for a person, and asked on.
  const never = unheardOf && old && payout.state !== "pending" && !payout.needsReview;
  return {
    standing: { kind: never ? "failed" : "unknown", gatewayRef: null, amount: null },
    problem: never ? "gateway_unreachable" : null,
  };
}
