import { isText, utf8 } from "#lib/dialects/mpgateway/parameters.ts";

/** The JSON fields of a message, as text: a number by its own digits, never through a float. */
export type Fields = ReadonlyMap<string, string>;

/** A value this gateway writes: text, or a whole number that leaves as a JSON number (`txnamt` is an int, seeds/002 §3.1.3). */
export type Value = string | bigint;

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * The fields inside a `req`: base64 of a JSON object in UTF-8 (seeds/002 §2.2). Line breaks are allowed, as Java's encoder
 * makes them. Null and nested values count as absent: no field of the document has one. Null when it is no such thing.
 */
export function readMessage(base64: string): Fields | null {
  const compact = base64.replace(/[\r\n]/g, "");
  const text = BASE64.test(compact) ? utf8(Buffer.from(compact, "base64")) : null;
  const object = text === null ? null : objectOf(text);
  if (object === null) return null;
  const fields = new Map<string, string>();
  for (const [name, value] of Object.entries(object)) {
    const scalar = typeof value === "string" ? value : typeof value === "boolean" ? String(value) : null;
    if (!isText(name) || (scalar !== null && !isText(scalar))) return null;
    if (scalar !== null) fields.set(name, scalar);
  }
  return fields;
}

/** The base64 of a message's JSON, raw UTF-8 inside. */
export function writeMessage(fields: Readonly<Record<string, Value>>): string {
  const members = Object.entries(fields).map(
    ([name, value]) => `${JSON.stringify(name)}:${typeof value === "bigint" ? value.toString() : JSON.stringify(value)}`,
  );
  return Buffer.from(`{${members.join(",")}}`, "utf8").toString("base64");
}

function objectOf(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text, sourceOfNumber);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

// Node hands the reviver a primitive's own text (ECMAScript: JSON.parse source text access).
function sourceOfNumber(_name: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === "number" ? (context?.source ?? null) : value;
}
