import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

/** Shortest password a person may choose, in characters. */
export const PASSWORD_MIN = 12;
/** Longest password read at all: a bound on what argon2 is fed. */
export const PASSWORD_MAX = 200;

// OWASP's argon2id floor; the library's default algorithm is argon2id (its enum is a const enum we cannot import).
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"; // 31 signs nobody mixes up when reading them aloud

let nobodys: Promise<string> | null = null;

/** The argon2id hash of a password, in PHC text form with its own salt. */
export function hashPassword(text: string): Promise<string> {
  return hash(text, COST);
}

/**
 * Whether the password belongs to the hash. With `null` (nobody has that e-mail) it does the same work against a hash
 * nobody knows and says no, so that the time taken does not tell which e-mails exist.
 */
export async function passwordMatches(text: string, passwordHash: string | null): Promise<boolean> {
  nobodys ??= hashPassword(randomBytes(24).toString("base64url"));
  if (text.length > PASSWORD_MAX) return false;
  const matches = await verify(passwordHash ?? (await nobodys), text).catch(() => false);
  return passwordHash !== null && matches;
}

/** A one-time password of about 99 random bits, in five groups of four, e.g. `k7mp-x3vd-…`. */
export function newPassword(): string {
  const signs = Array.from({ length: 20 }, () => ALPHABET.charAt(randomBelow(ALPHABET.length)));
  return [0, 4, 8, 12, 16].map((at) => signs.slice(at, at + 4).join("")).join("-");
}

// Rejection keeps every sign equally likely.
function randomBelow(limit: number): number {
  for (;;) {
    const byte = randomBytes(1).readUInt8(0);
    if (byte < Math.floor(256 / limit) * limit) return byte % limit;
  }
}
