import { type Database, inTransaction, type Tx } from "#db/client.ts";
import { claimAlertMessages } from "#db/queries/alert-messages.ts";
import { claimDeliveries } from "#db/queries/deliveries.ts";
import { claimCloses, claimExpiries, claimRefunds, claimSweeps, matchableOrphans } from "#db/queries/due.ts";
import { insertMatchById } from "#db/queries/notifications.ts";
import { claimPayouts } from "#db/queries/payouts.ts";
import { claimReplays } from "#db/queries/replays.ts";
import { type JobData, type QueueName, sendJob, sendJobs } from "#lib/jobs/queues.ts";

const CLAIM_MAX = 100;
/** Streams of webhooks a tick hands out, and how many of one endpoint: lib/webhooks/lanes.ts asks for more by itself. */
const DELIVERIES_MAX = 400;
export const DELIVERIES_EACH = 10;

/**
 * Turns what has become due into jobs, in the transaction that claims it, a kind at a time. The rows' own due times are the
 * truth and the jobs only carry them out, so a lost job is made again. Gives how many were claimed.
 */
export async function tick(database: Database): Promise<number> {
  const counts = [
    await claimAndSend(database, "recheck", async (tx) => (await claimSweeps(tx, CLAIM_MAX)).map((attemptId) => ({ attemptId }))),
    await claimAndSend(database, "close", async (tx) => (await claimCloses(tx, CLAIM_MAX)).map((attemptId) => ({ attemptId }))),
    await claimAndSend(database, "expire", async (tx) => (await claimExpiries(tx, CLAIM_MAX)).map((orderId) => ({ orderId }))),
    await claimAndSend(database, "refund", async (tx) => (await claimRefunds(tx, CLAIM_MAX)).map((refundId) => ({ refundId }))),
    await claimAndSend(database, "payout", async (tx) => (await claimPayouts(tx, CLAIM_MAX)).map((payoutId) => ({ payoutId }))),
    await claimAndSend(database, "replay", async (tx) => (await claimReplays(tx, CLAIM_MAX)).map((replayId) => ({ replayId }))),
    await claimAndSend(database, "alert", async (tx) => (await claimAlertMessages(tx, CLAIM_MAX)).map((messageId) => ({ messageId }))),
    await claimAndSend(database, "deliver", (tx) => claimDeliveries(tx, DELIVERIES_MAX, DELIVERIES_EACH)),
  ];
  return counts.reduce((sum, count) => sum + count, 0);
}

async function claimAndSend<Q extends QueueName>(database: Database, name: Q, claim: (tx: Tx) => Promise<JobData<Q>[]>): Promise<number> {
  return inTransaction(database, async (tx) => {
    const claimed = await claim(tx);
    await sendJobs(tx, name, claimed);
    return claimed.length;
  });
}

/** Orphans that have found their attempt are asked about at the gateway: their own word is a day old at most, but unjudged. */
export async function matchOrphans(database: Database): Promise<number> {
  return inTransaction(database, async (tx) => {
    const matched = await matchableOrphans(tx, CLAIM_MAX);
    for (const { notificationId, attemptId } of matched) {
      await insertMatchById(tx, notificationId, attemptId);
      await sendJob(tx, "recheck", { attemptId });
    }
    return matched.length;
  });
}
