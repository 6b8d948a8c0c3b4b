import { spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import path from "node:path";
import { until } from "../processes.ts";

const root = path.resolve(import.meta.dirname, "../..");
const ANSWER_LIMIT_MS = 60_000;

/** One life of the built server. */
export interface Victim {
  /** Waits until its port answers a request, whatever the answer; rejects when it does not within a minute. */
  answers(): Promise<void>;
  /** kill -9, and waits until the process is gone. */
  kill(): Promise<void>;
}

/** Starts the web server; it ends with us (scripts/with-parent.mjs). What it prints goes to `log`. */
export function startVictim(port: number, environment: NodeJS.ProcessEnv, log: string): Victim {
  const output = openSync(log, "a", 0o600);
  const args = ["--import", "./scripts/with-parent.mjs", "scripts/web.ts", String(port), "127.0.0.1"];
  const child = spawn(process.execPath, args, { cwd: root, env: environment, stdio: ["ignore", output, output, "ipc"] });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    answers: async () => {
      const done = await until(() => ended() || answered(port), ANSWER_LIMIT_MS);
      if (!done || ended()) throw new Error(`the server did not answer:\n${readFileSync(log, "utf8").slice(-2000)}`);
    },
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

async function answered(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(5000) });
    await answer.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
