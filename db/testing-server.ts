import path from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrateDatabase } from "#db/migrate.ts";
import { launch, type Postgres } from "../scripts/postgres/launch.ts";
import { removePlace } from "../scripts/postgres/place.ts";
import { alive } from "../scripts/processes.ts";
import { sweepTestData, testDataDirectory } from "../scripts/test-data.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A PostgreSQL server for tests, and the migrated database in it that each test file gets a copy of. */
    testServer: { url: string; template: string; dataDir: string };
  }
}

/**
 * Vitest's global set-up of the integration tests: an embedded PostgreSQL in a directory of its own, gone afterwards, or
 * the server of TEST_DATABASE_URL; in it one migrated database, the template of every test file's own (db/testing.ts).
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
  await sweepTestData();
  const dataDir = testDataDirectory("vitest");
  const given = process.env.TEST_DATABASE_URL;
  const postgres: Postgres | null = given ? null : await launch(dataDir, { throwaway: true });
  // Interrupted, vitest ends without tearing down: PostgreSQL must not outlive it. The next run removes the directory.
  const abandon = () => {
    if (postgres && alive(postgres.pid())) process.kill(postgres.pid(), "SIGINT");
  };
  process.once("exit", abandon);
  const url = given ?? postgres?.url ?? "";
  const template = `shouyin_template_${process.pid}`;
  await administer(url, `create database ${template}`);
  await migrateDatabase(withDatabase(url, template));
  project.provide("testServer", { url, template, dataDir });
  return async () => {
    if (postgres) await postgres.stop();
    else await administer(url, `drop database ${template} with (force)`);
    process.off("exit", abandon);
    removePlace(dataDir);
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

function withDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
