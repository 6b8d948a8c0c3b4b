// `npm run check`: everything that can be said about the sources without running the product, in under a minute.
import { readFileSync } from "node:fs";
import path from "node:path";
import { node, root, runSteps, type Step } from "./steps.ts";

const vitest = (...files: string[]) => node("node_modules/vitest/vitest.mjs", "run", "--project", "unit", ...files);

const STEPS: readonly Step[] = [
  {
    title: "format and lint (biome)",
    run: node("node_modules/@biomejs/biome/bin/biome", "ci", "--colors=off", "--diagnostic-level=warn", "--error-on-warnings", "."),
  },
  { title: "route types (next typegen)", run: node("node_modules/next/dist/bin/next", "typegen") },
  { title: "types (tsc)", run: node("node_modules/typescript/bin/tsc", "--noEmit", "-p", ".") },
  { title: "import rules and file sizes", run: vitest("lib/architecture.test.ts") },
  { title: "dictionaries complete in three languages", run: vitest("lib/i18n") },
  { title: "docs/gateways.md is what the registry says", run: node("scripts/gateways-doc.ts", "--check") },
  { title: "docs/openapi.json is what lib/api serves", run: node("scripts/openapi.ts", "--check") },
  { title: "lib/sdk/wire is what the API's schemas say", run: node("scripts/sdk-types.ts", "--check") },
  { title: "public/embed.js is what lib/embed makes, under 5 kB", run: node("scripts/embed.ts", "--check") },
  { title: "package-lock.json names no registry", run: lockHasNoAddresses },
];

/** seeds: a clone must install from whatever registry its machine uses, so the lock records none. */
async function lockHasNoAddresses(): Promise<void> {
  const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, { resolved?: string }>;
  };
  const named = Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined);
  if (named.length > 0) throw new Error(`"resolved" in: ${named.map(([place]) => place).join(", ")}`);
}

const { passed, failed } = await runSteps(STEPS);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
