import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { until } from "./processes.ts";

const root = path.resolve(import.meta.dirname, "..");
const READY_LIMIT_MS = 60_000;
// An open live-status stream never ends by itself; whatever is cut off is made good at the next start.
const STOP_LIMIT_MS = 5000;
/** So many deaths within a minute mean that another start will not help. */
const DEATHS_LIMIT = 5;

/** The web server (scripts/web.ts), kept running. */
export interface Server {
  /** Settles when /api/health first answers 200; rejects when it never does. */
  ready: Promise<void>;
  /** The process id at this moment; changes when it died and was started again. */
  pid(): number;
  /** Lets requests finish, then ends it. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  port: number;
  environment: NodeJS.ProcessEnv;
  onLost: (error: Error) => void;
}

/**
 * Starts the server and starts it again whenever it dies, for kill -9 is a normal way to stop (reliability.md 13). Gives
 * up after five deaths in a minute. The server ends by itself when we die: see scripts/with-parent.mjs.
 */
export function keepServer({ port, environment, onLost }: ServerOptions): Server {
  let stopping = false;
  let deaths: number[] = [];
  let child = spawnServer(port, environment);
  const watch = () => {
    child.on("error", onLost);
    child.on("exit", (code, signal) => {
      if (stopping) return;
      const now = performance.now();
      deaths = [...deaths.filter((at) => now - at < 60_000), now];
      if (deaths.length >= DEATHS_LIMIT)
        return onLost(new Error(`the server died ${DEATHS_LIMIT} times in a minute (last: ${signal ?? `code ${code}`})`));
      console.error(`The server ended (${signal ?? `code ${code}`}); starting it again.`);
      child = spawnServer(port, environment);
      watch();
    });
  };
  watch();
  const ready = until(() => stopping || deaths.length >= DEATHS_LIMIT || healthy(port), READY_LIMIT_MS, 50).then((answered) => {
    if (!answered || stopping || deaths.length >= DEATHS_LIMIT)
      throw new Error("the server did not become ready; what it printed above says why");
  });
  ready.catch(() => {}); // whoever awaits it hears of it; nobody else must die of it
  const stop = async () => {
    stopping = true;
    await end(child);
  };
  return { ready, pid: () => child.pid ?? 0, stop };
}

function spawnServer(port: number, environment: NodeJS.ProcessEnv): ChildProcess {
  const args = ["--import", "./scripts/with-parent.mjs", "scripts/web.ts", String(port)];
  return spawn(process.execPath, args, { cwd: root, env: environment, stdio: ["ignore", "inherit", "inherit", "ipc"] });
}

async function healthy(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(5000) });
    await answer.body?.cancel();
    return answer.status === 200;
  } catch {
    return false;
  }
}

async function end(child: ChildProcess): Promise<void> {
  const gone = () => child.exitCode !== null || child.signalCode !== null;
  if (gone()) return;
  child.kill("SIGTERM");
  if (await until(gone, STOP_LIMIT_MS)) return;
  child.kill("SIGKILL");
  await until(gone, 5000);
}
