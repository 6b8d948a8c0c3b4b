import { randomBytes } from "node:crypto";
import { chownSync, existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { freePort } from "../processes.ts";

/** How to get into the embedded PostgreSQL. The password is generated: there is no default to guess. */
export interface Access {
  user: string;
  password: string;
  port: number;
}

/** Reads `<dataDir>/postgres.json` (mode 0600), making it at first start. Two processes racing agree on one. */
export async function access(dataDir: string): Promise<Access> {
  const file = path.join(dataDir, "postgres.json");
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const port = await freePort(0, "127.0.0.1");
    if (port === null) throw new Error("no free TCP port on 127.0.0.1");
    const draft = write(file, { user: "shouyin", password: randomBytes(24).toString("hex"), port });
    try {
      linkSync(draft, file); // fails when another process was first: its password is then everybody's
    } catch (error) {
      if (!existsSync(file)) throw error;
    } finally {
      rmSync(draft);
    }
  }
  return JSON.parse(readFileSync(file, "utf8")) as Access;
}

/** Keeps the port for the next start; whole or not at all. The file stays its owner's, also when root starts a user's clone. */
export function remember(dataDir: string, found: Access): void {
  const file = path.join(dataDir, "postgres.json");
  if (readFileSync(file, "utf8") === JSON.stringify(found)) return;
  const { uid, gid } = statSync(file);
  const draft = write(file, found);
  if (process.getuid?.() === 0) chownSync(draft, uid, gid);
  renameSync(draft, file);
}

function write(file: string, found: Access): string {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, JSON.stringify(found), { mode: 0o600, flag: "wx" });
  return draft;
}
