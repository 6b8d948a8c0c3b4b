import { createHash, createHmac } from "node:crypto";
import type { Cause, CauseId } from "#lib/doctor/causes.ts";
import { bytesOf } from "#lib/doctor/charset.ts";
import { withoutEnds } from "#lib/doctor/ends.ts";
import { type Algorithm, fullText, type Recipe } from "#lib/doctor/recipe.ts";

/** What a given signature may stand for: the bytes it says, and what is wrong with how it says them. */
export interface Reading {
  bytes: Uint8Array;
  causes: readonly Cause[];
  /** The first byte of a digest these are; 0 but for MD5 cut to its middle. */
  from: number;
  /** Fewer bytes than the digest: only this much is compared. */
  partial: boolean;
}

/** How a document writes signatures. */
export type Writing = "hex" | "HEX" | "base64";

const DIGESTS = [16, 20, 32, 64];
/** So many bytes must be there for a piece to be no accident: 48 bits against some ten thousand tries. */
const PARTIAL_MIN = 6;

/** Everything a signature's text may mean, the document's own writing first. `rsaBytes`: how long an RSA signature is. */
export function readingsOf(given: string, writing: Writing, rsaBytes: readonly number[] = []): Reading[] {
  const readings: Reading[] = [];
  const lengths = [...DIGESTS, ...rsaBytes];
  for (const { text, causes } of [{ text: given, causes: [] }, ...undressed(given)]) {
    for (const { bytes, causes: more } of decoded(text, writing)) {
      const all = [...causes, ...more];
      const fits = lengths.includes(bytes.length);
      if (fits) readings.push({ bytes, causes: all, from: 0, partial: false });
      if (bytes.length === 8) readings.push({ bytes, causes: [...all, { id: "truncated", form: "16" }], from: 4, partial: true });
      if (!fits && bytes.length >= PARTIAL_MIN && bytes.length < 64)
        readings.push({ bytes, causes: [...all, { id: "truncated" }], from: 0, partial: true });
      const inner = Buffer.from(bytes).toString("latin1");
      if (/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i.test(inner))
        readings.push({
          bytes: Buffer.from(inner, "hex"),
          causes: [...all, { id: "signature_form", form: "base64(hex)" }],
          from: 0,
          partial: false,
        });
    }
  }
  return readings;
}

// What people leave around a signature: quotes, blanks, line breaks, percent-encoding, a version before it.
function undressed(given: string): { text: string; causes: Cause[] }[] {
  const found: { text: string; causes: Cause[] }[] = [];
  const add = (text: string, form: string, id: CauseId = "signature_form") => {
    if (text !== given && text !== "") found.push({ text, causes: [{ id, form }] });
  };
  add(withoutEnds(given, /["'\s]/), "blanks or quotes");
  add(given.replace(/\s+/g, ""), "line breaks");
  add(given.replaceAll(" ", "+"), "+ → blank", "plus_or_space");
  add(given.replace(/^(?:v1[,=]|sha256=|sha1=|md5=|0x)/i, ""), "prefix");
  add(given.replace(/[-:]/g, ""), "separators");
  try {
    add(decodeURIComponent(given), "percent-encoded");
  } catch {
    // A `%` that encodes nothing.
  }
  return found;
}

function decoded(text: string, writing: Writing): { bytes: Uint8Array; causes: Cause[] }[] {
  const found: { bytes: Uint8Array; causes: Cause[] }[] = [];
  const hexIsDue = writing !== "base64";
  if (/^[0-9a-f]+$/i.test(text)) {
    const even = text.length % 2 === 0 ? text : text.slice(0, -1);
    const asDue = writing === "HEX" ? text === text.toUpperCase() : text === text.toLowerCase();
    found.push({
      bytes: Buffer.from(even, "hex"),
      causes: !hexIsDue ? [{ id: "signature_form", form: "hex" }] : asDue ? [] : [{ id: "hex_case" }],
    });
  }
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 !== 1) {
    const unpadded = text.length % 4 !== 0;
    const causes: Cause[] = hexIsDue
      ? [{ id: "signature_form", form: "base64" }]
      : unpadded
        ? [{ id: "signature_form", form: "no padding" }]
        : [];
    found.push({ bytes: Buffer.from(text, "base64"), causes });
  } else if (/^[A-Za-z0-9_-]+={0,2}$/.test(text) && text.length % 4 !== 1) {
    found.push({ bytes: Buffer.from(text, "base64url"), causes: [{ id: "signature_form", form: "base64url" }] });
  }
  return found;
}

const LENGTH = { md5: 16, sha1: 20, sha256: 32, sha512: 64 } as const;
type Hash = keyof typeof LENGTH;

/** The algorithms whose digest has this length. */
export function algorithmsOf(length: number): Algorithm[] {
  const hash = (Object.keys(LENGTH) as Hash[]).find((one) => LENGTH[one] === length);
  if (!hash) return [];
  return hash === "md5" ? [hash, `hmac-${hash}`, `double-${hash}`] : [hash, `hmac-${hash}`];
}

/** The digest a recipe comes to. */
export function digestOf(recipe: Recipe, text = fullText(recipe)): Buffer {
  const bytes = bytesOf(text, recipe.charset);
  const [kind, hash] = recipe.algorithm.includes("-") ? (recipe.algorithm.split("-") as [string, Hash]) : ["", recipe.algorithm as Hash];
  if (kind === "hmac")
    return createHmac(hash, recipe.key.bytes ?? recipe.key.text)
      .update(bytes)
      .digest();
  const once = createHash(hash).update(bytes).digest();
  return kind === "double" ? createHash(hash).update(once.toString("hex")).digest() : once;
}

/** Whether a digest is what a reading says. */
export function fits(digest: Buffer, reading: Reading): boolean {
  if (!reading.partial) return digest.equals(reading.bytes);
  return digest.length > reading.bytes.length && digest.subarray(reading.from, reading.from + reading.bytes.length).equals(reading.bytes);
}
