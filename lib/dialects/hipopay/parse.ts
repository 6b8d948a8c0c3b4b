import type { WireRequest } from "#lib/dialects/dialect.ts";
import { type Read, wrong } from "#lib/dialects/hipopay/fault.ts";
import { multipartPairs } from "#lib/dialects/multipart.ts";
import { utf8 } from "#lib/dialects/utf8.ts";

/** Decoded parameters, by name, in the order received. */
export type Fields = ReadonlyMap<string, string>;

const BODY_MAX_BYTES = 64 * 1024;
const FIELDS_MAX = 200;

/**
 * The parameters of a request, exactly once decoded: the query of a GET, the form of a POST (urlencoded or multipart;
 * protocols.md §1). Refused: more than 64 KiB or 200 fields, a name twice or empty, percent encoding or UTF-8 that is
 * none, NUL, other content types. The query of a POST is ignored: it would not be signed (seeds/000 §2.2).
 */
export function parseFields(request: WireRequest, contentType: string): Read<Fields> {
  if (request.method === "GET")
    return request.query.length > BODY_MAX_BYTES ? wrong(null, "too_long") : gather(urlencodedPairs(request.query));
  if (request.body.byteLength > BODY_MAX_BYTES) return wrong(null, "body_large");
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type === "multipart/form-data") return gather(multipartPairs(request.body, contentType));
  if (type !== "" && type !== "application/x-www-form-urlencoded") return wrong("Content-Type", "content_type");
  const text = utf8(request.body);
  return text === null ? wrong(null, "not_utf8") : gather(urlencodedPairs(text));
}

function urlencodedPairs(text: string): [string, string][] | null {
  const pairs: [string, string][] = [];
  for (const piece of text.split("&")) {
    if (piece === "") continue;
    const at = piece.indexOf("=");
    const name = decoded(at < 0 ? piece : piece.slice(0, at));
    const value = decoded(at < 0 ? "" : piece.slice(at + 1));
    if (name === null || value === null) return null;
    pairs.push([name, value]);
  }
  return pairs;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", "%20"));
  } catch {
    return null;
  }
}

function gather(pairs: readonly [string, string][] | null): Read<Fields> {
  if (!pairs) return wrong(null, "encoding");
  if (pairs.length > FIELDS_MAX) return wrong(null, "too_many");
  const fields = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (name === "") return wrong(null, "name_empty");
    if (!isText(name) || !isText(value)) return wrong(null, "encoding");
    if (fields.has(name)) return wrong(name, "name_twice");
    fields.set(name, value);
  }
  return { ok: true, value: fields };
}

// A lone surrogate has no UTF-8, and NUL fits in no database text.
function isText(text: string): boolean {
  return !text.includes("\0") && Buffer.from(text, "utf8").toString("utf8") === text;
}
