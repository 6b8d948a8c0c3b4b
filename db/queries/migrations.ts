import { readFileSync } from "node:fs";
import path from "node:path";
import { prepared, type Tx } from "#db/client.ts";

let newest: number | null = null;

/** 0 when the database has this code's newest migration, else 1. */
export async function pendingMigrations(tx: Tx): Promise<number> {
  newest ??= newestOf(path.join(process.cwd(), "db/migrations/meta/_journal.json"));
  const [row] = await prepared<{ applied: string | null }>(
    tx,
    "newest_migration",
    "select max(created_at) as applied from drizzle.__drizzle_migrations",
    [],
  );
  return Number(row?.applied ?? 0) >= newest ? 0 : 1;
}

function newestOf(journal: string): number {
  const { entries } = JSON.parse(readFileSync(journal, "utf8")) as { entries: { when: number }[] };
  return Math.max(...entries.map((entry) => entry.when));
}
