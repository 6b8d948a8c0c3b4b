import { type Database, inTransaction } from "#db/client.ts";
import { claimDeliveries, claimExpiries, claimRefunds, claimSweeps, matchableOrphans } from "#db/queries/due.ts";
import { insertMatchById } from "#db/queries/notifications.ts";
import { sendJob } from "#lib/jobs/queues.ts";

const CLAIM_MAX = 100;

/**
 * Turns what has become due into jobs, in the transaction that claims it. The rows' own due times are the truth and the
 * jobs only carry them out, so a lost job is made again. Gives how many jobs were sent.
 */
export async function tick(database: Database): Promise<number> {
  return inTransaction(database, async (tx) => {
    const sweeps = await claimSweeps(tx, CLAIM_MAX);
    for (const attemptId of sweeps) await sendJob(tx, "recheck", { attemptId });
    const expiries = await claimExpiries(tx, CLAIM_MAX);
    for (const orderId of expiries) await sendJob(tx, "expire", { orderId });
    const refunds = await claimRefunds(tx, CLAIM_MAX);
    for (const refundId of refunds) await sendJob(tx, "refund", { refundId });
    const deliveries = await claimDeliveries(tx, CLAIM_MAX);
    for (const delivery of deliveries) await sendJob(tx, "deliver", delivery);
    return sweeps.length + expiries.length + refunds.length + deliveries.length;
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
