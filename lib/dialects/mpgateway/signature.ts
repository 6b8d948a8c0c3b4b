import { constantTimeEqual, md5Hex } from "#lib/crypto/digest.ts";
import type { Caller } from "#lib/dialects/backend.ts";

/** md5 over the base64 text before URL-encoding, followed by the key, lower-case hex (seeds/002 §2.2). */
export function signatureOf(base64: string, key: string): string {
  return md5Hex(base64 + key);
}

/** True when `sign` fits the text exactly as received; either hex case is taken (protocols.md §2). */
export function isSignedWith(key: string, base64: string, sign: string): boolean {
  return constantTimeEqual(signatureOf(base64, key), sign.toLowerCase());
}

/** The key of an account, to sign what it receives. Throws when it has none: somebody provisioned it wrongly. */
export function keyOf(caller: Caller): string {
  if (!caller.secret) throw new Error(`mpgateway account ${caller.callerNo} has no key`);
  return caller.secret;
}
