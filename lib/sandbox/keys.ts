import { randomBytes } from "node:crypto";
import { and, eq, type InferSelectModel } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { sandboxCallers } from "#db/schema/sandbox/callers.ts";
import { newRsaKeyPair } from "#lib/crypto/rsa.ts";
import { callerRowId } from "#lib/sandbox/callers.ts";
import type { SandboxGateway } from "#lib/sandbox/gateways.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

/** What the caller of a gateway holds; null where the gateway has no such key. */
export interface CallerKeys {
  privateKey: string | null;
  gatewayPublicKey: string | null;
  secret: string | null;
}

const PRIVATE = "sandbox.callers.caller_private_key";
const GATEWAY_PRIVATE = "sandbox.callers.gateway_private_key";
const SECRET = "sandbox.callers.secret";

/** The caller's keys, the same each time; fresh ones at first, or when the sealed ones no longer open (new CASHIER_DATA). */
export async function keysOf(tx: Tx, gateway: SandboxGateway): Promise<CallerKeys> {
  return (await existingKeys(tx, gateway)) ?? freshKeys(tx, gateway);
}

async function existingKeys(tx: Tx, { id, callerNo, keys }: SandboxGateway): Promise<CallerKeys | null> {
  const [row] = await tx
    .select()
    .from(sandboxCallers)
    .where(and(eq(sandboxCallers.gateway, id), eq(sandboxCallers.callerNo, callerNo)));
  if (!row) return null;
  try {
    const opened = openKeys(row);
    const complete = (keys === "secret" || opened.privateKey !== null) && (keys === "rsa" || opened.secret !== null);
    return complete ? opened : null;
  } catch {
    return null; // Sealed under keys that are gone: the account gets new ones.
  }
}

function openKeys(row: InferSelectModel<typeof sandboxCallers>): CallerKeys {
  const rowId = callerRowId(row.gateway, row.callerNo);
  if (row.gatewayPrivateKey) unsealFor(GATEWAY_PRIVATE, rowId, row.gatewayPrivateKey);
  return {
    privateKey: row.callerPrivateKey && unsealFor(PRIVATE, rowId, row.callerPrivateKey),
    gatewayPublicKey: row.gatewayPublicKey,
    secret: row.secret && unsealFor(SECRET, rowId, row.secret),
  };
}

async function freshKeys(tx: Tx, { id, callerNo, appId, keys }: SandboxGateway): Promise<CallerKeys> {
  const rowId = callerRowId(id, callerNo);
  const caller = keys === "secret" ? null : newRsaKeyPair();
  const gateway = keys === "secret" ? null : newRsaKeyPair();
  const secret = keys === "rsa" ? null : newSecret();
  const sealed = {
    appId,
    callerPublicKey: caller?.publicKey ?? null,
    callerPrivateKey: caller && sealFor(PRIVATE, rowId, caller.privateKey),
    gatewayPublicKey: gateway?.publicKey ?? null,
    gatewayPrivateKey: gateway && sealFor(GATEWAY_PRIVATE, rowId, gateway.privateKey),
    secret: secret && sealFor(SECRET, rowId, secret),
  };
  await tx
    .insert(sandboxCallers)
    .values({ gateway: id, callerNo, ...sealed })
    .onConflictDoUpdate({ target: [sandboxCallers.gateway, sandboxCallers.callerNo], set: sealed });
  return { privateKey: caller?.privateKey ?? null, gatewayPublicKey: gateway?.publicKey ?? null, secret };
}

/** A shared secret as the gateways hand them out: 32 letters and digits. */
export function newSecret(): string {
  return randomBytes(16).toString("hex");
}
