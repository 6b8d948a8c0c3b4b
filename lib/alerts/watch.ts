import type { Database } from "#db/client.ts";
import { claimAlertMessages } from "#db/queries/alert-messages.ts";
import {
  endStalled,
  minutesWithoutWorker,
  openStalled,
  purgeAlerts,
  readBacklog,
  saveBacklog,
  watchDeliveries,
  watchRefunds,
} from "#db/queries/alert-watch.ts";
import { announceAlerts, remindOfAlerts } from "#lib/alerts/announce.ts";
import { sendAlert } from "#lib/alerts/send-alert.ts";

/** Work that is due and has waited so long is told. */
export const BACKLOG_MINUTES = 5;
/** A worker that has not said so long that it is alive is not. */
export const STALLED_SECONDS = 90;
/** Messages a process without workers sends at a time. */
const SENT_MAX = 20;

/** What only time makes a trouble, and what time ends; run by workers every half minute. */
export async function watchOver(database: Database): Promise<void> {
  await watchRefunds(database);
  await watchDeliveries(database);
  await saveBacklog(database, await readBacklog(database, BACKLOG_MINUTES));
  await endStalled(database);
  await remindOfAlerts(database);
  await purgeAlerts(database);
}

/** Before a worker says that it is alive: if none has been for minutes, that is told (the installation was away). */
export async function noteAbsence(database: Database): Promise<void> {
  const minutes = await minutesWithoutWorker(database, STALLED_SECONDS);
  if (minutes !== null) await openStalled(database, minutes);
}

/**
 * Who watches the workers: every process without them (RUN_WORKER=off). When no worker is alive it opens the alert and, since
 * nobody else is there to, tells and sends it. Where the one process does everything, nothing in it can: then GET /api/health,
 * asked from outside, is the watcher (docs/alerts.md). True when no worker is alive.
 */
export async function watchWorkers(database: Database): Promise<boolean> {
  const minutes = await minutesWithoutWorker(database, STALLED_SECONDS);
  if (minutes === null) return false;
  await openStalled(database, minutes);
  await announceAlerts(database);
  for (const id of await claimAlertMessages(database, SENT_MAX)) await sendAlert(id, database);
  return true;
}
