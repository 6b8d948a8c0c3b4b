import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { alive } from "./processes.ts";

/** What a running start tells the other scripts, in `<CASHIER_DATA>/database.json` (mode 0600: the address has the password). */
export interface Running {
  url: string;
  /** Of the process that started everything. */
  pid: number;
  port: number;
  publicUrl: string;
}

/** Where keys, the embedded database and this state live: CASHIER_DATA, or `.data` beside package.json. */
export function dataDirectory(): string {
  return path.resolve(import.meta.dirname, "..", process.env.CASHIER_DATA || ".data");
}

/** What runs on `dataDir` now; null when nothing does, also when the last one was killed and left its note. */
export function running(dataDir: string): Running | null {
  try {
    const note = JSON.parse(readFileSync(path.join(dataDir, "database.json"), "utf8")) as Running;
    return alive(note.pid) ? note : null;
  } catch {
    return null;
  }
}

export function announce(dataDir: string, note: Running): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, "database.json");
  writeFileSync(`${file}.${note.pid}`, JSON.stringify(note), { mode: 0o600 });
  renameSync(`${file}.${note.pid}`, file);
}

export function withdraw(dataDir: string): void {
  rmSync(path.join(dataDir, "database.json"), { force: true });
}
