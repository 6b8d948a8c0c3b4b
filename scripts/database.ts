import { loadEnvironmentFile } from "./environment.ts";
import { launch } from "./postgres/launch.ts";
import { dataDirectory, running } from "./state.ts";

/** A database a script may use for a while. */
export interface BorrowedDatabase {
  url: string;
  /** Stops the embedded PostgreSQL if it was started for this and nothing else has come to use it. */
  release(): Promise<void>;
}

/** The address of the database in use: DATABASE_URL, or the running start's. Null when nothing runs. */
export function databaseUrl(): string | null {
  return process.env.DATABASE_URL || (running(dataDirectory())?.url ?? null);
}

/**
 * The database in use, or else the embedded one, started for as long as the caller keeps it. Sets what lib/env.ts reads
 * (DATABASE_URL, CASHIER_DATA, and the running start's PORT and PUBLIC_URL), so call it before anything asks for them.
 */
export async function borrowDatabase(): Promise<BorrowedDatabase> {
  loadEnvironmentFile();
  const dataDir = dataDirectory();
  process.env.CASHIER_DATA = dataDir;
  const app = running(dataDir);
  if (app) {
    process.env.PORT ||= String(app.port);
    process.env.PUBLIC_URL ||= app.publicUrl;
  }
  process.env.PUBLIC_URL ||= `http://localhost:${process.env.PORT || 3000}`;
  const inUse = databaseUrl();
  const postgres = inUse ? null : await launch(dataDir);
  const url = inUse ?? postgres?.url ?? "";
  process.env.DATABASE_URL = url;
  const release = async () => {
    // A start may have attached to it meanwhile: then it is that start's to stop.
    if (running(dataDir)) postgres?.leave();
    else await postgres?.stop();
  };
  return { url, release };
}
