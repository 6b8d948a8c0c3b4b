import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

/** Arguments Chromium needs on servers and in containers, where there is no display, no sandbox and perhaps no network. */
export const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser for the tests: Playwright's own if it is installed, else the system's. Null when there is none. */
export function chromiumPath(): string | null {
  const candidates = [chromium.executablePath(), process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"];
  return candidates.find((file) => file && existsSync(file)) ?? null;
}

/** Makes sure that there is a browser, installing Debian's when there is none, else Playwright's. Throws when neither works. */
export function requireChromium(): string {
  const attempts: [string, string[]][] = [
    ["apt-get", ["update", "-qq"]],
    ["apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"]],
    [process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]],
  ];
  for (const [command, args] of attempts) {
    const found = chromiumPath();
    if (found) return found;
    if (command === "apt-get" && (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get"))) continue;
    console.log(`No browser yet: ${command} ${args.join(" ")}`);
    const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"], env: environment });
  }
  const found = chromiumPath();
  if (!found) throw new Error("no Chromium: install one (Debian: apt-get install chromium fonts-noto-cjk) or name one in CHROMIUM_PATH");
  return found;
}
