import type { Database } from "#db/client.ts";

/** Does so many things to the audit as whoever owns the database can: past every trigger. */
export async function tamperWith(database: Database, ...statements: string[]): Promise<void> {
  const client = await database.$client.connect();
  try {
    await client.query("set session_replication_role = replica");
    for (const text of statements) await client.query(text);
  } finally {
    await client.query("set session_replication_role = default");
    client.release();
  }
}
