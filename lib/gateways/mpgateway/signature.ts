import { constantTimeEqual, md5Hex } from "#lib/crypto/digest.ts";
import type { WireFields } from "#lib/gateways/operation.ts";
import { parseJson } from "#lib/gateways/wire.ts";

/** seeds/002 §2.2: the fields as JSON, UTF-8, base64. What is signed and sent is this text, never a second rendering of it. */
export function wrap(fields: WireFields): string {
  return Buffer.from(JSON.stringify(fields), "utf8").toString("base64");
}

/** seeds/002 §2.2: md5 of the base64 text followed by the key, lower-case hex. */
export function sign(base64: string, key: string): string {
  return md5Hex(base64 + key);
}

/** Whether the sender of this received base64 text holds the key. Either hex case; a blank where form decoding ate a `+`. */
export function verifies(base64: string, signature: string, key: string): boolean {
  return constantTimeEqual(sign(restored(base64), key), signature.trim().toLowerCase());
}

/** The JSON text inside a received base64 text, or null when it is no strict base64 of UTF-8. */
export function unwrapText(base64: string): string | null {
  const text = restored(base64);
  if (text === "" || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(text, "base64"));
  } catch {
    return null;
  }
}

/** The JSON object inside, numbers as their source text; null when it is none. */
export function unwrap(base64: string): Record<string, unknown> | null {
  const text = unwrapText(base64);
  const value = text === null ? null : parseJson(text);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

/** Base64 as it was before a receiver read its bare `+` as a blank. */
export function restored(base64: string): string {
  return base64.trim().replaceAll(" ", "+");
}
