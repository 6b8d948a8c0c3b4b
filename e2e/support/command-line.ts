import { execFile } from "node:child_process";
import path from "node:path";
import { type Database, useDatabase as setDatabase } from "#db/client.ts";
import { startBoss, stopBoss } from "#lib/jobs/queues.ts";
import type { E2eServer } from "../../scripts/e2e-server.ts";
import { gatewayCommand } from "../../scripts/gateway/command.ts";
import { InputError } from "../../scripts/gateway/inputs.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs one of `scripts/` as a child process, on the database of the server under test. */
export function runScript(server: E2eServer, script: string, args: readonly string[]): Promise<Ran> {
  const env = {
    ...process.env,
    ...{ DATABASE_URL: server.databaseUrl, CASHIER_DATA: server.dataDir, PUBLIC_URL: server.publicUrl, LOG_LEVEL: "silent" },
    // What Node made of the sources once is there for the next call.
    NODE_COMPILE_CACHE: path.join(server.dataDir, "compile-cache"),
  };
  return new Promise((resolve, reject) => {
    const options = { cwd: ROOT, env, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [`scripts/${script}`, ...args], options, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") reject(error);
      else resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

/** `npm run gateway` with these arguments. */
export type CommandLine = (...args: string[]) => Promise<Ran>;

/**
 * The same without a process for every call: what scripts/gateway.ts does once its database and queue are open. Starting one takes
 * a second of a processor; command-line.spec.ts starts real ones too.
 */
export function commandLineIn(database: Database, server: E2eServer): { type: CommandLine; close: () => Promise<void> } {
  let queue: Promise<unknown> | null = null;
  const type: CommandLine = async (...args) => {
    queue ??= startBoss({ url: server.databaseUrl, supervise: false });
    await queue;
    setDatabase(database);
    let stdout = "";
    try {
      const code = await gatewayCommand(database, args, (json) => {
        stdout += `${json}\n`;
      });
      return { code, stdout, stderr: "" };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { code: 2, stdout, stderr: error.message };
    }
  };
  return { type, close: async () => void (queue && (await queue.then(stopBoss))) };
}
