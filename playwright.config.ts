import { execFileSync } from "node:child_process";
import { defineConfig, devices } from "@playwright/test";
import { CHROMIUM_ARGS, chromiumPath } from "./scripts/chromium.ts";

// The server and Playwright's worker processes, which read this file again, must agree on a port: the first reader picks
// a free one and leaves it in the environment. E2E_BASE_URL tests an app that runs already.
process.env.E2E_PORT ??= freePort();
const given = process.env.E2E_BASE_URL;
const baseURL = given ?? `http://localhost:${process.env.E2E_PORT}`;
const executablePath = chromiumPath();

export default defineConfig({
  testDir: "e2e",
  // What is named *.test.ts there is Vitest's.
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [["list"], ["json"]] : [["list"]],
  use: {
    baseURL,
    locale: "zh-CN",
    timezoneId: "Asia/Hong_Kong",
    // Recording every step of every test costs a third of two cores: asked for when a failure has to be looked at.
    trace: process.env.E2E_TRACE === "on" ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: { args: CHROMIUM_ARGS, ...(executablePath ? { executablePath } : {}) },
  },
  projects: [{ name: "chromium", use: { ...devices["Desktop Chrome"], locale: "zh-CN" } }],
  ...(given
    ? {}
    : {
        webServer: {
          // Builds if needed, then serves from a database of its own; e2e/ finds what it made in .data/e2e/server.json.
          command: "node scripts/e2e-server.ts",
          url: `${baseURL}/api/health`,
          timeout: 600_000,
          reuseExistingServer: false,
          gracefulShutdown: { signal: "SIGTERM" as const, timeout: 30_000 },
          stdout: "ignore" as const,
          stderr: "pipe" as const,
          env: { PORT: process.env.E2E_PORT ?? "" },
        },
      }),
});

function freePort(): string {
  const script = `const s = require("node:net").createServer().listen(0, () => { console.log(s.address().port); s.close(); });`;
  return execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }).trim();
}
