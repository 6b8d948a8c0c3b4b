import { randomFillSync } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford base32, lower case

/** Prefixes of public ids, one per thing. */
export const PREFIXES = {
  merchant: "mer",
  user: "usr",
  session: "ses",
  signInStep: "sis",
  browser: "brw",
  account: "acc",
  link: "lnk",
  order: "ord",
  attempt: "att",
  refund: "rfd",
  refundRequest: "rfr",
  payout: "pyt",
  notification: "ntf",
  exchange: "exc",
  endpoint: "whe",
  delivery: "msg",
  secret: "whs",
  replay: "rpl",
  compatKey: "cpk",
  apiKey: "key",
  request: "req",
  alertChannel: "ach",
  alertMessage: "alm",
  view: "viw",
  invitation: "inv",
  logo: "lgo",
} as const;

export type Thing = keyof typeof PREFIXES;

/** A new public id of 128 random bits, e.g. `ord_0h2…` (26 base32 characters). */
export function newId(thing: Thing): string {
  return `${PREFIXES[thing]}_${base32(randomBytes(16))}`;
}

/** The public id that a token gives a thing: the same each time, so that whoever makes it again finds it made. */
export function namedId(thing: Thing, token: string): string {
  return `${PREFIXES[thing]}_${token}`;
}

/** An unguessable token of 128 random bits for a checkout address. */
export function newToken(): string {
  return base32(randomBytes(16));
}

/** A recovery code of 80 random bits in four groups, e.g. `k7mp-x3vd-0h2t-9w4c`: readable aloud, no two signs alike. */
export function newRecoveryCode(): string {
  const signs = base32(randomBytes(10));
  return [0, 4, 8, 12].map((at) => signs.slice(at, at + 4)).join("-");
}

/** A recovery code as it was made, however it was typed: groups, capitals, and the signs people take for 0 and 1; null when it can be none. */
export function readRecoveryCode(typed: string): string | null {
  if (typed.length > 100) return null;
  const signs = typed.toLowerCase().replace(/[\s-]/g, "").replaceAll("o", "0").replace(/[il]/g, "1");
  return /^[0-9a-hjkmnp-tv-z]{16}$/.test(signs) ? [0, 4, 8, 12].map((at) => signs.slice(at, at + 4)).join("-") : null;
}

/** Whether a text may be such a token: what is none is not worth a query (and a NUL in it would break one). */
export function isToken(text: string): boolean {
  return /^[0-9a-hjkmnp-tv-z]{20,32}$/.test(text);
}

/**
 * A gateway order or refund number of our own: `YYYYMMDD` (UTC+8) and 20 upper-case base32 characters, 28 in all.
 * Fits every gateway (mpgateway 8–32 alphanumerics, xxpay ≤ 30, fengniao ≤ 64).
 */
export function newGatewayNumber(now: Date): string {
  const day = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll("-", "");
  return day + base32(randomBytes(13)).slice(0, 20).toUpperCase();
}

const pool = Buffer.alloc(4096);
let used = pool.length;

/** Random bytes of the system's, drawn 4096 at a time: asking for sixteen costs as much. None is given twice. */
function randomBytes(count: number): Uint8Array {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Uint8Array.prototype.slice.call(pool, used, used + count);
  pool.fill(0, used, used + count);
  used += count;
  return bytes;
}

function base32(bytes: Uint8Array): string {
  let bits = 0;
  let value = 0;
  let text = "";
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      text += ALPHABET.charAt((value >>> (bits - 5)) & 31);
      bits -= 5;
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET.charAt((value << (5 - bits)) & 31) : text;
}
