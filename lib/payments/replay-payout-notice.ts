import { type Database, inTransaction } from "#db/client.ts";
import { knowsNotice, lockPayout, payoutOfNumber } from "#db/queries/payouts.ts";
import { type Decided, type Decision, note, refuse } from "#lib/payments/decide-notification.ts";
import { takeNotice } from "#lib/payments/receive-payout-notice.ts";
import { recheckPayout } from "#lib/payments/recheck-payout.ts";
import type { Reopened } from "#lib/payments/reopen-notification.ts";

/** A stored payout notice whose bytes pass the account's check today. */
export type PayoutNotice = Reopened & { reading: Extract<Reopened["reading"], { kind: "payout" }> };

/**
 * Works a stored payout notice through again, for one that overtook its payout or could not be taken in when it came. It is written
 * into the payout's history, once, and believed in nothing but that its amount differs; then the gateway is asked about the payout's
 * own number, and its answer alone moves it (settlePayout), so a notice replayed can neither pay nor fail a payout. Nothing is ever
 * sent anew by this. Problems: payout_unknown while no payout of the account has its number, conflict, gateway_unasked.
 */
export async function replayPayoutNotice(database: Database, input: Decision, { row, reading }: PayoutNotice): Promise<Decided> {
  const { notification, opened } = reading;
  if (notification.conflict !== undefined) return refuse("conflict");
  const payout = await payoutOfNumber(database, row.accountId, notification.payoutNo);
  if (!payout) return refuse("payout_unknown");
  if (!opened.account.queryPayout) return refuse("gateway_unasked");
  await inTransaction(database, async (tx) => {
    const locked = await lockPayout(tx, payout.id);
    if (!locked || (await knowsNotice(tx, payout.id, notification.fingerprint))) return;
    await takeNotice(tx, locked, { ...notification, settles: "query" }, input.actor.id ?? input.actor.kind);
  });
  await recheckPayout(payout.id, database);
  const decision = { orderId: null, verdict: "queried" } as const;
  await inTransaction(database, (tx) => note(tx, input, decision, "notifications.replay"));
  return { ok: true, ...decision, payoutId: payout.id };
}
