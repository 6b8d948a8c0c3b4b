import type { WireRequest } from "#lib/dialects/dialect.ts";
import { readObject } from "#lib/dialects/xxpay/json.ts";
import type { Fields } from "#lib/dialects/xxpay/signature.ts";

export type Read = { ok: true; fields: Fields } | { ok: false; reason: string };

const TEXT_MAX_BYTES = 64 * 1024;
const FIELDS_MAX = 100;

/**
 * A request's fields: `params=<JSON>` (seeds/003 §1.2), or the same fields flat; in the body of a POST, or in the query
 * string when the body is empty (protocols.md §3). Refused: more than 64 KiB or 100 fields, a name twice, escapes, UTF-8
 * or JSON that is none, NUL.
 */
export function fieldsOf(request: WireRequest): Read {
  if (request.body.byteLength > TEXT_MAX_BYTES || request.query.length > TEXT_MAX_BYTES) return bad("请求过长");
  const body = request.method === "POST" ? utf8(request.body) : "";
  const pairs = body === null ? null : pairsOf(body === "" ? request.query : body);
  if (!pairs) return bad("编码不正确");
  const json = pairs.get("params");
  const fields = json === undefined ? pairs : readObject(json);
  if (!fields) return bad("params 必须为 json 对象");
  if (fields.size > FIELDS_MAX) return bad("参数过多");
  for (const [name, value] of fields) if (!isText(name) || !isText(value)) return bad("编码不正确");
  return { ok: true, fields };
}

/** Decoded parameters of a form or a query string; null when a name stands twice or an escape is none. */
export function pairsOf(text: string): Map<string, string> | null {
  const found = new Map<string, string>();
  for (const piece of text.split("&")) {
    if (piece === "") continue;
    const at = piece.indexOf("=");
    const name = decoded(at < 0 ? piece : piece.slice(0, at));
    const value = decoded(at < 0 ? "" : piece.slice(at + 1));
    if (name === null || value === null || found.has(name)) return null;
    found.set(name, value);
  }
  return found;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", "%20"));
  } catch {
    return null;
  }
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

// NUL fits in no database text, a lone surrogate has no UTF-8.
function isText(text: string): boolean {
  return !/[\0\p{Cs}]/u.test(text);
}

function bad(reason: string): Read {
  return { ok: false, reason };
}
