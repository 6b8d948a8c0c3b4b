import { randomBytes } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { type Database, db, inTransaction, type Tx } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { merchants } from "#db/schema/merchants.ts";
import { hmacSha256Hex } from "#lib/crypto/digest.ts";
import type { AuditActor } from "#lib/domain/audit.ts";
import { escapeStrictly, sortedByBytes } from "#lib/gateways/wire.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

/** The secrets that sign a merchant's `/desk` addresses: which one signed decides whose money is taken. */
export interface DeskSecrets {
  test: string;
  live: string;
}

/** A merchant's secrets, made at the first asking; for its developers' page and for verification. */
export async function deskSecrets(database: Database | Tx, merchantId: string): Promise<DeskSecrets> {
  const known = await read(database, merchantId);
  if (known) return known;
  const fresh: DeskSecrets = { test: `dsk_test_${token()}`, live: `dsk_live_${token()}` };
  await database
    .update(merchants)
    .set({ deskSecrets: sealFor("merchants.desk_secrets", merchantId, JSON.stringify(fresh)) })
    .where(and(eq(merchants.id, merchantId), isNull(merchants.deskSecrets)));
  // Two at once: the first that wrote has won.
  const written = await read(database, merchantId);
  if (!written) throw new Error(`merchant ${merchantId}: no desk secrets`);
  return written;
}

/** Whose secrets, and who asks. */
interface Asked {
  merchantId: string;
  actor: AuditActor;
}

/** Both secrets, to be shown to a person: the audit says to whom. */
export function showDeskSecrets({ merchantId, actor }: Asked, database: Database = db()): Promise<DeskSecrets> {
  return inTransaction(database, async (tx) => {
    const secrets = await deskSecrets(tx, merchantId);
    await appendAudit(tx, { actor, merchantId, action: "settings.desk_secrets", target: { kind: "merchant", id: merchantId }, detail: {} });
    return secrets;
  });
}

/** Puts a new secret in place of one of the two, which signs nothing from then on. Gives both. */
export function rollDeskSecret(
  { merchantId, actor, mode }: Asked & { mode: keyof DeskSecrets },
  database: Database = db(),
): Promise<DeskSecrets> {
  return inTransaction(database, async (tx) => {
    await tx.select({ id: merchants.id }).from(merchants).where(eq(merchants.id, merchantId)).for("no key update");
    const secrets = { ...(await deskSecrets(tx, merchantId)), [mode]: `dsk_${mode}_${token()}` };
    const sealed = sealFor("merchants.desk_secrets", merchantId, JSON.stringify(secrets));
    await tx.update(merchants).set({ deskSecrets: sealed }).where(eq(merchants.id, merchantId));
    const target = { kind: "merchant", id: merchantId };
    await appendAudit(tx, { actor, merchantId, action: "settings.desk_roll", target, detail: { mode } });
    return secrets;
  });
}

/**
 * What is signed: all parameters but `sign` itself, sorted by the bytes of their names, names and values escaped strictly (only
 * `A-Za-z0-9_.-` stay), `k=v` joined by `&`; empty values stay as `k=`.
 */
export function deskText(parameters: Readonly<Record<string, string>>): string {
  return sortedByBytes(Object.keys(parameters))
    .filter((name) => name !== "sign")
    .map((name) => `${escapeStrictly(name)}=${escapeStrictly(parameters[name] ?? "")}`)
    .join("&");
}

/** What `sign` must be: HMAC-SHA256 of `deskText`, lower-case hex. */
export function deskSignature(parameters: Readonly<Record<string, string>>, secret: string): string {
  return hmacSha256Hex(deskText(parameters), secret);
}

async function read(database: Database | Tx, merchantId: string): Promise<DeskSecrets | null> {
  const [row] = await database.select({ sealed: merchants.deskSecrets }).from(merchants).where(eq(merchants.id, merchantId));
  return row?.sealed ? (JSON.parse(unsealFor("merchants.desk_secrets", merchantId, row.sealed)) as DeskSecrets) : null;
}

function token(): string {
  return randomBytes(24).toString("base64url");
}
