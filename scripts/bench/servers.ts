import { spawn } from "node:child_process";
import { closeSync, cpSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { until } from "../processes.ts";

const root = path.resolve(import.meta.dirname, "../..");
const NEXT = "node_modules/next/dist/bin/next";
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 5000;

/** What is measured: the product, the empty Next route under it, the bare server under that. */
export const SERVERS = ["product", "next floor", "bare floor"] as const;
/** The framework's own server around the same build: there proxy.ts asks it for each shopper's page a second time. */
export const PLAIN_NEXT = "next start";
export type ServerName = (typeof SERVERS)[number] | typeof PLAIN_NEXT;

const COMMANDS: Record<ServerName, (port: string, floor: string) => string[]> = {
  product: (port) => ["scripts/web.ts", port, "127.0.0.1"],
  [PLAIN_NEXT]: (port) => [NEXT, "start", "-p", port, "-H", "127.0.0.1"],
  "next floor": (port, floor) => [NEXT, "start", floor, "-p", port, "-H", "127.0.0.1"],
  "bare floor": () => ["scripts/bench/bare.ts"],
};

/** Where a run builds its empty Next app: gone with the run's data. */
const floorIn = (dataDir: string): string => path.join(dataDir, "floor");

/** Runs `work` while a server listens on `port`, then ends the server. It ends with us too (scripts/with-parent.mjs). */
export async function withServer<T>(
  name: ServerName,
  { port, environment, dataDir }: { port: number; environment: NodeJS.ProcessEnv; dataDir: string },
  work: (pid: number) => Promise<T>,
): Promise<T> {
  const log = path.join(dataDir, "server.log");
  const output = openSync(log, "a", 0o600);
  const args = ["--import", "./scripts/with-parent.mjs", ...COMMANDS[name](String(port), floorIn(dataDir))];
  const child = spawn(process.execPath, args, { cwd: root, env: environment, stdio: ["ignore", output, output, "ipc"] });
  closeSync(output);
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  try {
    const answered = await until(() => ended() || answers(port), START_LIMIT_MS);
    if (!answered || ended()) throw new Error(`the ${name} did not start:\n${readFileSync(log, "utf8").slice(-2000)}`);
    return await work(child.pid ?? 0);
  } finally {
    child.kill("SIGTERM");
    if (!(await until(ended, STOP_LIMIT_MS))) child.kill("SIGKILL");
    await until(ended, STOP_LIMIT_MS);
  }
}

/** Builds the empty Next app from a copy of floor-app; a few seconds. */
export async function buildFloor(dataDir: string): Promise<void> {
  const floor = floorIn(dataDir);
  cpSync(path.join(import.meta.dirname, "floor-app"), floor, { recursive: true });
  cpSync(path.join(import.meta.dirname, "replay.ts"), path.join(floor, "replay.ts"));
  const child = spawn(process.execPath, [NEXT, "build", floor], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", FLOOR_ROOT: root },
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", resolve);
  });
  if (code !== 0) throw new Error("the floor could not be built; what is printed above says why");
}

async function answers(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(5000) });
    await answer.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
