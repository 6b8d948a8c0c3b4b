import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, closeSync, existsSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { alive, freePort, until } from "../processes.ts";
import { type Access, access, remember } from "./access.ts";
import { type Place, placeFor } from "./place.ts";
import { settings } from "./settings.ts";

/** A running embedded PostgreSQL. */
export interface Postgres {
  /** Of the database `shouyin`, with the generated password: never print it. */
  url: string;
  /** The postmaster's process id at this moment. */
  pid(): number;
  /** False when it ran already: an orphan of a killed start, or another script's. */
  spawned: boolean;
  /** Fast shutdown: sessions are ended, everything is on disk, the process is gone. */
  stop(): Promise<void>;
  /** Leaves it running and stops watching. */
  leave(): void;
}

export interface LaunchOptions {
  /** For tests: no fsync. */
  throwaway?: boolean;
  /** When it dies it is started again; called when that fails. Without it nobody watches. */
  onLost?: (error: Error) => void;
}

const START_LIMIT_MS = 60_000; // crash recovery of a busy database takes seconds, not minutes
const STOP_LIMIT_MS = 30_000;
const WATCH_MS = 250;

/**
 * Starts the embedded PostgreSQL of `dataDir`, or attaches to the one that runs there already (kill -9 of Node leaves
 * PostgreSQL behind). First start makes the cluster, reachable only on 127.0.0.1 with a generated password. Throws with
 * the end of PostgreSQL's own log when it cannot be had within a minute.
 */
export async function launch(dataDir: string, options: LaunchOptions = {}): Promise<Postgres> {
  const place = placeFor(dataDir);
  const credentials = await access(dataDir);
  initialise(place, credentials);
  const spawned = await reach(dataDir, place, options.throwaway ?? false);
  await createDatabase(dataDir);
  const watch = options.onLost ? keepUp(dataDir, place, options.throwaway ?? false, options.onLost) : null;
  return {
    url: address(await access(dataDir), "shouyin"),
    pid: () => postmaster(place)?.pid ?? 0,
    spawned,
    leave: () => watch?.end(),
    stop: async () => {
      await watch?.end();
      await stop(place);
    },
  };
}

