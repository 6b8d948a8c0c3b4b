import { prepared, type Tx } from "#db/client.ts";

/** A count of more than this says only that there are more. */
export const BACKLOG_MAX = 9999;

export interface DatabaseFacts {
  version: string;
  sizeBytes: bigint;
  /** Sessions of all processes, and how many the server allows. */
  connections: number;
  connectionsMax: number;
  /** The newest migration that was applied; null before any. */
  migratedAt: Date | null;
  now: Date;
}

/** What the database says of itself; `now` is its clock at that very moment. */
export async function readDatabaseFacts(tx: Tx): Promise<DatabaseFacts> {
  const text = `select current_setting('server_version') as version, pg_database_size(current_database())::text as size,
    (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
    current_setting('max_connections')::int as connections_max,
    (select max(created_at)::text from drizzle.__drizzle_migrations) as migrated, clock_timestamp() as now`;
  type Row = { version: string; size: string; connections: number; connections_max: number; migrated: string | null; now: Date };
  const [row] = await prepared<Row>(tx, "system_database", text, []);
  if (!row) throw new Error("system: no answer");
  return {
    ...{ version: row.version, sizeBytes: BigInt(row.size), connections: row.connections, connectionsMax: row.connections_max },
    ...{ migratedAt: row.migrated === null ? null : new Date(Number(row.migrated)), now: row.now },
  };
}

/** A worker process and how long ago it last said that it is alive. */
export interface Worker {
  worker: string;
  seconds: number;
}

/** The workers of the last hour, the liveliest first. */
export async function readWorkers(tx: Tx): Promise<Worker[]> {
  const text = "select worker, extract(epoch from now() - at)::int as seconds from heartbeats order by at desc limit 50";
  return prepared<Worker>(tx, "system_workers", text, []);
}

export interface QueueFigures {
  queue: string;
  /** Ready to be taken. */
  waiting: number;
  /** Kept for later, or to be tried again later. */
  later: number;
  active: number;
  failed: number;
  /** How long the oldest ready job has waited, seconds; null when none does. */
  oldestSeconds: number | null;
}

/** The job queues as they stand, each counted to BACKLOG_MAX + 1 at most. */
export async function readQueues(tx: Tx, queues: readonly string[]): Promise<QueueFigures[]> {
  const count = (where: string) =>
    `(select count(*)::int from (select from pgboss.job j where j.name = q.name and ${where} limit ${BACKLOG_MAX + 1}) c)`;
  const ready = "j.state in ('created', 'retry') and j.start_after <= now()";
  const text = `select q.name as queue, ${count(ready)} as waiting,
    ${count("j.state in ('created', 'retry') and j.start_after > now()")} as later,
    ${count("j.state = 'active'")} as active, ${count("j.state = 'failed'")} as failed,
    (select extract(epoch from now() - min(greatest(j.created_on, j.start_after)))::int from pgboss.job j where j.name = q.name and ${ready})
      as "oldestSeconds"
    from unnest($1::text[]) with ordinality as q(name, place) order by q.place`;
  return prepared<QueueFigures>(tx, "system_queues", text, [queues]);
}

export interface FailedJob {
  id: string;
  queue: string;
  data: Record<string, unknown>;
  tries: number;
  failedAt: Date | null;
  /** What the queue wrote down when it gave up. */
  output: unknown;
}

/** Jobs the queue has given up, newest first. */
export async function listFailedJobs(tx: Tx, queues: readonly string[], most: number): Promise<FailedJob[]> {
  const text = `select id::text, name as queue, data, retry_count + 1 as tries, completed_on as "failedAt", output
    from pgboss.job where name = any($1) and state = 'failed' order by completed_on desc limit $2`;
  return prepared<FailedJob>(tx, "system_failed", text, [queues, most]);
}

/** What is due by the rows' own clocks: the truth that the jobs only carry out. */
const BACKLOG = {
  unknown: "from attempts where state = 'unknown' and next_sweep_at is not null",
  questions: "from attempts where next_sweep_at <= now()",
  closes: "from attempts where close_due_at <= now()",
  expiries: "from orders where state = 'open' and expires_at <= now()",
  refunds: "from refunds where next_try_at is not null",
  payouts: "from payouts where next_try_at is not null",
  deliveries: `from webhook_endpoints e cross join lateral (select from deliveries d where d.endpoint_id = e.id and d.state = 'pending'
    and d.next_try_at <= now() limit ${BACKLOG_MAX + 1}) d where e.active and e.deleted_at is null`,
} as const;
export type Backlog = Record<keyof typeof BACKLOG, number>;

const READ_BACKLOG = `select ${Object.entries(BACKLOG)
  .map(([name, from]) => `(select count(*)::int from (select 1 ${from} limit ${BACKLOG_MAX + 1}) c) as "${name}"`)
  .join(",\n")}`;

export async function readBacklog(tx: Tx): Promise<Backlog> {
  const [row] = await prepared<Backlog>(tx, "system_backlog", READ_BACKLOG, []);
  if (!row) throw new Error("system: no backlog");
  return row;
}
