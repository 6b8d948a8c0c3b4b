/** Reading and writing that every wire shares. Canonical strings are each gateway's own and are not here. */

const UNSAFE = /[&=<>"\\\p{Cc}]/gu;

/** The text with lone surrogates, which UTF-8 cannot carry, replaced by U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** Free text as it may stand on a signed wire: `& = < > " \` and control characters become spaces (reliability.md 5). */
export function cleanText(text: string): string {
  return wellFormed(text).replace(UNSAFE, " ");
}

/** Percent-encoding in which only `A-Za-z0-9_.-` stay as they are; UTF-8, upper-case hex, space is `%20`. */
export function escapeStrictly(text: string): string {
  return encodeURIComponent(wellFormed(text)).replace(/[~!*'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Names in ascending order of their UTF-8 bytes. */
export function sortedByBytes(names: Iterable<string>): string[] {
  return [...names].sort((a, b) => Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8")));
}

/**
 * Parses JSON with every number as its source text, so that no amount passes through a float; undefined when it is no JSON, or
 * an object in it says one name twice: which of the two is meant nobody can know.
 */
export function parseJson(text: string): unknown {
  const asText = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === "number" ? (context?.source ?? String(value)) : value;
  try {
    const value: unknown = JSON.parse(text, asText as (key: string, value: unknown) => unknown);
    return repeatsName(text) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Whether an object of this valid JSON text says a name twice. A text followed by a colon is a name, and nothing else is. */
function repeatsName(text: string): boolean {
  const open: Set<string>[] = [];
  for (const [token, quoted] of text.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (quoted !== undefined) {
      const names = open.at(-1);
      const name: unknown = JSON.parse(quoted);
      if (names && typeof name === "string" && names.size === names.add(name).size) return true;
    }
  }
  return false;
}

export type ParsedForm =
  | { ok: true; fields: Record<string, string> }
  | { ok: false; reason: "unreadable" | "duplicate_field"; detail: string };

const FORM_FIELDS_MAX = 200;

/** Reads `application/x-www-form-urlencoded` strictly: UTF-8 only, no name twice, no broken escape, at most 200 fields. */
export function parseForm(body: string | Uint8Array): ParsedForm {
  const text = typeof body === "string" ? body : decodeUtf8(body);
  if (text === null) return { ok: false, reason: "unreadable", detail: "the body is not UTF-8" };
  const fields = new Map<string, string>();
  const pairs = text === "" ? [] : text.split("&", FORM_FIELDS_MAX + 1);
  if (pairs.length > FORM_FIELDS_MAX) return { ok: false, reason: "unreadable", detail: `more than ${FORM_FIELDS_MAX} fields` };
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    const name = unescapeForm(at < 0 ? pair : pair.slice(0, at));
    const value = unescapeForm(at < 0 ? "" : pair.slice(at + 1));
    if (!name || value === null) return { ok: false, reason: "unreadable", detail: "a field is not form-encoded" };
    if (fields.has(name)) return { ok: false, reason: "duplicate_field", detail: `the field ${name} stands twice` };
    fields.set(name, value);
  }
  return { ok: true, fields: Object.fromEntries(fields) };
}

/** Gateways' clocks: `YYYY-MM-DD HH:mm:ss` (or its digits alone) in UTC+8, whatever zone this host has; null when it is no such time. */
export function parseChinaTime(text: string): Date | null {
  const match = /^(\d{4})-?(\d{2})-?(\d{2}) ?(\d{2}):?(\d{2}):?(\d{2})$/.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [number, number, number, number, number, number];
  const utc = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const same = utc.getUTCMonth() === month - 1 && utc.getUTCDate() === day && utc.getUTCHours() === hour && utc.getUTCMinutes() === minute;
  return same && utc.getUTCSeconds() === second ? new Date(utc.getTime() - 8 * 3_600_000) : null;
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function unescapeForm(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return null;
  }
}
