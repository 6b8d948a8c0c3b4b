import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

// Plain JavaScript for Node 20 and up: this runs before anything is installed.

/** The repository's top folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/**
 * Whether node_modules holds every package of package-lock.json at its version. npm's own record of what it installed
 * (node_modules/.package-lock.json) is compared, so an install made by hand counts as well.
 */
export function installed() {
  const record = path.join(root, "node_modules/.package-lock.json");
  if (!existsSync(record) || !existsSync(pinnedNode())) return false;
  const wanted = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(record, "utf8")).packages;
  return Object.entries(wanted).every(
    ([place, entry]) => place === "" || entry.optional || entry.peer || present[place]?.version === entry.version,
  );
}

/** The Node 24 that package.json pins: whatever Node the machine has, every step after the install runs on this one. */
export function pinnedNode() {
  return path.join(root, "node_modules/node/bin", process.platform === "win32" ? "node.exe" : "node");
}

/** Installs the packages unless they are there. Ends the process when npm fails; npm has then said why. */
export function install() {
  if (installed()) return;
  console.log("Installing packages (npm ci): about a minute, once.");
  const environment = { ...process.env, NODE_ENV: "development" }; // production would leave out what the build needs
  const npm = spawnSync("npm", ["ci", "--include=dev", "--include=optional", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: environment,
    shell: process.platform === "win32",
  });
  if (npm.status === 0 && installed()) return;
  console.error(npm.error ? `npm could not be run: ${npm.error.message}` : "npm ci did not finish; what it printed above says why.");
  process.exit(1);
}
