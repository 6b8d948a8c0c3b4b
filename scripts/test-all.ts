// Second half of `npm test`: every check and every test there is. The last line of output is `N passed, N failed`.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { requireChromium } from "./chromium.ts";
import { requireInterpreters } from "./interpreters.ts";
import { root } from "./steps.ts";

interface Count {
  passed: number;
  failed: number;
}

const reports = path.join(root, ".data/reports");
let current: ReturnType<typeof spawn> | null = null;
let stopped = false;
// Ctrl-C reaches the suite that runs by itself; any other end is passed on as one, for vitest and Playwright then clean up.
process.on("SIGINT", () => {
  stopped = true;
});
for (const event of ["SIGTERM", "SIGHUP", "disconnect"] as const) process.on(event, stop);

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const suites: [string, () => Promise<Count>][] = [
  ["checks", checks],
  ["unit and integration tests", vitest],
  ["production build", build],
  ["end-to-end tests", playwright],
  ["chaos: faults and kill -9 while shoppers pay, and bad receivers", chaos],
];
const total: Count = { passed: 0, failed: 0 };
for (const [title, run] of suites) {
  if (stopped) break;
  console.log(`\n== ${title}`);
  const begun = performance.now();
  const count = await run().catch((error: Error) => {
    console.log(error.message);
    return { passed: 0, failed: 1 };
  });
  total.passed += count.passed;
  total.failed += count.failed;
  console.log(`== ${title}: ${count.passed} passed, ${count.failed} failed, ${Math.round((performance.now() - begun) / 1000)} s`);
}
if (stopped) total.failed += 1; // what did not run has not passed
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(`\n${total.passed} passed, ${total.failed} failed`);
if (process.connected) process.disconnect();

async function checks(): Promise<Count> {
  const { code, output } = await run(["scripts/check.ts"]);
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [];
  return judge({ passed: Number(passed ?? 0), failed: Number(failed ?? 0) }, code);
}

async function vitest(): Promise<Count> {
  const file = path.join(reports, "vitest.json");
  const { code } = await run([
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ]);
  const report = JSON.parse(readFileSync(file, "utf8")) as { numPassedTests: number; numFailedTests: number; numPendingTests: number };
  if (report.numPendingTests > 0) console.log(`${report.numPendingTests} skipped`);
  return judge({ passed: report.numPassedTests, failed: report.numFailedTests }, code);
}

/** Before the end-to-end tests, whose server would otherwise build out of sight. */
async function build(): Promise<Count> {
  const { code } = await run(["scripts/build.ts"]);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function playwright(): Promise<Count> {
  requireChromium();
  requireInterpreters();
  const file = path.join(reports, "playwright.json");
  const { code } = await run(["node_modules/@playwright/test/cli.js", "test"], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    NO_COLOR: undefined, // it sets FORCE_COLOR for the processes it starts, and Node warns about both
  });
  const { stats } = JSON.parse(readFileSync(file, "utf8")) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  if (stats.skipped > 0) console.log(`${stats.skipped} skipped`);
  return judge({ passed: stats.expected, failed: stats.unexpected + stats.flaky }, code);
}

async function chaos(): Promise<Count> {
  if (!existsSync(path.join(root, "scripts/chaos.ts"))) return { passed: 0, failed: 0 };
  const total: Count = { passed: 0, failed: 0 };
  for (const args of [
    ["--orders", "40"],
    ["--receivers", "--events", "300"],
  ]) {
    const { code } = await run(["scripts/chaos.ts", ...args]);
    total[code === 0 ? "passed" : "failed"] += 1;
  }
  return total;
}

/** A suite that ran nothing, or ended badly without saying which test failed, has failed. */
function judge(count: Count, code: number | null): Count {
  const silent = count.failed === 0 && (code !== 0 || count.passed === 0);
  return silent ? { ...count, failed: 1 } : count;
}

/** Runs a script on this Node, showing and keeping what it prints. */
function run(args: string[], environment: Record<string, string | undefined> = {}): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1", ...environment };
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"], env });
    current = child;
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => {
      output.push(chunk);
      process.stdout.write(chunk);
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output: Buffer.concat(output).toString("utf8") }));
  });
}

function stop(): void {
  if (!stopped) current?.kill("SIGINT");
  stopped = true;
}
