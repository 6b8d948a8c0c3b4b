import { and, asc, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { sandboxCallers } from "#db/schema/sandbox/callers.ts";
import { sandboxMerchants } from "#db/schema/sandbox/merchants.ts";
import type { Caller } from "#lib/dialects/backend.ts";
import { unsealFor } from "#lib/secrets.ts";

/** What a caller's keys are sealed for. */
export const callerRowId = (gateway: string, callerNo: string): string => `${gateway}.${callerNo}`;

/** A caller with its keys opened and its merchants, or null. */
export async function readCaller(tx: Tx, gateway: string, callerNo: string): Promise<Caller | null> {
  const [row] = await tx
    .select()
    .from(sandboxCallers)
    .where(and(eq(sandboxCallers.gateway, gateway), eq(sandboxCallers.callerNo, callerNo)));
  if (!row) return null;
  const merchants = await tx
    .select({ no: sandboxMerchants.merchantNo })
    .from(sandboxMerchants)
    .where(and(eq(sandboxMerchants.gateway, gateway), eq(sandboxMerchants.callerNo, callerNo)))
    .orderBy(asc(sandboxMerchants.merchantNo));
  const id = callerRowId(gateway, callerNo);
  return {
    callerNo,
    merchantNos: merchants.map((merchant) => merchant.no),
    callerPublicKey: row.callerPublicKey,
    gatewayPrivateKey: row.gatewayPrivateKey && unsealFor("sandbox.callers.gateway_private_key", id, row.gatewayPrivateKey),
    secret: row.secret && unsealFor("sandbox.callers.secret", id, row.secret),
    appId: row.appId,
  };
}

/** The caller a merchant belongs to, or null. */
export async function readCallerOfMerchant(tx: Tx, gateway: string, merchantNo: string): Promise<Caller | null> {
  const [row] = await tx
    .select({ callerNo: sandboxMerchants.callerNo })
    .from(sandboxMerchants)
    .where(and(eq(sandboxMerchants.gateway, gateway), eq(sandboxMerchants.merchantNo, merchantNo)));
  return row ? readCaller(tx, gateway, row.callerNo) : null;
}
