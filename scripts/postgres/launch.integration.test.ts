import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { alive, freePort, until } from "../processes.ts";
import { testDataDirectory } from "../test-data.ts";
import { type LaunchOptions, launch, type Postgres } from "./launch.ts";
import { placeFor, removePlace } from "./place.ts";

const dataDir = testDataDirectory("launcher");
const launcher = path.join(import.meta.dirname, "launch.ts");
let current: Postgres | null = null;

async function started(options: LaunchOptions = { throwaway: true }): Promise<Postgres> {
  current = await launch(dataDir, options);
  return current;
}

async function ask(url: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return Object.values((await client.query(statement)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

/** A process that starts the database of a directory, says its postmaster's id, and then only lives. */
function starter(directory: string): ChildProcess & { stdout: NodeJS.ReadableStream } {
  const script = `const { launch } = await import(${JSON.stringify(launcher)}); const p = await launch(${JSON.stringify(directory)}, { throwaway: true }); console.log(p.pid()); setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
}

async function killed(parent: ChildProcess): Promise<void> {
  const gone = once(parent, "exit");
  parent.kill("SIGKILL");
  await gone;
}

afterEach(async () => {
  await current?.stop();
  current = null;
});
afterAll(() => removePlace(dataDir));

describe("the embedded PostgreSQL", { timeout: 60_000 }, () => {
  test("a first start makes a database that asks for its generated password", async () => {
    const { url, spawned } = await started();
    expect(spawned).toBe(true);
    expect(await ask(url, "select current_database()")).toBe("shouyin");
    const wrong = new URL(url);
    wrong.password = "postgres";
    await expect(ask(wrong.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
    expect(statSync(path.join(dataDir, "postgres.json")).mode & 0o077).toBe(0);
  });

  test("stop leaves no process, and the next start has the data and the port of before", async () => {
    const first = await started();
    await ask(first.url, "create table kept as select 42 as answer");
    const pid = first.pid();
    await first.stop();
    expect(alive(pid)).toBe(false);
    const second = await started();
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, "select answer from kept")).toBe(42);
  });

  test("after kill -9 of the process that started it, a start attaches to the orphan, and stops it", async () => {
    const parent = starter(dataDir);
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const orphan = Number(line.toString());
    await killed(parent);
    expect(alive(orphan)).toBe(true);
    const attached = await started();
    expect(attached.spawned).toBe(false);
    expect(attached.pid()).toBe(orphan);
    await attached.stop();
    expect(alive(orphan)).toBe(false);
  });

  test("after kill -9 in the middle of its very first start, the next start makes the database, and no draft of it is left", async () => {
    const other = `${dataDir}-half`;
    const { home } = placeFor(other);
    const drafts = () => readdirSync(home).filter((name) => name.startsWith("draft-"));
    const parent = starter(other);
    expect(await until(() => drafts().length > 0, 30_000)).toBe(true);
    await killed(parent);
    expect(existsSync(path.join(home, "data"))).toBe(false);
    const postgres = await launch(other, { throwaway: true });
    try {
      expect(await ask(postgres.url, "select current_database()")).toBe("shouyin");
      expect(drafts()).toEqual([]);
    } finally {
      await postgres.stop();
      removePlace(other);
    }
  });

  // Root's clone may lie where PostgreSQL's own user may not enter (stack.md): a home, or what mkdtemp makes. Anybody else's is their own.
  test("below a directory that only its owner may enter it starts, survives kill -9 of who started it, and stops", async () => {
    const closed = mkdtempSync(path.join(tmpdir(), "only-its-owner-"));
    chmodSync(closed, 0o700);
    const inside = path.join(closed, "clone/.data");
    try {
      const parent = starter(inside);
      const [line] = (await once(parent.stdout, "data")) as [Buffer];
      const orphan = Number(line.toString());
      await killed(parent);
      const attached = await launch(inside, { throwaway: true });
      expect([attached.spawned, attached.pid()]).toEqual([false, orphan]);
      expect(await ask(attached.url, "select 1")).toBe(1);
      const { home, owner, binaries } = placeFor(inside);
      const made = statSync(path.join(home, "data"));
      expect(made.mode & 0o077).toBe(0);
      if (process.getuid?.() === 0) {
        expect(owner).toEqual({ uid: made.uid, gid: made.gid });
        expect(made.uid).not.toBe(0);
        expect([home, binaries].filter((directory) => directory.startsWith(closed))).toEqual([]);
        const enter = () => execFileSync("ls", [closed], { ...owner, cwd: "/", stdio: "ignore" });
        expect(enter).toThrow();
      } else {
        expect({ home, owner, uid: made.uid }).toEqual({ home: path.join(inside, "postgres"), owner: null, uid: process.getuid?.() });
      }
      await attached.stop();
      expect(alive(orphan)).toBe(false);
    } finally {
      removePlace(inside);
      rmSync(closed, { recursive: true, force: true });
    }
  });

  test("when PostgreSQL is killed, it is started again with everything committed", async () => {
    const failures: Error[] = [];
    const postgres = await started({ onLost: (error) => failures.push(error) }); // with fsync, as in production
    await ask(postgres.url, "create table committed as select 7 as answer");
    const before = postgres.pid();
    process.kill(before, "SIGKILL");
    const back = await until(
      async () => postgres.pid() !== before && (await ask(postgres.url, "select answer from committed").catch(() => 0)) === 7,
      30_000,
    );
    expect(back).toBe(true);
    expect(failures).toEqual([]);
  });

  test("a stranger on its port makes it take another", async () => {
    const first = await started();
    await first.stop();
    const { createServer } = await import("node:net");
    const port = Number(new URL(first.url).port);
    const stranger = createServer((socket) => socket.end()).listen(port, "127.0.0.1");
    await once(stranger, "listening");
    try {
      const second = await started();
      expect(Number(new URL(second.url).port)).not.toBe(port);
      expect(await ask(second.url, "select 1")).toBe(1);
    } finally {
      stranger.close();
    }
  });

  test("two first starts at once agree on one server", async () => {
    const other = `${dataDir}-race`;
    mkdirSync(other, { recursive: true, mode: 0o700 });
    const both = await Promise.all([launch(other, { throwaway: true }), launch(other, { throwaway: true })]);
    try {
      expect(both[0].pid()).toBe(both[1].pid());
      expect(await ask(both[0].url, "select 1")).toBe(1);
      expect(readFileSync(path.join(other, "postgres.json"), "utf8")).toContain(new URL(both[0].url).port);
    } finally {
      await both[0].stop();
      removePlace(other);
    }
  });
});

test("a port that is taken is not free", async () => {
  const { createServer } = await import("node:net");
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  expect(await freePort(port, "127.0.0.1")).toBeNull();
  await new Promise((resolve) => server.close(resolve));
  expect(await freePort(port, "127.0.0.1")).toBe(port);
});
