// `npm run e2e:full`: the whole end-to-end matrix (e2e/matrix), every row that can happen; `npm test` runs a pairwise selection.
// Whatever is typed after `--` goes to Playwright: `npm run e2e:full -- --shard=2/8` is the second eighth. E2E_MATRIX=100 takes so
// many at random instead, the same ones again for the same E2E_SEED.
import { spawn } from "node:child_process";
import { chosenCases, EVERY_CASE } from "../e2e/matrix/cases.ts";
import { requireChromium } from "./chromium.ts";
import { root } from "./steps.ts";

const matrix = process.env.E2E_MATRIX ?? "full";
const cases = chosenCases(matrix, process.env.E2E_SEED);
const pairs = chosenCases(undefined, undefined);
console.log(`${cases.length} of ${EVERY_CASE.length} rows of the matrix (npm test: ${pairs.length}, every pair of two columns)`);
requireChromium();
const args = ["node_modules/@playwright/test/cli.js", "test", "e2e/matrix/", ...process.argv.slice(2)];
const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit", env: { ...process.env, E2E_MATRIX: matrix } });
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
