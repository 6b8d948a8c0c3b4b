import type { Tx } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import { oweWebhooks } from "#db/queries/payout-webhooks.ts";
import type { NewPayoutEvent, Payout } from "#db/queries/payouts.ts";
import { newId } from "#lib/domain/ids.ts";
import { sendJobs } from "#lib/jobs/queues.ts";
import { isCommon, isTold } from "#lib/webhooks/decisions.ts";
import { payoutBody } from "#lib/webhooks/events.ts";

/**
 * Owes a payout's events to the merchant's endpoints of the same mode, in the transaction that writes them. `first` is the
 * sequence number of the first event. The recipient's name and number are never told.
 */
export async function tellPayout(tx: Tx, payout: Payout, events: readonly NewPayoutEvent[], first: number, at: Date): Promise<void> {
  const told = events.flatMap((event, index) => {
    if (!isTold(event.type)) return [];
    const { type, data } = event;
    const sequence = first + index;
    return [{ id: newId("delivery"), sequence, type, common: isCommon(type), body: payoutBody({ type, data, sequence, at }, payout) }];
  });
  if (told.length === 0) return;
  const account = await accountById(tx, payout.accountId);
  if (!account) throw new Error(`payout ${payout.id}: its account vanished`);
  const endpoints = await oweWebhooks(tx, payout, account.live, told);
  await sendJobs(
    tx,
    "deliver",
    endpoints.map((endpointId) => ({ endpointId, stream: payout.id })),
  );
}
