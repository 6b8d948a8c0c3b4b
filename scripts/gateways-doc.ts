import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { capabilityTable } from "#lib/gateways/capability-table.ts";
import { GATEWAYS } from "#lib/gateways/registry.ts";
import { proofs } from "./gateways-doc/proofs.ts";

/**
 * Writes docs/gateways.md from the registry, so that the page cannot claim what the code does not have:
 * `node scripts/gateways-doc.ts`. With `--check` nothing is written; the exit code is 1 when the file differs.
 */
const ROOT = path.resolve(import.meta.dirname, "..");
const FILE = path.join(ROOT, "docs/gateways.md");

const wanted = capabilityTable(GATEWAYS, proofs);
if (!process.argv.includes("--check")) {
  writeFileSync(FILE, wanted);
  console.log(`wrote ${path.relative(ROOT, FILE)}`);
} else if (!existsSync(FILE) || readFileSync(FILE, "utf8") !== wanted) {
  console.error("docs/gateways.md is not what the registry says: run `node scripts/gateways-doc.ts`");
  process.exitCode = 1;
}