/** Makes the cluster in a draft directory and moves it into place whole, so that a killed first start leaves nothing half made. */
function initialise(place: Place, { user, password }: Access): void {
  const data = path.join(place.home, "data");
  if (existsSync(path.join(data, "PG_VERSION"))) return;
  for (const name of readdirSync(place.home)) {
    const maker = /^draft-(\d+)$/.exec(name)?.[1];
    // Its initdb may have outlived it, and still be writing.
    const retry = { maxRetries: 10, retryDelay: 50 };
    if (maker && !alive(Number(maker))) rmSync(path.join(place.home, name), { recursive: true, force: true, ...retry });
  }
  const draft = path.join(place.home, `draft-${process.pid}`);
  const secret = path.join(place.home, `password-${process.pid}`);
  writeFileSync(secret, password, { mode: 0o600 });
  try {
    if (place.owner) chownSync(secret, place.owner.uid, place.owner.gid);
    const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
    const proof = [`--username=${user}`, `--pwfile=${secret}`, "--auth=scram-sha-256"];
    execFileSync(binary(place, "initdb"), ["-D", draft, ...locale, ...proof], { ...identity(place), stdio: ["ignore", "ignore", "pipe"] });
    if (!existsSync(data)) renameSync(draft, data);
  } finally {
    rmSync(secret, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Connects, or starts and connects, until the deadline. Returns whether the server that answers was started here. */
async function reach(dataDir: string, place: Place, throwaway: boolean): Promise<boolean> {
  let child: ChildProcess | null = null;
  const ready = await until(async () => {
    const at = postmaster(place);
    const credentials = await access(dataDir);
    const answer = await knock({ ...credentials, port: at?.port ?? credentials.port });
    if (answer === "ready") return true;
    if (answer === "busy" || (child && child.exitCode === null && child.signalCode === null)) return false;
    // "lock file already exists" while an older one is still stopping ends the child at once: the next round tries again.
    const port = (await freePort(credentials.port, "127.0.0.1")) ?? (await freePort(0, "127.0.0.1"));
    if (port === null) return false;
    remember(dataDir, { ...credentials, port });
    child = spawnServer(place, port, throwaway);
    return false;
  }, START_LIMIT_MS);
  if (!ready) throw new Error(`PostgreSQL did not start:\n${endOfLog(place)}`);
  const at = postmaster(place);
  if (at) remember(dataDir, { ...(await access(dataDir)), port: at.port });
  return child !== null && (child as ChildProcess).pid === at?.pid;
}

/** Its own session and a file for its words: neither Ctrl-C nor our death reaches it; it is stopped on purpose or not at all. */
function spawnServer(place: Place, port: number, throwaway: boolean): ChildProcess {
  const given = Object.entries({ ...settings(place.home, throwaway), port: String(port) }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const log = openSync(path.join(place.home, "postgres.log"), "w", 0o600);
  try {
    const child = spawn(binary(place, "postgres"), ["-D", path.join(place.home, "data"), ...given], {
      ...identity(place),
      detached: true,
      stdio: ["ignore", log, log],
    });
    child.on("error", () => {}); // exitCode tells, and the log is shown
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** Asks whether our server answers: `busy` while it starts, recovers or stops, `none` when nothing or a stranger is there. */
async function knock(credentials: Access): Promise<"ready" | "busy" | "none"> {
  const client = new pg.Client({ connectionString: address(credentials, "postgres"), connectionTimeoutMillis: 3000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return "ready";
  } catch (error) {
    return (error as { code?: string }).code === "57P03" ? "busy" : "none";
  } finally {
    await client.end().catch(() => {});
  }
}

async function createDatabase(dataDir: string): Promise<void> {
  const client = new pg.Client({ connectionString: address(await access(dataDir), "postgres") });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'shouyin'");
    if (rowCount === 0) await client.query("create database shouyin");
  } catch (error) {
    if (!["42P04", "23505"].includes((error as { code?: string }).code ?? "")) throw error; // another process made it meanwhile
  } finally {
    await client.end();
  }
}

/** Looks after the postmaster, whoever started it, and starts another when it is gone. */
function keepUp(dataDir: string, place: Place, throwaway: boolean, onLost: (error: Error) => void): { end(): Promise<void> } {
  let ended = false;
  let restarting: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    const pid = postmaster(place)?.pid;
    if (ended || busy || (pid !== undefined && alive(pid))) return;
    busy = true;
    restarting = reach(dataDir, place, throwaway)
      .catch((error: Error) => ended || onLost(error))
      .finally(() => {
        busy = false;
      });
  }, WATCH_MS);
  timer.unref();
  const end = async () => {
    ended = true;
    clearInterval(timer);
    await restarting;
  };
  return { end };
}

async function stop(place: Place): Promise<void> {
  const running = postmaster(place);
  if (!running || !alive(running.pid)) return;
  if (process.platform === "win32") {
    execFileSync(binary(place, "pg_ctl"), ["stop", "-m", "fast", "-D", path.join(place.home, "data")], { stdio: "ignore" });
    return;
  }
  process.kill(running.pid, "SIGINT");
  if (await until(() => !alive(running.pid), STOP_LIMIT_MS)) return;
  process.kill(running.pid, "SIGQUIT"); // recovers at the next start
  await until(() => !alive(running.pid), 5000);
}

/** What postmaster.pid says: line 1 is the process id, line 4 the port. */
function postmaster(place: Place): { pid: number; port: number } | null {
  try {
    const lines = readFileSync(path.join(place.home, "data/postmaster.pid"), "utf8").split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 && port > 0 ? { pid, port } : null;
  } catch {
    return null;
  }
}

function endOfLog(place: Place): string {
  return readFileSync(path.join(place.home, "postgres.log"), "utf8").split("\n").slice(-12).join("\n");
}

function address({ user, password, port }: Access, database: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
}

function binary(place: Place, name: string): string {
  return path.join(place.binaries, "bin", process.platform === "win32" ? `${name}.exe` : name);
}

function identity(place: Place): { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number } {
  const env: NodeJS.ProcessEnv = { NODE_ENV: "production", PATH: process.env.PATH, LC_ALL: "C" };
  return { cwd: place.home, env, ...(place.owner ?? {}) };
}
