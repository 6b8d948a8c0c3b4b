import { hostname } from "node:os";
import { type Database, db, prepared } from "#db/client.ts";
import { boss, type JobData, QUEUES, type QueueName } from "#lib/jobs/queues.ts";
import { matchOrphans, tick } from "#lib/jobs/ticker.ts";
import { log } from "#lib/log.ts";
import { closeAttempt } from "#lib/payments/close-attempt.ts";
import { expireOrder } from "#lib/payments/close-order.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";
import { recheckPayout } from "#lib/payments/recheck-payout.ts";
import { sendRefund } from "#lib/payments/send-refund.ts";
import { deliver } from "#lib/webhooks/deliver.ts";

/** What each job does. Idempotent: a job may run twice, and its rows say what is left to do. */
const HANDLERS: { [Q in QueueName]: (data: JobData<Q>, database: Database) => Promise<unknown> } = {
  deliver: (data, database) => deliver(data.endpointId, data.orderId, database),
  recheck: (data, database) => recheckAttempt(data.attemptId, database),
  close: (data, database) => closeAttempt(data.attemptId, database),
  expire: (data, database) => expireOrder(data.orderId, database),
  refund: (data, database) => sendRefund(data.refundId, database),
  payout: (data, database) => recheckPayout(data.payoutId, database),
};

/** How many jobs of a kind run at once in one process. */
const CONCURRENCY: Record<QueueName, number> = { deliver: 8, recheck: 8, close: 4, expire: 4, refund: 2, payout: 2 };

const TICK_MS = 1000;
const HEARTBEAT_MS = 5000;
const ORPHANS_MS = 30_000;

/** Runs one job. A handler that throws ends its job all the same: the row it is about is still due and makes another. */
export async function runJob<Q extends QueueName>(name: Q, data: unknown, database: Database = db()): Promise<void> {
  try {
    await HANDLERS[name](QUEUES[name].parse(data) as JobData<Q>, database);
  } catch (error) {
    log.error({ job: name, data, error: error instanceof Error ? error.message : String(error) }, "job failed; its row stays due");
  }
}

/** Starts working the queues, the clockwork that fills them, and the heartbeat. Ends when `signal` does. */
export async function startWorkers(signal: AbortSignal, database: Database = db()): Promise<void> {
  for (const name of Object.keys(QUEUES) as QueueName[]) {
    const options = { localConcurrency: CONCURRENCY[name], pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 };
    await boss().work(name, options, async ([job]) => {
      if (job) await runJob(name, job.data, database);
    });
  }
  every(TICK_MS, signal, () => tick(database));
  every(ORPHANS_MS, signal, () => matchOrphans(database));
  await heartbeat(database);
  every(HEARTBEAT_MS, signal, () => heartbeat(database));
}

async function heartbeat(database: Database): Promise<void> {
  const worker = `${hostname()}:${process.pid}`;
  const text = `with gone as (delete from heartbeats where at < now() - interval '1 hour')
    insert into heartbeats (worker, at) values ($1, now()) on conflict (worker) do update set at = now()`;
  await prepared(database, "heartbeat", text, [worker]);
}

/** Runs `work` again and again, never twice at once; what it throws is logged and the rhythm goes on. */
function every(milliseconds: number, signal: AbortSignal, work: () => Promise<unknown>): void {
  const run = async (): Promise<void> => {
    if (signal.aborted) return;
    await work().catch((error: Error) => log.warn({ error: error.message }, "clockwork"));
    if (!signal.aborted) setTimeout(run, milliseconds).unref();
  };
  void run();
}
