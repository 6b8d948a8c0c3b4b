// Migrates and seeds the database of DATABASE_URL; its last line of output is JSON: {"email", "password"} of an admin it
// made, or null. scripts/app.ts runs it before the server, on its own so that the long-lived process stays small.
import { close, open } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { seed } from "#db/seed.ts";
import { env } from "#lib/env.ts";

try {
  await prepare();
} catch (error) {
  // The message and its cause, not the stack: the usual reason is a database that is not there or refuses us.
  const { message, cause } = error as Error;
  console.error(`Database: ${message || (error as { code?: string }).code}${cause instanceof Error ? `: ${cause.message}` : ""}`);
  process.exitCode = 1;
}

async function prepare(): Promise<void> {
  await migrateDatabase(env().DATABASE_URL);
  const database = open(env().DATABASE_URL, 2);
  try {
    const { admin } = await seed(database, { origin: env().PUBLIC_URL });
    console.log(JSON.stringify(admin));
  } finally {
    await close(database);
  }
}
