import { utf8 } from "#lib/dialects/utf8.ts";

const BOUNDARY = /;\s*boundary=(?:"([^"]{1,70})"|([^;\s"]{1,70}))/i;
/** PHP and curl quote the name, .NET does not. A `filename` after it is a file, which no field here is. */
const DISPOSITION = /^content-disposition:\s*form-data;\s*name=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))\s*$/i;

/**
 * The fields of a multipart/form-data body (RFC 7578), as PHP's curl sends an array and .NET a MultipartFormDataContent:
 * name and value in order, or null when it is malformed, not UTF-8, or carries a file.
 */
export function multipartPairs(body: Uint8Array, contentType: string): [string, string][] | null {
  const match = BOUNDARY.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) return null;
  // Latin-1 keeps one character per byte, so cutting text is cutting bytes.
  const [preamble, ...parts] = `\r\n${Buffer.from(body).toString("latin1")}`.split(`\r\n--${boundary}`);
  const end = parts.pop();
  if (preamble !== "" || end === undefined || !/^--(?:\r\n)?$/.test(end)) return null;
  const pairs: [string, string][] = [];
  for (const part of parts) {
    const pair = pairOf(part);
    if (!pair) return null;
    pairs.push(pair);
  }
  return pairs;
}

function pairOf(part: string): [string, string] | null {
  const headersEnd = part.indexOf("\r\n\r\n");
  if (!part.startsWith("\r\n") || headersEnd < 2) return null;
  for (const line of part.slice(2, headersEnd).split("\r\n")) {
    const match = DISPOSITION.exec(line);
    if (!match) continue;
    const name = utf8(Buffer.from(match[2] ?? (match[1] ?? "").replace(/\\(.)/g, "$1"), "latin1"));
    const value = utf8(Buffer.from(part.slice(headersEnd + 4), "latin1"));
    return name === null || value === null ? null : [name, value];
  }
  return null;
}
