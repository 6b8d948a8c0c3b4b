import { readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import path from "node:path";
import { type Database, db } from "#db/client.ts";
import { pendingMigrations } from "#db/queries/migrations.ts";
import { type DatabaseFacts, readDatabaseFacts, readWorkers, type Worker } from "#db/queries/system.ts";
import { env } from "#lib/env.ts";

/** Clocks further apart than this make signatures and expiries wrong. */
export const CLOCK_APART_MS = 2000;
/** Less room than this where keys and the embedded database live wants a person. */
export const DISK_LOW_BYTES = 2n * 1024n * 1024n * 1024n;

export interface SystemFacts {
  database: DatabaseFacts;
  migrations: { newest: string; pending: boolean };
  workers: Worker[];
  /** How far this process's clock is ahead of the database's, as far as the way there and back lets it be known. */
  clock: { aheadMs: number; withinMs: number };
  /** Where CASHIER_DATA lies; null when the system does not say. */
  disk: { path: string; freeBytes: bigint; totalBytes: bigint } | null;
  versions: { app: string; node: string; next: string };
}

/** How this installation stands. Throws when the database does not answer: the page's error screen then says so. */
export async function readSystem(database: Database = db()): Promise<SystemFacts> {
  const before = Date.now();
  const facts = await readDatabaseFacts(database);
  const after = Date.now();
  const [workers, pending, disk] = await Promise.all([readWorkers(database), pendingMigrations(database), readDisk()]);
  return {
    database: facts,
    migrations: { newest: newestMigration(), pending: pending > 0 },
    workers,
    clock: { aheadMs: Math.round((before + after) / 2 - facts.now.getTime()), withinMs: Math.ceil((after - before) / 2) },
    disk,
    versions: {
      app: versionIn(path.join(process.cwd(), "package.json")),
      node: process.versions.node,
      next: versionIn(path.join(process.cwd(), "node_modules/next/package.json")),
    },
  };
}

async function readDisk(): Promise<SystemFacts["disk"]> {
  const folder = env().CASHIER_DATA;
  const found = await statfs(folder, { bigint: true }).catch(() => null);
  return found && { path: folder, freeBytes: found.bavail * found.bsize, totalBytes: found.blocks * found.bsize };
}

function newestMigration(): string {
  const { entries } = readJson(path.join(process.cwd(), "db/migrations/meta/_journal.json")) as { entries: { tag: string }[] };
  return entries.at(-1)?.tag ?? "";
}

/** A package's version by its own file; empty where it is not there (another way of packing the server). */
function versionIn(file: string): string {
  try {
    return (readJson(file) as { version: string }).version;
  } catch {
    return "";
  }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(/* turbopackIgnore: true */ file, "utf8"));
}
