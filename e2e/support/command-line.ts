import { execFile } from "node:child_process";
import path from "node:path";
import type { E2eServer } from "../../scripts/e2e-server.ts";

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
