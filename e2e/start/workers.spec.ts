import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import path from "node:path";
import pg from "pg";
import { expect, test } from "../fixtures.ts";

const root = path.resolve(import.meta.dirname, "../..");

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const listener = createServer();
    listener.once("error", reject);
    listener.listen(0, () => {
      const address = listener.address();
      listener.close(() => (typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

test("a built server on an empty database migrates it and starts its workers without a single request", async ({ server, ledger }) => {
  test.slow();
  const name = `zero_${randomBytes(4).toString("hex")}`;
  await ledger.query(`create database ${name}`);
  const url = new URL(server.databaseUrl);
  url.pathname = `/${name}`;
  const port = String(await freePort());
  const own = {
    DATABASE_URL: url.href,
    PUBLIC_URL: `http://localhost:${port}`,
    PORT: port,
    CASHIER_DATA: server.dataDir,
    LOG_LEVEL: "silent",
  };
  const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "start", "-p", port], {
    cwd: root,
    stdio: "ignore",
    env: { ...process.env, ...own, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const client = new pg.Client({ connectionString: url.href });
  try {
    await client.connect();
    const beating = async () => (await client.query("select 1 from heartbeats").catch(() => ({ rowCount: 0 }))).rowCount;
    await expect.poll(beating, { timeout: 60_000 }).toBe(1);
  } finally {
    await client.end();
    child.kill("SIGTERM");
    await gone;
    await ledger.query(`drop database if exists ${name} with (force)`);
  }
});
