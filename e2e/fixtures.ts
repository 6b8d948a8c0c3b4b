import { randomInt } from "node:crypto";
import { test as base } from "@playwright/test";
import { close, type Database, open } from "#db/client.ts";
import type { E2eServer } from "../scripts/e2e-server.ts";
import { type CommandLine, commandLineIn } from "./support/command-line.ts";
import { type Control, newControl } from "./support/control.ts";
import { type Ledger, newLedger } from "./support/ledger.ts";
import { readServer } from "./support/server.ts";
import { newWatch, type Watch } from "./support/watch.ts";

export { expect } from "@playwright/test";

interface PerTest {
  /** Whether a paid page stays to be looked at; by itself it goes back to the shop after three seconds (handoff.spec.ts). */
  stays: boolean;
  /** Fails the test on any stray error in any watched browser; see support/watch.ts. */
  watch: Watch;
  /** The other company: pays, declines, forges. */
  control: Control;
}

interface PerWorker {
  server: E2eServer;
  database: Database;
  ledger: Ledger;
  /** `npm run gateway`, without a process of its own. */
  commandLine: CommandLine;
}

/** Playwright's test with the server's database, the sandbox's control API, and a watch that no test can forget. */
export const test = base.extend<PerTest, PerWorker>({
  stays: [true, { option: true }],
  context: async ({ context, stays }, use) => {
    if (stays) await context.addInitScript(keepReceipts);
    await use(context);
  },
  server: [async ({ browserName: _ }, use) => use(readServer()), { scope: "worker" }],
  database: [
    async ({ server }, use) => {
      const database = open(server.databaseUrl, 2);
      await use(database);
      await close(database);
    },
    { scope: "worker" },
  ],
  ledger: [async ({ database }, use) => use(newLedger(database)), { scope: "worker" }],
  commandLine: [
    async ({ database, server }, use) => {
      const { type, close } = commandLineIn(database, server);
      await use(type);
      await close();
    },
    { scope: "worker" },
  ],
  // Each test comes from an address of its own, as shoppers do: limits per address are for one shopper, not for a test run.
  extraHTTPHeaders: async ({ baseURL: _ }, use) =>
    use({ "x-forwarded-for": `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}` }),
  watch: [
    async ({ context }, use) => {
      const watch = newWatch();
      watch.follow(context);
      await use(watch);
      watch.verify();
    },
    { auto: true },
  ],
  control: async ({ request }, use) => use(newControl(request)),
});

/** To the page's script every receipt in this browser has been handed back already. */
function keepReceipts(): void {
  const read = Storage.prototype.getItem;
  Storage.prototype.getItem = function getItem(key) {
    return key.startsWith("handoff ") ? "1" : read.call(this, key);
  };
}
