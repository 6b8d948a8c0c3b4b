import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

/** Shortest password a person may choose, in characters. */
export const PASSWORD_MIN = 12;
/** Longest password read at all: a bound on what argon2 is fed. */
export const PASSWORD_MAX = 200;

// OWASP's argon2id floor; the library's default algorithm is argon2id (its enum is a const enum we cannot import).
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"; // 31 signs nobody mixes up when reading them aloud

/** argon2 works on Node's few threads, and so do the look-ups of gateways' names: many sign-ins at once must leave some free. */
const AT_ONCE = 2;
let working = 0;
const waiting: (() => void)[] = [];

let nobodys: Promise<string> | null = null;

export type NewPasswordProblem = "short" | "long" | "different";

/** What is wrong with a password somebody chooses, typed twice; null when nothing is. */
export function newPasswordProblem(next: string, again: string): NewPasswordProblem | null {
  if ([...next].length < PASSWORD_MIN) return "short";
  if (next.length > PASSWORD_MAX) return "long";
  return next === again ? null : "different";
}

/** The argon2id hash of a password, in PHC text form with its own salt. */
export function hashPassword(text: string): Promise<string> {
  return inTurn(() => hash(text, COST));
}

/**
 * Whether the password belongs to the hash. With `null` (nobody has that e-mail) it does the same work against a hash
 * nobody knows and says no, so that the time taken does not tell which e-mails exist.
 */
export async function passwordMatches(text: string, passwordHash: string | null): Promise<boolean> {
  nobodys ??= hashPassword(randomBytes(24).toString("base64url"));
  if (text.length > PASSWORD_MAX) return false;
  const known = passwordHash ?? (await nobodys);
  const matches = await inTurn(() => verify(known, text)).catch(() => false);
  return passwordHash !== null && matches;
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (working < AT_ONCE) working += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    // Whoever waited longest takes over this place; it is not free in between.
    const next = waiting.shift();
    if (next) next();
    else working -= 1;
  }
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
