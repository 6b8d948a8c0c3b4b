import { createPrivateKey, createPublicKey, generateKeyPair, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { promisify } from "node:util";

const KEYS = new Map<string, KeyObject>();
const KEYS_MAX = 2000;

/** RSASSA-PKCS1-v1_5 with SHA-256 over UTF-8 text, base64. `privateKeyPem` is PKCS#1 or PKCS#8; throws when it is no key. */
export function rsaSha256Sign(text: string, privateKeyPem: string): string {
  return sign("sha256", Buffer.from(text, "utf8"), parsed(privateKeyPem, createPrivateKey)).toString("base64");
}

/** True when `signatureBase64` is a valid RSASSA-PKCS1-v1_5 / SHA-256 signature of the text. Never throws on a bad signature or key. */
export function rsaSha256Verify(text: string, signatureBase64: string, publicKeyPem: string): boolean {
  const signature = Buffer.from(signatureBase64, "base64");
  if (signature.length === 0) return false;
  try {
    return verify("sha256", Buffer.from(text, "utf8"), parsed(publicKeyPem, createPublicKey), signature);
  } catch {
    return false;
  }
}

/** RSASSA-PKCS1-v1_5 with SHA-1, base64: only for gateways whose document demands it (seeds/004). Throws when the key is none. */
export function rsaSha1Sign(text: string, privateKeyPem: string): string {
  return sign("sha1", Buffer.from(text, "utf8"), parsed(privateKeyPem, createPrivateKey)).toString("base64");
}

/** True when `signatureBase64` is a valid RSASSA-PKCS1-v1_5 / SHA-1 signature of the text. Never throws on a bad signature or key. */
export function rsaSha1Verify(text: string, signatureBase64: string, publicKeyPem: string): boolean {
  const signature = Buffer.from(signatureBase64, "base64");
  if (signature.length === 0) return false;
  try {
    return verify("sha1", Buffer.from(text, "utf8"), parsed(publicKeyPem, createPublicKey), signature);
  } catch {
    return false;
  }
}

/** True when the PEM text holds a usable RSA key of the given kind. */
export function isRsaKey(pem: string, kind: "private" | "public"): boolean {
  try {
    const key = kind === "private" ? createPrivateKey(pem) : createPublicKey(pem);
    return key.asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}

/** A fresh 2048-bit RSA key pair, PKCS#8 and SPKI in PEM. */
export function newRsaKeyPair(): { privateKey: string; publicKey: string } {
  return generateKeyPairSync("rsa", NEW_PAIR);
}

/** The same beside everything else the process does: the search for primes takes it up to half a second. */
export function makeRsaKeyPair(): Promise<{ privateKey: string; publicKey: string }> {
  return promisify(generateKeyPair)("rsa", NEW_PAIR);
}

const NEW_PAIR = {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
} as const;

// Parsing a PEM costs more than verifying with it, so parsed keys are kept, by their text, up to a bound.
function parsed(pem: string, parse: (pem: string) => KeyObject): KeyObject {
  const found = KEYS.get(pem);
  if (found) return found;
  const key = parse(pem);
  if (KEYS.size >= KEYS_MAX) KEYS.clear();
  KEYS.set(pem, key);
  return key;
}
