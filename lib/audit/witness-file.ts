import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { WitnessSaid } from "#lib/audit/verify.ts";
import { constantTimeEqual } from "#lib/crypto/digest.ts";
import { type AuditKey, type ChainEnd, headMac } from "#lib/domain/audit-chain.ts";
import { env } from "#lib/env.ts";

const schema = z.object({ sequence: z.number().int().min(0), hash: z.string(), at: z.string(), keyId: z.string(), mac: z.string() });

/**
 * How long the chain was, remembered outside the database, in `<CASHIER_DATA>/audit-head.json`: whoever can do everything to the
 * database but nothing to the server's disk cannot cut rows off the end unseen. Null when there is no such file yet.
 */
export function readWitnessFile(keys: readonly AuditKey[]): WitnessSaid | null {
  let text: string;
  try {
    text = readFileSync(fileName(), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const said = schema.safeParse(parsed(text));
  if (!said.success) return { by: "file", sequence: 0, hash: "", genuine: false };
  const { sequence, hash, at, keyId, mac } = said.data;
  const key = keys.find(({ id }) => id === keyId);
  const genuine = key !== undefined && constantTimeEqual(mac, headMac("file", { sequence, hash, more: at }, key));
  return { by: "file", sequence, hash, genuine };
}

/** Writes how long the chain is now. Whole or not at all: a reader never finds half a file. */
export function writeWitnessFile(end: ChainEnd, key: AuditKey, now: Date): void {
  const at = now.toISOString();
  const said = { sequence: end.sequence, hash: end.hash, at, keyId: key.id, mac: headMac("file", { ...end, more: at }, key) };
  mkdirSync(env().CASHIER_DATA, { recursive: true, mode: 0o700 });
  const draft = `${fileName()}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, `${JSON.stringify(said)}\n`, { mode: 0o600 });
  renameSync(draft, fileName());
}

function fileName(): string {
  return path.join(env().CASHIER_DATA, "audit-head.json");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
