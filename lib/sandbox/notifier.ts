import { eq, isNotNull, sql } from "drizzle-orm";
import postgres from "postgres";
import { type Database, db } from "#db/client.ts";
import { sandboxNotices } from "#db/schema/sandbox/notices.ts";
import { sandboxPayouts } from "#db/schema/sandbox/payouts.ts";
import { dialectById } from "#lib/dialects/registry.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { claimNotices, type Delivery, deliverNotice, type NoticeTry } from "#lib/sandbox/deliver.ts";
import { movePayouts } from "#lib/sandbox/move-payouts.ts";
import { NOTICE_CHANNEL } from "#lib/sandbox/owe-notice.ts";

/** Notices sent at once. */
const CONCURRENCY = 8;
/** Nothing waits longer than this for a look, even when a wake-up call was lost. */
const IDLE_MS = 1000;

interface NotifierOptions {
  signal: AbortSignal;
  database?: Database;
  /** Where to LISTEN; the environment's database unless told otherwise. */
  databaseUrl?: string;
}

/**
 * Sends what the gateways owe their callers until `signal` ends it: over HTTP, eight at a time, retried on each
 * dialect's schedule; and moves payouts along, whose ends are owed notices too. Resolves when the tries under way are over. Killing it at any moment loses nothing.
 */
export async function startNotifier({ signal, database = db(), databaseUrl = env().DATABASE_URL }: NotifierOptions): Promise<void> {
  const delivery: Delivery = { database, dialectOf: dialectById };
  const bell = newBell(signal);
  const hub = postgres(databaseUrl, { max: 1, onnotice: () => {}, connection: { application_name: "shouyin-sandbox" } });
  // Without LISTEN the notifier still looks every second.
  hub.listen(NOTICE_CHANNEL, bell.ring).catch((error: Error) => log.warn({ error: error.message }, "sandbox notifier cannot listen"));
  const busy = new Set<Promise<unknown>>();
  while (!signal.aborted) {
    const started = await startDue(delivery, CONCURRENCY - busy.size, busy, bell.ring);
    if (started === 0) await bell.wait(busy.size === CONCURRENCY ? IDLE_MS : await millisecondsToNext(database));
  }
  await Promise.allSettled(busy);
  await hub.end({ timeout: 1 }).catch(() => {});
}

/**
 * Sends everything that is due now, once each, and counts: for tests and the control API. The banks hurry: every payout
 * that ends by itself has ended, and its notice is among those sent.
 */
export async function drainNotices(database: Database): Promise<{ sent: number; acknowledged: number; failed: number }> {
  await movePayouts(database, { ahead: true });
  const counts = { sent: 0, acknowledged: 0, failed: 0 };
  const claimed = await claimNotices(database, 1000);
  for (let from = 0; from < claimed.length; from += CONCURRENCY) {
    const batch = claimed.slice(from, from + CONCURRENCY);
    const tries = await Promise.all(batch.map((notice) => deliverNotice({ database, dialectOf: dialectById }, notice)));
    for (const made of tries) {
      if (!made) continue;
      counts.sent++;
      counts[made.acknowledged ? "acknowledged" : "failed"]++;
    }
  }
  return counts;
}

/** Sends one notice now, whatever its state; null when there is none or it is being sent at this moment. */
export async function redeliverNotice(database: Database, id: number): Promise<NoticeTry | null> {
  const [notice] = await claimNotices(database, 1, id);
  return notice ? deliverNotice({ database, dialectOf: dialectById }, notice) : null;
}

async function startDue(delivery: Delivery, room: number, busy: Set<Promise<unknown>>, ring: () => void): Promise<number> {
  if (room <= 0) return 0;
  try {
    await movePayouts(delivery.database);
    const claimed = await claimNotices(delivery.database, room);
    for (const notice of claimed) {
      const work = deliverNotice(delivery, notice)
        .catch((error: Error) => log.warn({ notice: notice.id, error: error.message }, "sandbox notice failed"))
        .finally(() => {
          busy.delete(work);
          ring();
        });
      busy.add(work);
    }
    return claimed.length;
  } catch (error) {
    // The database went away: look again in a second, for as long as it takes.
    log.warn({ error: error instanceof Error ? error.message : "unknown" }, "sandbox notifier cannot claim");
    return 0;
  }
}

async function millisecondsToNext(database: Database): Promise<number> {
  const left = sql<
    string | null
  >`extract(epoch from min(greatest(${sandboxNotices.nextAt}, coalesce(${sandboxNotices.leaseUntil}, ${sandboxNotices.nextAt}))) - now()) * 1000`;
  try {
    const [notice] = await database.select({ left }).from(sandboxNotices).where(eq(sandboxNotices.state, "waiting"));
    const [payout] = await database
      .select({ left: sql<string | null>`extract(epoch from min(${sandboxPayouts.nextAt}) - now()) * 1000` })
      .from(sandboxPayouts)
      .where(isNotNull(sandboxPayouts.nextAt));
    const waits = [notice?.left, payout?.left].map((ms) => (ms == null ? IDLE_MS : Math.max(1, Math.ceil(Number(ms)))));
    return Math.min(IDLE_MS, ...waits);
  } catch {
    return IDLE_MS;
  }
}

/** Something to wait at: ends at a ring (even one that came before), after `ms`, or when the signal ends it. */
function newBell(signal: AbortSignal): { ring: () => void; wait: (ms: number) => Promise<void> } {
  let rung = false;
  let answer: (() => void) | null = null;
  const ring = (): void => {
    rung = true;
    answer?.();
  };
  signal.addEventListener("abort", ring);
  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        answer = null;
        rung = false;
        resolve();
      };
      const timer = setTimeout(done, ms);
      answer = done;
      if (rung || signal.aborted) done();
    });
  return { ring, wait };
}
