import { hkdfSync, randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type SealingKey, seal, unseal } from "#lib/crypto/seal.ts";
import { env } from "#lib/env.ts";

/**
 * The installation's own keys, made at first start in `<CASHIER_DATA>/keys.json` (mode 0600) and never in the repo.
 * The first sealing key seals; all of them open, so a key can be rotated by putting a new one in front.
 */
interface KeyFile {
  sealing: { id: string; key: string }[];
  /** Signs next-auth's JWT. */
  session: string;
}

let cached: { sealing: SealingKey[]; session: string } | null = null;

/** Reads the keys, making them first if there are none. Two processes racing at first start agree on one file. */
export function secrets(): { sealing: SealingKey[]; session: string } {
  if (cached) return cached;
  const file = path.join(env().CASHIER_DATA, "keys.json");
  if (!existsSync(file)) createKeyFile(file);
  const parsed = JSON.parse(readFileSync(file, "utf8")) as KeyFile;
  const sealing = parsed.sealing.map(({ id, key }) => ({ id, bytes: Buffer.from(key, "base64url") }));
  if (sealing.length === 0 || sealing.some(({ bytes }) => bytes.length !== 32)) throw new Error("keys.json: no usable sealing key");
  cached = { sealing, session: parsed.session };
  return cached;
}

/** Seals text for one column of one row, e.g. `sealFor("gateway_accounts.credentials", id, json)`. */
export function sealFor(column: string, rowId: string, text: string): string {
  const [key] = secrets().sealing;
  if (!key) throw new Error("no sealing key");
  return seal(text, `${column}.${rowId}`, key);
}

/** Opens what `sealFor` made for the same column and row; throws when it was made for another or changed. */
export function unsealFor(column: string, rowId: string, sealed: string): string {
  return unseal(sealed, `${column}.${rowId}`, secrets().sealing);
}

/**
 * A gateway account's credentials in clear, or null where they cannot be opened any more: sealed with keys that are gone (a
 * restore without its keys.json). They must then be entered anew.
 */
export function credentialsOf(row: { id: string; credentials: string }): Record<string, unknown> | null {
  try {
    return JSON.parse(unsealFor("gateway_accounts.credentials", row.id, row.credentials)) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/**
 * The keys that prove audit rows (lib/domain/audit-chain.ts), one derived from each sealing key under the same id: the first
 * proves new rows, the others still prove old ones after a rotation.
 */
export function auditKeys(): SealingKey[] {
  return secrets().sealing.map(({ id, bytes }) => ({ id, bytes: Buffer.from(hkdfSync("sha256", bytes, "", "shouyin audit 1", 32)) }));
}

function createKeyFile(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const fresh: KeyFile = {
    sealing: [{ id: randomBytes(4).toString("hex"), key: randomBytes(32).toString("base64url") }],
    session: randomBytes(32).toString("base64url"),
  };
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, JSON.stringify(fresh, null, 2), { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, file); // fails when another process was first: its keys are then everybody's
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
