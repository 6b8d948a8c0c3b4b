import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from "node:crypto";

/** One AES-256 key and the id it is remembered by. */
export interface SealingKey {
  id: string;
  bytes: Uint8Array;
}

const objects = new WeakMap<Uint8Array, KeyObject>();

/** Made once a key: handing its bytes to the cipher anew costs as much as sealing does. */
function objectOf({ bytes }: SealingKey): KeyObject {
  const known = objects.get(bytes) ?? createSecretKey(bytes);
  objects.set(bytes, known);
  return known;
}

/**
 * Seals text with AES-256-GCM. `binding` (table, column, row) is authenticated with it, so a sealed value moved to
 * another row or column does not open. The result names its key: `v1.<keyId>.<iv>.<tag>.<ciphertext>` in base64url.
 */
export function seal(text: string, binding: string, key: SealingKey): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", objectOf(key), iv);
  cipher.setAAD(Buffer.from(binding, "utf8"));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return ["v1", key.id, b64(iv), b64(cipher.getAuthTag()), b64(body)].join(".");
}

/** Opens what `seal` made. Throws when the key is not among `keys`, or anything (text, row, column) was changed. */
export function unseal(sealed: string, binding: string, keys: readonly SealingKey[]): string {
  const [version, keyId, iv, tag, body] = sealed.split(".");
  const key = keys.find((candidate) => candidate.id === keyId);
  if (version !== "v1" || !key || !iv || !tag || body === undefined) throw new Error("sealed value: unknown key or form");
  const decipher = createDecipheriv("aes-256-gcm", objectOf(key), Buffer.from(iv, "base64url"));
  decipher.setAAD(Buffer.from(binding, "utf8"));
  decipher.setAuthTag(Buffer.from(tag, "base64url"));
  return Buffer.concat([decipher.update(Buffer.from(body, "base64url")), decipher.final()]).toString("utf8");
}

function b64(bytes: Buffer): string {
  return bytes.toString("base64url");
}
