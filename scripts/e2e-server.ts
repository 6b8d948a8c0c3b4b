// The app that the end-to-end tests drive (playwright.config.ts starts and stops it): the production build on PORT, with a
// fresh seeded database in `.data/e2e`. Writes what a test may need to know to `.data/e2e/server.json`.
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type App, startApp } from "./app.ts";
import { buildIfChanged } from "./build.ts";
import { launch } from "./postgres/launch.ts";
import { removePlace } from "./postgres/place.ts";
import { running } from "./state.ts";

/** `.data/e2e/server.json`: read by e2e/fixtures.ts. */
export interface E2eServer {
  publicUrl: string;
  databaseUrl: string;
  /** Holds keys.json, for tests that open sealed columns. */
  dataDir: string;
  admin: { email: string; password: string };
}

const dataDir = path.resolve(import.meta.dirname, "../.data/e2e");
const port = Number(process.env.PORT);
let app: App | null = null;

async function begin(): Promise<void> {
  if (running(dataDir)) throw new Error("other end-to-end tests run from this folder");
  await buildIfChanged();
  await forget();
  const environment = { LOG_LEVEL: process.env.LOG_LEVEL ?? "warn" };
  app = await startApp({
    dataDir,
    port,
    throwaway: true,
    environment,
    onPrepared: (facts) => writeFileSync(path.join(dataDir, "server.json"), JSON.stringify({ ...facts, dataDir }), { mode: 0o600 }),
    onLost: (error) => end(1, error),
  });
}

/** Stops and removes what an earlier run left, even one that was killed. */
async function forget(): Promise<void> {
  if (existsSync(path.join(dataDir, "postgres.json"))) {
    const left = await launch(dataDir, { throwaway: true }); // attaching is the sure way to stop it
    await left.stop();
  }
  removePlace(dataDir);
}

function end(code: number, error?: Error): void {
  if (error) console.error(`e2e server: ${error.message}`);
  void starting
    .catch(() => {})
    .then(() => app?.stop())
    .then(() => {
      removePlace(dataDir);
      process.exit(code);
    });
}

const starting = begin();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => end(0));
await starting.catch((error: Error) => end(1, error));
