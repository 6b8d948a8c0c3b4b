import { constantTimeEqual, md5Hex } from "#lib/crypto/digest.ts";
import { rsaSha1Sign, rsaSha1Verify } from "#lib/crypto/rsa.ts";
import type { Caller } from "#lib/dialects/backend.ts";

/** How a call or a notice is signed (seeds/004 §1.1 `sign_type`). RSA is SHA-1 over the same text, key and all (protocols.md §4). */
export type SignType = "MD5" | "RSA";

const UNSIGNED: ReadonlySet<string> = new Set(["sign", "sign_type"]);
/** What PHP's trim() takes away. */
const BLANK = /^[ \t\n\r\v]*$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** `MD5` or `RSA` of a `sign_type` in either case, or null. */
export function signTypeOf(text: string): SignType | null {
  const upper = text.toUpperCase();
  return upper === "MD5" || upper === "RSA" ? upper : null;
}

/**
 * seeds/004 §3.1: all fields but `sign` and `sign_type`, sorted by bytes, `name=value` joined by `&`, then `&key=<secret>`.
 * Blank values are not signed, nor, as in the SDK's origin, values that begin with `@`. Values stand verbatim.
 */
export function textToSign(fields: ReadonlyMap<string, string>, secret: string): string {
  const pairs = [...fields]
    .filter(([name, value]) => !UNSIGNED.has(name) && !BLANK.test(value) && !value.startsWith("@"))
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8")))
    .map(([name, value]) => `${name}=${value}`);
  return [...pairs, `key=${secret}`].join("&");
}

/** True when `sign` fits the received fields under the caller's secret, and for RSA its public key. Never throws. */
export function isSignedBy(caller: Caller, fields: ReadonlyMap<string, string>, signType: SignType, sign: string): boolean {
  if (caller.secret === null || caller.secret === "") return false;
  const text = textToSign(fields, caller.secret);
  if (signType === "MD5") return constantTimeEqual(sign.trim().toLowerCase(), md5Hex(text));
  if (caller.callerPublicKey === null) return false;
  // A base64 `+` of a body that was not encoded arrives as a space (protocols.md §4: C#).
  const base64 = sign.trim().replaceAll(" ", "+");
  return BASE64.test(base64) && rsaSha1Verify(text, base64, caller.callerPublicKey);
}

/** The signature of a notice. Throws, naming the account, when the key it needs is missing. */
export function signatureOf(caller: Caller, fields: ReadonlyMap<string, string>, signType: SignType): string {
  if (caller.secret === null || caller.secret === "") throw new Error(`fengniao account ${caller.callerNo} has no secret`);
  const text = textToSign(fields, caller.secret);
  if (signType === "MD5") return md5Hex(text);
  if (caller.gatewayPrivateKey === null) throw new Error(`fengniao account ${caller.callerNo} has no gateway key`);
  return rsaSha1Sign(text, caller.gatewayPrivateKey);
}
