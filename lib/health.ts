import { type Database, db, prepared } from "#db/client.ts";
import { pendingMigrations } from "#db/queries/migrations.ts";

const HEARTBEAT_FRESH_SECONDS = 20;

export interface Health {
  ok: boolean;
  database: boolean;
  migrations: boolean;
  worker: boolean;
}

/** Whether this installation can do its work: the database answers, migrations are current, some worker is alive. */
export async function readHealth(database: Database = db()): Promise<Health> {
  try {
    const text = "select exists (select 1 from heartbeats where at > now() - make_interval(secs => $1)) as worker";
    const [row] = await prepared<{ worker: boolean }>(database, "health", text, [HEARTBEAT_FRESH_SECONDS]);
    const migrations = (await pendingMigrations(database)) === 0;
    const worker = row?.worker === true;
    return { ok: migrations && worker, database: true, migrations, worker };
  } catch {
    return { ok: false, database: false, migrations: false, worker: false };
  }
}
