import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import pg from "pg";
import { expect, inject, test } from "vitest";

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client
    .query(statement)
    .then(
      ({ rows }) => rows as Record<string, unknown>[],
      (error) => Promise.reject(error),
    )
    .finally(() => client.end());
}

/** Migrates in a process of its own, as a starting server does; resolves with its exit code. */
function migrateElsewhere(url: string): Promise<number | null> {
  const script = `const { migrateDatabase } = await import("#db/migrate.ts"); await migrateDatabase(process.argv[1]);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, url], { stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", resolve);
  });
}

test("of three processes that migrate an empty database at once, all succeed and each migration runs once", {
  timeout: 60_000,
}, async () => {
  const server = inject("testServer").url;
  const name = `race_${randomBytes(6).toString("hex")}`;
  await ask(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  try {
    expect(await Promise.all([1, 2, 3].map(() => migrateElsewhere(url.href)))).toEqual([0, 0, 0]);
    const applied = await ask(url.href, "select hash from drizzle.__drizzle_migrations");
    const journal = JSON.parse(readFileSync("db/migrations/meta/_journal.json", "utf8")) as { entries: unknown[] };
    expect(applied).toHaveLength(journal.entries.length);
    expect(await ask(url.href, "select count(*)::int as n from orders")).toEqual([{ n: 0 }]);
  } finally {
    await ask(server, `drop database ${name} with (force)`);
  }
});
