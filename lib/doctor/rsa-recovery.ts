import { constants, createPublicKey, publicDecrypt, verify } from "node:crypto";
import type { Reading } from "#lib/doctor/given.ts";
import type { RsaKey } from "#lib/doctor/keys.ts";

/** What an RSA signature says once its key is known: which hash of which length, and the hash itself. */
export interface Recovered {
  key: RsaKey;
  hash: "md5" | "sha1" | "sha256" | "sha512";
  digest: Uint8Array;
  reading: Reading;
}

/** RFC 8017 §9.2: what stands before the digest, by hash. */
const DIGEST_INFO = {
  md5: "3020300c06082a864886f70d020505000410",
  sha1: "3021300906052b0e03021a05000414",
  sha256: "3031300d060960864801650304020105000420",
  sha512: "3051300d060960864801650304020305000440",
} as const;

/**
 * Opens a PKCS#1 v1.5 signature with each key: the padding fits one key only, so this tells "another key" from "another text".
 * The hash inside is what every text is then compared with. Null when none of the keys made it.
 */
export function recover(readings: readonly Reading[], keys: readonly RsaKey[]): Recovered | null {
  for (const reading of readings)
    for (const key of keys) {
      const payload = opened(reading.bytes, key.publicPem);
      if (!payload) continue;
      const text = payload.toString("hex");
      for (const hash of ["sha256", "sha1", "md5", "sha512"] as const)
        if (text.startsWith(DIGEST_INFO[hash])) return { key, hash, digest: payload.subarray(DIGEST_INFO[hash].length / 2), reading };
    }
  return null;
}

/** Whether the signature is one of RSA-PSS over this text: the right key, another padding. */
export function isPss(text: string, readings: readonly Reading[], keys: readonly RsaKey[]): boolean {
  const bytes = Buffer.from(text, "utf8");
  return readings.some((reading) =>
    keys.some(({ publicPem }) => {
      try {
        return verify("sha256", bytes, { key: publicPem, padding: constants.RSA_PKCS1_PSS_PADDING }, reading.bytes);
      } catch {
        return false;
      }
    }),
  );
}

/** How long a signature of this key is; 0 when it is no key. */
export function signatureBytes(publicPem: string): number {
  try {
    return (createPublicKey(publicPem).asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  } catch {
    return 0;
  }
}

/** The public half of a private key, or null when it is none. */
export function publicHalf(privatePem: string): string | null {
  try {
    return createPublicKey(privatePem).export({ type: "spki", format: "pem" }).toString();
  } catch {
    return null;
  }
}

function opened(signature: Uint8Array, publicPem: string): Buffer | null {
  try {
    return publicDecrypt({ key: publicPem, padding: constants.RSA_PKCS1_PADDING }, signature);
  } catch {
    return null;
  }
}
