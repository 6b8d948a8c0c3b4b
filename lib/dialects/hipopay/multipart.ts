import { utf8 } from "#lib/dialects/hipopay/utf8.ts";

const BOUNDARY = /;\s*boundary=(?:"([^"]{1,70})"|([^;\s"]{1,70}))/i;
const DISPOSITION = /^content-disposition:\s*form-data;\s*name="((?:[^"\\]|\\.)*)"\s*$/i;

/**
 * The fields of a multipart/form-data body (RFC 7578), which PHP's curl sends for an array: a list of name and value,
 * or null when it is malformed, not UTF-8, or carries a file. Only what curl and browsers write is taken: no preamble,
 * every part with a quoted name.
 */
export function parseMultipart(body: Uint8Array, contentType: string): [string, string][] | null {
  const match = BOUNDARY.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) return null;
  // Latin-1 keeps one character per byte, so cutting text is cutting bytes.
  const [preamble, ...parts] = `\r\n${Buffer.from(body).toString("latin1")}`.split(`\r\n--${boundary}`);
  const end = parts.pop();
  if (preamble !== "" || end === undefined || !/^--(?:\r\n)?$/.test(end)) return null;
  const pairs: [string, string][] = [];
  for (const part of parts) {
    const pair = fieldOf(part);
    if (!pair) return null;
    pairs.push(pair);
  }
  return pairs;
}

function fieldOf(part: string): [string, string] | null {
  const headersEnd = part.indexOf("\r\n\r\n");
  if (!part.startsWith("\r\n") || headersEnd < 2) return null;
  const disposition = part
    .slice(2, headersEnd)
    .split("\r\n")
    .map((line) => DISPOSITION.exec(line)?.[1])
    .find((found) => found !== undefined);
  if (disposition === undefined) return null;
  const name = utf8(Buffer.from(disposition.replace(/\\(.)/g, "$1"), "latin1"));
  const value = utf8(Buffer.from(part.slice(headersEnd + 4), "latin1"));
  return name === null || value === null ? null : [name, value];
}
