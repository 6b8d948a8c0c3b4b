// Pictures of every state of the shopper's page, to be looked at: `playwright test -c scripts/checkout-grid/playwright.config.ts`.
// Not part of `npm test`: nothing here can fail but by not reaching a state. They land in .data/checkout-grid.
import path from "node:path";
import { defineConfig } from "@playwright/test";
import base from "../../playwright.config.ts";

const server = Array.isArray(base.webServer) ? base.webServer[0] : base.webServer;

export default defineConfig({
  ...base,
  ...(server && { webServer: { ...server, cwd: path.resolve(import.meta.dirname, "../..") } }),
  testDir: ".",
  timeout: 120_000,
  projects: (base.projects ?? []).flatMap((project) => [
    { ...project, name: "pictures", testMatch: "pictures.spec.ts" },
    { ...project, name: "sheets", testMatch: "sheets.spec.ts", dependencies: ["pictures"] },
  ]),
});
