import { randomBytes } from "node:crypto";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { close, type Database, open } from "#db/client.ts";
import { startApp } from "../../scripts/app.ts";
import type { E2eServer } from "../../scripts/e2e-server.ts";
import { freePort } from "../../scripts/processes.ts";
import type { Ledger } from "./ledger.ts";

/** An installation of a test's own, started as `npm start` does from the same build. */
export interface OwnApp {
  publicUrl: string;
  database: Database;
  stop(): Promise<void>;
}

/**
 * Starts one with `environment`, on an empty database beside the one of the server under test and with its keys. With RUN_WORKER
 * off nothing happens in it but what requests do; a heartbeat of next week's says that it is well.
 */
export async function startOwnApp(server: E2eServer, ledger: Ledger, environment: Record<string, string>): Promise<OwnApp> {
  const name = `own_${randomBytes(4).toString("hex")}`;
  const dataDir = path.join(server.dataDir, name);
  mkdirSync(dataDir, { mode: 0o700 });
  copyFileSync(path.join(server.dataDir, "keys.json"), path.join(dataDir, "keys.json"));
  await ledger.query(`create database ${name}`);
  const url = new URL(server.databaseUrl);
  url.pathname = `/${name}`;
  const port = await freePort(0, "127.0.0.1");
  const database = open(url.href, 2);
  const app = await startApp({
    ...{ dataDir, port: port ?? 0, databaseUrl: url.href, onLost: () => {} },
    environment: { DATABASE_POOL: "4", ...environment, LOG_LEVEL: "warn" },
    onPrepared: () => {
      if (environment.RUN_WORKER === "off") void beat(database);
    },
  });
  return {
    publicUrl: app.publicUrl,
    database,
    stop: async () => {
      await close(database);
      await app.stop();
      rmSync(dataDir, { recursive: true, force: true });
      await ledger.query(`drop database if exists ${name} with (force)`);
    },
  };
}

function beat(database: Database) {
  return database.$client.query("insert into heartbeats (worker, at) values ('none', now() + interval '1 week')");
}
