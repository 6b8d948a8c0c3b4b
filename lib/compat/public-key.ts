import { createPublicKey } from "node:crypto";

const BITS_MIN = 1024;
const TEXT_MAX = 8192;

/**
 * A shop's RSA public key as it was pasted: PEM with either heading, or the bare base64 that most gateways' pages show. Gives
 * SPKI PEM; null for anything else, a private key included (it has no business leaving the shop).
 */
export function readPublicKey(pasted: string): string | null {
  const text = pasted.trim();
  if (text.length > TEXT_MAX || /PRIVATE/.test(text)) return null;
  const bare = text.replace(/\s+/g, "");
  const pem = text.includes("-----BEGIN")
    ? text
    : `-----BEGIN PUBLIC KEY-----\n${bare.replace(/.{64}/g, "$&\n")}\n-----END PUBLIC KEY-----`;
  try {
    const key = createPublicKey(pem);
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return key.asymmetricKeyType === "rsa" && bits >= BITS_MIN ? String(key.export({ type: "spki", format: "pem" })) : null;
  } catch {
    return null;
  }
}
