import type { WireRequest } from "#lib/dialects/dialect.ts";
import { isPlain } from "#lib/dialects/fengniao/text.ts";
import { multipartPairs } from "#lib/dialects/multipart.ts";
import { utf8 } from "#lib/dialects/utf8.ts";

/** Decoded parameters by name. */
export type Fields = ReadonlyMap<string, string>;
export type Parsed = { ok: true; fields: Fields } | { ok: false; reason: string };

const BODY_MAX_BYTES = 64 * 1024;
const FIELDS_MAX = 100;

/**
 * The common parameters of a call, decoded exactly once: those of the query string and of the form, urlencoded or multipart,
 * together. Refused: more than 64 KiB or 100 fields, one name with two values, an empty name, what is not UTF-8, NUL, other
 * content types. A per cent sign that begins no escape stays as it is: C# clients do not encode their bodies (protocols.md §4).
 */
export function parseFields(request: WireRequest, contentType: string): Parsed {
  if (request.query.length > BODY_MAX_BYTES || request.body.byteLength > BODY_MAX_BYTES) return bad("请求超过 64 KiB");
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type !== "multipart/form-data" && type !== "application/x-www-form-urlencoded" && type !== "") return bad("Content-Type 不支持");
  const query = urlencodedPairs(request.query);
  const body = type === "multipart/form-data" ? multipartPairs(request.body, contentType) : urlencodedPairs(utf8(request.body));
  return query && body ? gather([...query, ...body]) : bad("编码不正确");
}

function urlencodedPairs(text: string | null): [string, string][] | null {
  const pairs: [string, string][] = [];
  for (const piece of text?.split("&") ?? []) {
    if (piece === "") continue;
    const at = piece.indexOf("=");
    const name = decoded(at < 0 ? piece : piece.slice(0, at));
    const value = decoded(at < 0 ? "" : piece.slice(at + 1));
    if (name === null || value === null) return null;
    pairs.push([name, value]);
  }
  return text === null ? null : pairs;
}

function decoded(text: string): string | null {
  try {
    return text.replaceAll("+", " ").replace(/(?:%[0-9a-f]{2})+/gi, decodeURIComponent);
  } catch {
    return null;
  }
}

function gather(pairs: readonly [string, string][]): Parsed {
  if (pairs.length > FIELDS_MAX) return bad("参数过多");
  const fields = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (name === "") return bad("参数名为空");
    if (!isPlain(name) || !isPlain(value)) return bad("编码不正确");
    // The same parameter in query and body is one parameter, unless they disagree.
    if ((fields.get(name) ?? value) !== value) return bad(`${name} 重复`);
    fields.set(name, value);
  }
  return { ok: true, fields };
}

function bad(reason: string): Parsed {
  return { ok: false, reason };
}
