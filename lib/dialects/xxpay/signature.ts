import { constantTimeEqual, md5Hex } from "#lib/crypto/digest.ts";
import type { Caller } from "#lib/dialects/backend.ts";

/** Fields by name, as text. */
export type Fields = ReadonlyMap<string, string>;

/**
 * What is signed, without the key: seeds/003 §1.3. `sign` and empty values are left out, whatever else came is in, known
 * or not; names sort by ASCII.
 */
export function canonicalText(fields: Fields): string {
  return [...fields.keys()]
    .filter((name) => name !== "sign" && fields.get(name) !== "")
    .sort()
    .map((name) => `${name}=${fields.get(name)}`)
    .join("&");
}

/** MD5 of the text and `&key=`, upper case. */
export function signatureOf(fields: Fields, key: string): string {
  const text = canonicalText(fields);
  return md5Hex(`${text}${text === "" ? "" : "&"}key=${key}`).toUpperCase();
}

/** True when the fields' own `sign` fits them, in either hex case (protocols.md §3). */
export function isSignedWith(key: string, fields: Fields): boolean {
  return constantTimeEqual(signatureOf(fields, key), (fields.get("sign") ?? "").toUpperCase());
}

/** The key of an account, to sign what it receives. Throws when it has none: somebody provisioned it wrongly. */
export function keyOf(caller: Caller): string {
  if (!caller.secret) throw new Error(`xxpay account ${caller.callerNo} has no key`);
  return caller.secret;
}
