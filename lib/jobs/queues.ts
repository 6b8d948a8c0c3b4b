import { createHash } from "node:crypto";
import { type ConnectionOptions, PgBoss } from "pg-boss";
import { z } from "zod";
import { prepared, type Tx } from "#db/client.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";

/** The jobs there are. They carry row ids only, and are sent in the transaction that makes them necessary. */
export const QUEUES = {
  /** Sends the lowest undelivered webhooks of one order (or payout) to one endpoint. */
  deliver: z.object({ endpointId: z.string(), stream: z.string() }),
  /** Makes a piece of what is to be sent again due. */
  replay: z.object({ replayId: z.string() }),
  /** Asks the gateway about an attempt. */
  recheck: z.object({ attemptId: z.string() }),
  /** Closes an attempt at the gateway that is not to be paid any more. */
  close: z.object({ attemptId: z.string() }),
  /** Ends an order whose time is up, after asking the gateway. */
  expire: z.object({ orderId: z.string() }),
  /** Sends a refund, or asks about one whose answer was lost. */
  refund: z.object({ refundId: z.string() }),
  /** Asks the gateway about a payout. */
  payout: z.object({ payoutId: z.string() }),
  /** Tells a channel what needs a person. */
  alert: z.object({ messageId: z.string() }),
} as const;

export type QueueName = keyof typeof QUEUES;
export type JobData<Q extends QueueName> = z.infer<(typeof QUEUES)[Q]>;

/**
 * `short`: at most one waiting job per thing, so that a gateway that hangs does not pile up questions; one not taken is made
 * again, because its row is still due. Deliveries are `standard`: an event's job must not be dropped for one that has just
 * begun. Not key_strict_fifo: each of its fetches looks at every queued key, and thousands are queued when a shop is slow.
 * One at a time per thing is the rows' own doing (locks, claims). A handler never ends as failed (lib/jobs/handlers.ts).
 */
const POLICIES: Record<QueueName, "standard" | "short"> = {
  deliver: "standard",
  replay: "short",
  recheck: "short",
  close: "short",
  expire: "short",
  refund: "short",
  payout: "short",
  alert: "short",
};

/** The thing a job is about. */
const KEYS: { [Q in QueueName]: (data: JobData<Q>) => string } = {
  deliver: (data) => `${data.endpointId}:${data.stream}`,
  replay: (data) => data.replayId,
  recheck: (data) => data.attemptId,
  close: (data) => data.attemptId,
  expire: (data) => data.orderId,
  refund: (data) => data.refundId,
  payout: (data) => data.payoutId,
  alert: (data) => data.messageId,
};

const holder = globalThis as { shouyinBoss?: PgBoss };

/** Starts the job queue of this process: installs its schema and the queues; `supervise` in worker processes only. */
export async function startBoss(options: { url?: string; supervise: boolean }): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: options.url ?? env().DATABASE_URL,
    max: 4,
    supervise: options.supervise,
    schedule: false,
    useListenNotify: options.supervise,
    application_name: "shouyin-jobs",
  });
  boss.on("error", (error) => log.warn({ error: error.message }, "job queue"));
  await boss.start();
  for (const name of Object.keys(QUEUES) as QueueName[]) {
    await boss.createQueue(name, {
      policy: POLICIES[name],
      notify: true,
      retryLimit: 1_000_000,
      retryDelay: 5,
      heartbeatSeconds: 15,
      expireInSeconds: 120,
      retentionSeconds: 86_400,
      deleteAfterSeconds: 60,
    });
  }
  holder.shouyinBoss = boss;
  return boss;
}

/** The started queue; throws before `startBoss`. */
export function boss(): PgBoss {
  if (!holder.shouyinBoss) throw new Error("job queue: not started");
  return holder.shouyinBoss;
}

export async function stopBoss(): Promise<void> {
  const started = holder.shouyinBoss;
  delete holder.shouyinBoss;
  await started?.stop({ graceful: true, timeout: 5000 });
}

const statementNames = new Map<string, string>();

/** Sends a job in the caller's transaction: it exists exactly if the transaction commits. */
export async function sendJob<Q extends QueueName>(tx: Tx, name: Q, data: JobData<Q>): Promise<void> {
  await boss().send(name, data, { singletonKey: KEYS[name](data), db: within(tx) });
}

/** Sends several jobs of one queue in one statement, in the caller's transaction. */
export async function sendJobs<Q extends QueueName>(tx: Tx, name: Q, all: readonly JobData<Q>[]): Promise<void> {
  if (all.length === 0) return;
  const jobs = all.map((data) => ({ data, singletonKey: KEYS[name](data) }));
  await boss().insert(name, jobs, { db: within(tx) });
}

/** pg-boss over the caller's connection: what it does is part of the transaction. */
export function within(tx: Tx): ConnectionOptions["db"] & object {
  return { executeSql: async (text, values) => ({ rows: await prepared(tx, statementName(text), text, values ?? []) }) };
}

function statementName(text: string): string {
  let name = statementNames.get(text);
  if (!name) {
    name = `boss_${createHash("sha256").update(text).digest("hex").slice(0, 20)}`;
    statementNames.set(text, name);
  }
  return name;
}
