import type { WireRequest } from "#lib/dialects/dialect.ts";
import { parseMultipart } from "#lib/dialects/hipopay-agent/multipart.ts";
import { utf8 } from "#lib/dialects/hipopay-agent/utf8.ts";

/** Decoded parameters, by name, in the order received. */
export type Fields = ReadonlyMap<string, string>;
export type Parsed = { ok: true; fields: Fields } | { ok: false; reason: string };

const BODY_MAX_BYTES = 64 * 1024;
const FIELDS_MAX = 200;

/**
 * The parameters of a request, exactly once decoded: the query of a GET, the form of a POST (urlencoded or multipart;
 * protocols.md §1). Refused: more than 64 KiB or 200 fields, a name twice or empty, percent encoding or UTF-8 that is
 * none, NUL, other content types. The query of a POST is ignored: it would not be signed (seeds/000 §2.2).
 */
export function parseFields(request: WireRequest, contentType: string): Parsed {
  if (request.method === "GET") return request.query.length > BODY_MAX_BYTES ? bad("参数过长") : gather(urlencodedPairs(request.query));
  if (request.body.byteLength > BODY_MAX_BYTES) return bad("请求体超过 64 KiB");
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type === "multipart/form-data") return gather(parseMultipart(request.body, contentType));
  if (type !== "" && type !== "application/x-www-form-urlencoded") return bad("Content-Type 不支持");
  const text = utf8(request.body);
  return text === null ? bad("不是 UTF-8") : gather(urlencodedPairs(text));
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

function gather(pairs: readonly [string, string][] | null): Parsed {
  if (!pairs) return bad("编码不正确");
  if (pairs.length > FIELDS_MAX) return bad("参数过多");
  const fields = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (name === "") return bad("参数名为空");
    if (!isText(name) || !isText(value)) return bad("编码不正确");
    if (fields.has(name)) return bad(`${name} 重复`);
    fields.set(name, value);
  }
  return { ok: true, fields };
}

// A lone surrogate has no UTF-8, and NUL fits in no database text.
function isText(text: string): boolean {
  return !text.includes("\0") && Buffer.from(text, "utf8").toString("utf8") === text;
}

function bad(reason: string): Parsed {
  return { ok: false, reason };
}
