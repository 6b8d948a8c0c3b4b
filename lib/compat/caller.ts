import type { CompatKey } from "#db/queries/compat-keys.ts";
import type { Caller } from "#lib/dialects/backend.ts";
import { unsealFor } from "#lib/secrets.ts";

/** What a key's secrets are sealed for. */
export const SECRET_COLUMN = "compat_keys.secret";
export const PRIVATE_KEY_COLUMN = "compat_keys.gateway_private_key";

/** A key as a dialect knows whoever calls, its secrets opened. Throws when they were sealed under keys that are gone. */
export function callerOf(key: CompatKey): Caller {
  return {
    callerNo: key.callerNo,
    merchantNos: [key.merchantNo],
    callerPublicKey: key.callerPublicKey,
    gatewayPrivateKey: key.gatewayPrivateKey && unsealFor(PRIVATE_KEY_COLUMN, key.id, key.gatewayPrivateKey),
    secret: key.secret && unsealFor(SECRET_COLUMN, key.id, key.secret),
    appId: key.appId,
  };
}
