import { readFileSync } from "node:fs";
import path from "node:path";
import type { E2eServer } from "../../scripts/e2e-server.ts";

/** What scripts/e2e-server.ts wrote about the server under test; a server started by hand (E2E_BASE_URL) has its own in E2E_SERVER. */
export function readServer(): E2eServer {
  const file = process.env.E2E_SERVER ?? path.resolve(import.meta.dirname, "../../.data/e2e/server.json");
  const server = JSON.parse(readFileSync(file, "utf8")) as E2eServer;
  // lib/env.ts reads these when a test makes rows with the product's own functions (sealed columns, password hashes).
  Object.assign(process.env, {
    DATABASE_URL: server.databaseUrl,
    CASHIER_DATA: server.dataDir,
    PUBLIC_URL: server.publicUrl,
    LOG_LEVEL: "silent",
  });
  return server;
}
