import { defineConfig } from "vitest/config";

/** `unit` needs nothing; `integration` gets a PostgreSQL of its own from db/testing-server.ts. */
export default defineConfig({
  test: {
    // Left alone it takes one of two cores for itself and works on the other.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          include: ["lib/**/*.test.ts", "db/**/*.test.ts", "e2e/**/*.test.ts", "components/**/*.test.{ts,tsx}"],
          exclude: ["**/*.integration.test.ts"],
          environment: "node",
          env: { LOG_LEVEL: "silent", TZ: "America/Los_Angeles" },
          // Properties try many cases: on a busy machine slow is not wrong.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "integration",
          include: ["{lib,db,app,scripts,components}/**/*.integration.test.ts"],
          environment: "node",
          env: { LOG_LEVEL: "silent", TZ: "America/Los_Angeles" },
          globalSetup: ["./db/testing-server.ts"],
          // A file is a process: lib/env.ts and db/client.ts keep their state in it.
          pool: "forks",
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
