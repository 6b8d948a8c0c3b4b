import { close, db } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { flushRequests } from "#lib/api/request-log.ts";
import { env, sandboxOn } from "#lib/env.ts";
import { startWatching, startWorkers } from "#lib/jobs/handlers.ts";
import { startBoss, stopBoss } from "#lib/jobs/queues.ts";
import { log } from "#lib/log.ts";
import { endStreams } from "#lib/payments/live.ts";
import { startNotifier } from "#lib/sandbox/notifier.ts";

const holder = globalThis as { shouyinBooted?: Promise<void>; shouyinStopped?: Promise<void> };

/** The port must answer before workers call ourselves (the sandbox and the demo shop live in this server). */
const WORKERS_AFTER_MS = 700;

/** Brings this process up: migrations under their lock, the job queue, and, unless RUN_WORKER=off, the workers. Once. */
export function boot(): Promise<void> {
  holder.shouyinBooted ??= start();
  return holder.shouyinBooted;
}

async function start(): Promise<void> {
  await migrateDatabase(env().DATABASE_URL);
  const working = env().RUN_WORKER === "on";
  await startBoss({ supervise: working });
  const stopping = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => {
      // Whoever started this process (scripts/web.ts) waits for it before ending the process.
      holder.shouyinStopped = stop(stopping);
    });
  if (!working) return startWatching(stopping.signal);
  const later = setTimeout(() => {
    startWorkers(stopping.signal).catch((error: Error) => log.fatal({ error: error.message }, "workers did not start"));
    if (sandboxOn()) void startNotifier({ signal: stopping.signal });
  }, WORKERS_AFTER_MS);
  stopping.signal.addEventListener("abort", () => clearTimeout(later));
}

async function stop(stopping: AbortController): Promise<void> {
  stopping.abort();
  endStreams();
  await stopBoss().catch(() => {});
  await flushRequests(db()).catch(() => {});
  await close(db()).catch(() => {});
}
