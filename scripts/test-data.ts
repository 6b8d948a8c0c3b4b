import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { launch } from "./postgres/launch.ts";
import { removePlace } from "./postgres/place.ts";
import { alive } from "./processes.ts";

const folder = path.resolve(import.meta.dirname, "../.data/tests");

/** A data directory for one run of tests, named after the process that will remove it. */
export function testDataDirectory(purpose: string): string {
  return path.join(folder, `${purpose}-${process.pid}`);
}

/** Stops and removes what killed runs of tests have left behind. */
export async function sweepTestData(): Promise<void> {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const pid = Number(/-(\d+)$/.exec(name)?.[1]);
    if (!pid || pid === process.pid || alive(pid)) continue;
    const left = path.join(folder, name);
    if (existsSync(path.join(left, "postgres.json"))) {
      const postgres = await launch(left, { throwaway: true }); // attaching is the sure way to stop it
      await postgres.stop();
    }
    removePlace(left);
  }
}
