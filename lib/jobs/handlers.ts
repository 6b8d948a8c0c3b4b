import { hostname } from "node:os";
import { type Database, db, inTransaction, prepared } from "#db/client.ts";
import { purgeApiRows } from "#db/queries/api-idempotency.ts";
import { purgeSignInRows } from "#db/queries/dashboard-sign-in.ts";
import { claimDeliveriesOf } from "#db/queries/deliveries.ts";
import { announceAlerts } from "#lib/alerts/announce.ts";
import { sendAlert } from "#lib/alerts/send-alert.ts";
import { noteAbsence, watchOver, watchWorkers } from "#lib/alerts/watch.ts";
import { auditWatch } from "#lib/audit/watch.ts";
import { rollAllFigures } from "#lib/jobs/figures.ts";
import { boss, type JobData, QUEUES, type QueueName } from "#lib/jobs/queues.ts";
import { matchOrphans, tick } from "#lib/jobs/ticker.ts";
import { log } from "#lib/log.ts";
import { closeAttempt } from "#lib/payments/close-attempt.ts";
import { expireOrder } from "#lib/payments/close-order.ts";
import { lapseRequests } from "#lib/payments/end-request.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";
import { recheckPayout } from "#lib/payments/recheck-payout.ts";
import { refreshRates } from "#lib/payments/refresh-rates.ts";
import { sendRefund } from "#lib/payments/send-refund.ts";
import { deliver } from "#lib/webhooks/deliver.ts";
import { type Lanes, type LanesOptions, openLanes } from "#lib/webhooks/lanes.ts";
import { replayMore } from "#lib/webhooks/replay.ts";

/** What each job does. Idempotent: a job may run twice, and its rows say what is left to do. */
const HANDLERS: { [Q in QueueName]: (data: JobData<Q>, database: Database) => Promise<unknown> } = {
  deliver: (data, database) => deliver(data.endpointId, data.stream, database),
  recheck: (data, database) => recheckAttempt(data.attemptId, database),
  close: (data, database) => closeAttempt(data.attemptId, database),
  expire: (data, database) => expireOrder(data.orderId, database),
  refund: (data, database) => sendRefund(data.refundId, database),
  payout: (data, database) => recheckPayout(data.payoutId, database),
  replay: (data, database) => replayMore(data.replayId, database),
  alert: (data, database) => sendAlert(data.messageId, database),
};

/** How many jobs of a kind run at once in one process. Deliveries are only taken in by these: their lanes say how many are sent. */
const CONCURRENCY: Record<QueueName, number> = { deliver: 2, recheck: 8, close: 4, expire: 4, refund: 2, payout: 2, replay: 1, alert: 4 };

/** Streams a lane that has run dry asks for at once. */
const REFILL_MAX = 50;
const TICK_MS = 1000;
const HEARTBEAT_MS = 5000;
const ORPHANS_MS = 30_000;
const REQUESTS_MS = 30_000;
const PURGE_MS = 600_000;
const PURGE_PIECES = 50;
/** How long API v1 keeps idempotency keys and its log, and how many rows go at once. */
const API_KEEPS = { idempotencyHours: 48, requestDays: 30, most: 5000 } as const;
const RATES_MS = 5000;
const ALERTS_MS = 1000;
const WATCH_MS = 30_000;
const AUDIT_MS = 20_000;
const FIGURES_MS = 10_000;

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
  const lanes = openLanes({ run: laneRun(database), refill: laneRefill(database), signal });
  for (const name of Object.keys(QUEUES) as QueueName[]) {
    if (name === "deliver") {
      await takeDeliveries(lanes);
      continue;
    }
    const options = { localConcurrency: CONCURRENCY[name], pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 };
    await boss().work(name, options, async ([job]) => {
      if (job) await runJob(name, job.data, database);
    });
  }
  every(TICK_MS, signal, () => tick(database));
  every(ORPHANS_MS, signal, () => matchOrphans(database));
  every(REQUESTS_MS, signal, () => lapseRequests(database));
  every(PURGE_MS, signal, () => purgeApi(database));
  every(PURGE_MS, signal, () => purgeSignInRows(database, API_KEEPS.most));
  every(ALERTS_MS, signal, () => announceAlerts(database));
  every(WATCH_MS, signal, () => watchOver(database));
  every(RATES_MS, signal, () => refreshRates(database));
  every(AUDIT_MS, signal, auditWatch(database));
  every(FIGURES_MS, signal, () => rollAllFigures(database));
  await noteAbsence(database);
  await heartbeat(database);
  every(HEARTBEAT_MS, signal, () => heartbeat(database));
}

/** In a process without workers: watches whether any is alive elsewhere, and tells when none is. */
export function startWatching(signal: AbortSignal, database: Database = db()): void {
  every(WATCH_MS, signal, () => watchWorkers(database));
}

/** Gives delivery jobs to the lanes and ends them: a job only says that a row is due. */
async function takeDeliveries(lanes: Lanes): Promise<void> {
  const options = { localConcurrency: CONCURRENCY.deliver, batchSize: 25, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 };
  await boss().work("deliver", options, async (jobs) => {
    for (const job of jobs) {
      const due = QUEUES.deliver.safeParse(job.data);
      if (due.success) lanes.offer(due.data.endpointId, due.data.stream);
    }
  });
}

/** What a lane does: a try that cannot be made (the database is away) leaves its row due. */
function laneRun(database: Database): LanesOptions["run"] {
  return (endpointId, stream) =>
    deliver(endpointId, stream, database).catch((error: Error) => {
      log.error({ endpointId, stream, error: error.message }, "delivery failed; its row stays due");
      return { sent: 0, acknowledged: null, slowestMs: 0 };
    });
}

function laneRefill(database: Database): LanesOptions["refill"] {
  return async (endpointId) => {
    const claimed = await inTransaction(database, (tx) => claimDeliveriesOf(tx, endpointId, REFILL_MAX)).catch(() => []);
    return claimed.map(({ stream }) => stream);
  };
}

/** Piece by piece, so that no statement is long; what is left over waits for the next time. */
async function purgeApi(database: Database): Promise<void> {
  for (let piece = 0; piece < PURGE_PIECES; piece += 1) if ((await purgeApiRows(database, API_KEEPS)) < API_KEEPS.most) return;
}

/** Says that this process's workers are alive. */
export async function heartbeat(database: Database): Promise<void> {
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
