import { constantTimeEqual, md5Hex } from "#lib/crypto/digest.ts";
import { rsaSha1Sign, rsaSha1Verify } from "#lib/crypto/rsa.ts";
import type { Fengniao } from "#lib/gateways/fengniao/credentials.ts";
import type { WireFields } from "#lib/gateways/operation.ts";
import { sortedByBytes, wellFormed } from "#lib/gateways/wire.ts";

/**
 * The fields a signature covers: all but `sign` and `sign_type`, blank ones, and values that begin with `@` (seeds/004 §3.1;
 * the last two as the vendor's clients do it, protocols.md §4). Only these may be believed.
 */
export function signedFields(fields: Readonly<Record<string, string>>): Record<string, string> {
  const covered = Object.entries(fields).filter(
    ([name, value]) => name !== "sign" && name !== "sign_type" && !/^[ \t\n\r\0\v]*$/.test(value) && !value.startsWith("@"),
  );
  return Object.fromEntries(covered);
}

/** Signed fields sorted by name, values RAW, `k=v` joined by `&`. */
export function canonicalText(fields: Readonly<Record<string, string>>): string {
  const covered = signedFields(fields);
  return sortedByBytes(Object.keys(covered))
    .map((name) => `${name}=${covered[name] ?? ""}`)
    .join("&");
}

/** The text a signature is made of (§3.1), MD5 and RSA alike: with the secret at its end. */
export function stringToSign(fields: Readonly<Record<string, string>>, secret: string): string {
  return `${canonicalText(fields)}&key=${secret}`;
}

/** Signs with the account's algorithm: MD5 in lower-case hex, or RSA with SHA-1 in base64. */
export function signatureOf(fields: Readonly<Record<string, string>>, { credentials, settings }: Fengniao): string {
  const text = stringToSign(fields, credentials.secret);
  return settings.signType === "RSA" ? rsaSha1Sign(text, credentials.privateKey) : md5Hex(text);
}

/** Whether the gateway signed these fields, by the account's algorithm whatever the message says. MD5 in either case of hex. */
export function verifies(fields: Readonly<Record<string, string>>, { credentials, settings }: Fengniao): boolean {
  const text = stringToSign(fields, credentials.secret);
  const signature = fields.sign ?? "";
  if (settings.signType === "RSA") return rsaSha1Verify(text, signature, credentials.gatewayPublicKey);
  return constantTimeEqual(md5Hex(text), signature.toLowerCase());
}

/**
 * `content` as PHP's json_encode writes it, which the vendor's own client uses: ASCII only, `\/` and `\uXXXX`, values as text;
 * no fields are `[]`. This very text is signed and sent.
 */
export function contentText(fields: WireFields): string {
  const entries = Object.entries(fields).map(([name, value]) => [name, wellFormed(value)] as const);
  if (entries.length === 0) return "[]";
  return JSON.stringify(Object.fromEntries(entries))
    .replaceAll("/", "\\/")
    .replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
