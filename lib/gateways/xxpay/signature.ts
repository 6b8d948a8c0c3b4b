import { constantTimeEqual, md5Hex } from "#lib/crypto/digest.ts";
import { sortedByBytes } from "#lib/gateways/wire.ts";

const DEPTH_MAX = 20;
/** A number, by the text it was written in: nothing that is signed passes through a float. */
const SOURCE = Symbol("source");

/**
 * seeds/003 §1.3: what is signed, without the key. Empty values and `sign` are left out, names are sorted by ASCII, `k=v` joined
 * by `&`. The fields are every one there is, known or not.
 */
export function canonical(fields: Readonly<Record<string, string>>): string {
  const names = sortedByBytes(Object.keys(fields)).filter((name) => name !== "sign" && fields[name] !== "");
  return names.map((name) => `${name}=${fields[name]}`).join("&");
}

/** The canonical text with the key behind it, as one more pair. */
export function stringToSign(fields: Readonly<Record<string, string>>, key: string): string {
  const text = canonical(fields);
  return text === "" ? `key=${key}` : `${text}&key=${key}`;
}

/** seeds/003 §1.3: MD5 of the string to sign, UPPER-case hex. */
export function sign(fields: Readonly<Record<string, string>>, key: string): string {
  return md5Hex(stringToSign(fields, key)).toUpperCase();
}

/** Whether the sender of these fields holds the key; either hex case. */
export function verifies(fields: Readonly<Record<string, string>>, key: string): boolean {
  return constantTimeEqual(sign(fields, key), (fields.sign ?? "").trim().toUpperCase());
}

/**
 * A JSON object's fields as they are signed: text as it is, numbers by their source text, booleans as `true` and `false`, null
 * as empty, and what is nested as compact JSON with sorted names (`payParams` of §2.1.5). Null when it is no JSON object.
 */
export function signedFields(json: string): Record<string, string> | null {
  const value = parseWithSources(json);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const fields: [string, string][] = [];
  for (const [name, child] of Object.entries(value)) {
    const text = typeof child === "string" ? child : child === null ? "" : compact(child, 0);
    if (text === null) return null;
    fields.push([name, text]);
  }
  return Object.fromEntries(fields);
}

// Sorted names, no blanks, no `\/`, raw UTF-8; a null inside is left out, as fastjson does. Null when it is nested too deep.
function compact(value: unknown, depth: number): string | null {
  if (depth > DEPTH_MAX) return null;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (SOURCE in value) return String(value[SOURCE]);
  if (Array.isArray(value))
    return joined(
      "[",
      value.map((child) => compact(child, depth + 1)),
      "]",
    );
  const entries = Object.entries(value).filter(([, child]) => child !== null);
  const byName = new Map(entries);
  const parts = sortedByBytes(byName.keys()).map((name) => {
    const text = compact(byName.get(name), depth + 1);
    return text === null ? null : `${JSON.stringify(name)}:${text}`;
  });
  return joined("{", parts, "}");
}

function joined(open: string, parts: readonly (string | null)[], close: string): string | null {
  return parts.includes(null) ? null : `${open}${parts.join(",")}${close}`;
}

function parseWithSources(json: string): unknown {
  const keep = (_name: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === "number" ? { [SOURCE]: context?.source ?? String(value) } : value;
  try {
    return JSON.parse(json, keep as (name: string, value: unknown) => unknown);
  } catch {
    return undefined;
  }
}
