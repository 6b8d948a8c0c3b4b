import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openApiText } from "#lib/api/openapi.ts";

/**
 * Writes docs/openapi.json from the registry that serves and validates API v1: `node scripts/openapi.ts`. With `--check` nothing
 * is written; the exit code is 1 when the file differs.
 */
const FILE = path.resolve(import.meta.dirname, "../docs/openapi.json");
const wanted = openApiText();
if (!process.argv.includes("--check")) {
  writeFileSync(FILE, wanted);
  console.log("wrote docs/openapi.json");
} else if (!existsSync(FILE) || readFileSync(FILE, "utf8") !== wanted) {
  console.error("docs/openapi.json is not what lib/api serves: run `npm run docs`");
  process.exitCode = 1;
}
