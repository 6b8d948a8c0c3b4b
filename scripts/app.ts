import { spawn } from "node:child_process";
import path from "node:path";
import { launch, type Postgres } from "./postgres/launch.ts";
import { freePort } from "./processes.ts";
import { keepServer, type Server } from "./server.ts";
import { announce, running, withdraw } from "./state.ts";

const root = path.resolve(import.meta.dirname, "..");

export interface AppOptions {
  dataDir: string;
  port: number;
  /** Where people reach it; `http://localhost:<port>` unless told. */
  publicUrl?: string | undefined;
  /** A PostgreSQL server of one's own; without it the embedded one. */
  databaseUrl?: string | undefined;
  /** For tests: the embedded PostgreSQL does not wait for the disk. */
  throwaway?: boolean;
  /** More environment for the server, e.g. LOG_LEVEL. */
  environment?: Readonly<Record<string, string>>;
  /** Called when the database is ready, before the server answers anybody. */
  onPrepared?: (facts: Pick<App, "publicUrl" | "databaseUrl" | "admin">) => void;
  /** Called once when the database or the server cannot be kept running. */
  onLost: (error: Error) => void;
}

/** The whole product, running. */
export interface App {
  publicUrl: string;
  databaseUrl: string;
  /** The admin made by this start, whose one-time password is known only now. */
  admin: { email: string; password: string } | null;
  server: Server;
  /** Null with a database of one's own. */
  postgres: Postgres | null;
  /** Stops the server, then the database, and returns when both are gone. */
  stop(): Promise<void>;
}

/** A start that cannot be: the message says what to do. */
export class StartProblem extends Error {}

/**
 * Starts database, migrations, seed and server from a finished build; returns when the server answers. A part that dies
 * later is started again. When it throws, nothing it started is left. One app per data directory, one per port.
 */
export async function startApp(options: AppOptions): Promise<App> {
  const { dataDir, port } = options;
  const publicUrl = options.publicUrl || `http://localhost:${port}`;
  const other = running(dataDir);
  if (other && other.pid !== process.pid) {
    throw new StartProblem(
      `Shouyin already runs from this folder: ${other.publicUrl} (process ${other.pid}). Stop it with: kill ${other.pid}`,
    );
  }
  await requirePort(port);
  const postgres = options.databaseUrl ? null : await launch(dataDir, { throwaway: options.throwaway ?? false, onLost: options.onLost });
  const databaseUrl = options.databaseUrl ?? postgres?.url ?? "";
  let server: Server | null = null;
  const stop = async () => {
    await server?.stop();
    withdraw(dataDir);
    await postgres?.stop();
  };
  try {
    announce(dataDir, { url: databaseUrl, pid: process.pid, port, publicUrl });
    const environment: NodeJS.ProcessEnv = {
      ...process.env,
      ...options.environment,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      DATABASE_URL: databaseUrl,
      PUBLIC_URL: publicUrl,
      PORT: String(port),
      CASHIER_DATA: dataDir,
    };
    const admin = await prepare(environment);
    options.onPrepared?.({ publicUrl, databaseUrl, admin });
    server = keepServer({ port, environment, onLost: options.onLost });
    await server.ready;
    return { publicUrl, databaseUrl, admin, server, postgres, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function requirePort(port: number): Promise<void> {
  // Both families: a server on 127.0.0.1 alone would else take half of our visitors.
  const free = (await freePort(port, "0.0.0.0")) !== null && (await freePort(port, "127.0.0.1")) !== null;
  if (!free) throw new StartProblem(`Port ${port} is in use. Choose another with PORT, for example: PORT=${port + 1} npm start`);
}

/** Migrations and seed in a process of their own (scripts/prepare.ts). */
export async function prepare(environment: NodeJS.ProcessEnv): Promise<App["admin"]> {
  const child = spawn(process.execPath, ["scripts/prepare.ts"], { cwd: root, stdio: ["ignore", "pipe", "inherit"], env: environment });
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const last = Buffer.concat(output).toString("utf8").trimEnd().split("\n").at(-1);
  if (code !== 0 || last === undefined) throw new StartProblem("The database could not be prepared; what is printed above says why.");
  return JSON.parse(last) as App["admin"];
}
