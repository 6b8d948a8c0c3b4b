import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";

/** Arguments Chromium needs on servers and in containers, where there is no display, no sandbox and perhaps no network. */
export const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Debian's Chromium without a window: a quarter less work for the same pages. */
const SHELL = "/usr/bin/chromium-headless-shell";
const SYSTEM = [SHELL, "/usr/bin/chromium", "/usr/bin/google-chrome"];
const APT = "/usr/bin/apt-get";
const FETCH_SECONDS = 60;
const UPDATE_SECONDS = 30;

/** The browser for the tests: Playwright's own if it is installed, else the one named, else the system's. Null when there is none. */
export function chromiumPath(): string | null {
  const candidates = [...playwrights(), process.env.CHROMIUM_PATH, ...SYSTEM];
  return candidates.find((file) => file && existsSync(file)) ?? null;
}

/** Where Playwright installs its own: the one without a window first, which stands beside the other. */
function playwrights(): string[] {
  const whole = chromium.executablePath();
  const [store, revision] = whole.split(/[/\\](chromium-\d+)[/\\]/);
  if (!store || !revision) return [whole];
  const shell = path.join(store, revision.replace("chromium-", "chromium_headless_shell-"));
  return [...globSync("*/{chrome-headless-shell,headless_shell}{,.exe}", { cwd: shell }).map((file) => path.join(shell, file)), whole];
}

/** Makes sure that there is a browser, installing Debian's when there is none, else Playwright's. Throws when neither works. */
export function requireChromium(): string {
  if (chromiumPath() === "/usr/bin/chromium") installShell();
  const attempts: [string, string[]][] = [
    ["apt-get", ["update", "-qq"]],
    ["apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium-headless-shell", "fonts-noto-cjk"]],
    ["apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"]],
    [process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]],
  ];
  for (const [command, args] of attempts) {
    const found = chromiumPath();
    if (found) return found;
    if (command === "apt-get" && !mayInstall()) continue;
    console.log(`No browser yet: ${command} ${args.join(" ")}`);
    run(command, args);
  }
  const found = chromiumPath();
  if (!found) throw new Error("no Chromium: install one (Debian: apt-get install chromium fonts-noto-cjk) or name one in CHROMIUM_PATH");
  return found;
}

/** Tries to get the quicker one beside the browser that is there: in a minute and a half, or not; nothing depends on it. */
function installShell(): void {
  if (!mayInstall()) return;
  const impatient = ["-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=10", "-o", "Acquire::https::Timeout=10"];
  const install = [...impatient, "install", "-y", "-qq", "--no-install-recommends"];
  const shell = "chromium-headless-shell";
  // What is fetched may be broken off; what is unpacked may not.
  const fetch = () => run("apt-get", [...install, "--download-only", shell], FETCH_SECONDS);
  const fetched = fetch() || (run("apt-get", [...impatient, "update", "-qq"], UPDATE_SECONDS) && fetch());
  if (fetched) run("apt-get", [...install, "--no-download", shell]);
  console.log(existsSync(SHELL) ? `Installed ${SHELL}.` : `No ${shell} to be had: going on with /usr/bin/chromium.`);
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync(APT);
}

function run(command: string, args: string[], seconds?: number): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const bound = seconds ? { timeout: seconds * 1000 } : {};
  return spawnSync(command, args, { stdio: ["ignore", "inherit", seconds ? "ignore" : "inherit"], env, ...bound }).status === 0;
}
