import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

/** The advisory lock all processes agree on: any constant, never used for anything else. */
const LOCK = 7_240_117;

/**
 * Brings the database to the newest migration of db/migrations. Safe when several processes start at once: drizzle's
 * migrator has no lock of its own (1 of 3 racing processes failed without this one), so they take turns, and who comes
 * later finds nothing to do. One connection of postgres.js, because lock and migrations must share a session.
 * Migrations set no time limit on themselves; a request's five seconds do not apply to them.
 */
export async function migrateDatabase(url: string, folder = path.join(process.cwd(), "db/migrations")): Promise<void> {
  const client = postgres(url, {
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: "shouyin migrate", statement_timeout: 0, lock_timeout: 0 },
  });
  try {
    await client`select pg_advisory_lock(${LOCK})`;
    await migrate(drizzle(client), { migrationsFolder: folder });
  } finally {
    await client.end({ timeout: 5 }); // ends the session, and the lock with it
  }
}
