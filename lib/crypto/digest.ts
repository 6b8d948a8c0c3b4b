import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** SHA-256 of text or bytes, lower-case hex. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** MD5 of UTF-8 text, lower-case hex: only for gateways whose document demands it. */
export function md5Hex(text: string): string {
  return createHash("md5").update(text, "utf8").digest("hex");
}

/** HMAC-SHA256 of UTF-8 text under a UTF-8 secret, lower-case hex. */
export function hmacSha256Hex(text: string, secret: string): string {
  return createHmac("sha256", secret).update(text, "utf8").digest("hex");
}

/** Compares two texts in time that depends only on their lengths. */
export function constantTimeEqual(a: string, b: string): boolean {
  const left = Buffer.from(a, "utf8");
  const right = Buffer.from(b, "utf8");
  return left.length === right.length && timingSafeEqual(left, right);
}
