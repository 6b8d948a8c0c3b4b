import type { WireRequest } from "#lib/dialects/dialect.ts";

export type Parameters = ReadonlyMap<string, string>;

const TEXT_MAX_BYTES = 64 * 1024;
const PARAMETERS_MAX = 50;

/**
 * The `req` and `sign` of a request: the form of a POST, or the query string (protocols.md §2: both are sent). The body is
 * read when it has a `req`, else the query. Null: more than 64 KiB, a name twice, escapes or UTF-8 that are none.
 */
export function envelopeOf(request: WireRequest): Parameters | null {
  if (request.body.byteLength > TEXT_MAX_BYTES) return null;
  const body = request.method === "POST" ? utf8(request.body) : "";
  if (body === null) return null;
  const form = pairsOf(body);
  if (form === null || form.has("req")) return form;
  return queryOf(request);
}

/** The query string's parameters, decoded once; null as above. */
export function queryOf(request: WireRequest): Parameters | null {
  return request.query.length > TEXT_MAX_BYTES ? null : pairsOf(request.query);
}

/** Text of bytes, or null when they are not UTF-8. */
export function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** False for text no database takes: NUL, and lone surrogates, which have no UTF-8. */
export function isText(text: string): boolean {
  return !/[\0\p{Cs}]/u.test(text);
}

function pairsOf(text: string): Parameters | null {
  const found = new Map<string, string>();
  for (const piece of text.split("&")) {
    if (piece === "") continue;
    const at = piece.indexOf("=");
    const name = decoded(at < 0 ? piece : piece.slice(0, at));
    const value = decoded(at < 0 ? "" : piece.slice(at + 1));
    if (name === null || value === null || found.has(name) || found.size >= PARAMETERS_MAX) return null;
    found.set(name, value);
  }
  return found;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return null;
  }
}
