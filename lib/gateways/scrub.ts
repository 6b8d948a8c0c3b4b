import type { z } from "zod";
import type { Exchange } from "#lib/gateways/port.ts";
import { parseJson, wellFormed } from "#lib/gateways/wire.ts";

/** What a masked value looks like. It says nothing of the value, not even its length. */
export const MASK = "***";

const RECORDED_MAX = 65_536;
/** Of a longer body only this much is looked at: a bill has no personal data, and the rest is cut off anyway. */
const READ_MAX = 1_048_576;
const DEPTH_MAX = 20;
/** Each value is looked for in the whole text: an answer with more of them than any document's is not kept. */
const VALUES_MAX = 500;

/** What must not be seen in a record: fields by their names, and values wherever they stand. */
export interface Sensitive {
  names: ReadonlySet<string>;
  values: readonly string[];
}

/** The values of credentials whose schema carries `.meta({ secret: true })`; of a key file, its lines too. */
export function secretValues(schema: z.ZodObject, credentials: Record<string, unknown>): string[] {
  return Object.entries(schema.shape).flatMap(([name, field]) => {
    const value = credentials[name];
    if (field.meta()?.secret !== true || typeof value !== "string") return [];
    return [value, ...value.split("\n")].filter((line) => line.length >= 8 && !line.startsWith("-----"));
  });
}

/**
 * An exchange fit to be kept: personal fields and secrets masked in address, headers, bodies and error; bodies cut at 64 Ki
 * characters. A personal value is also masked where the gateway repeats it in another field or in a sentence.
 */
export function scrubExchange(exchange: Exchange, sent: Record<string, string>, sensitive: Sensitive): Exchange {
  const responseBody = exchange.responseBody.slice(0, READ_MAX);
  const values = [...sensitive.values];
  values.push(...personalValues(sent, sensitive.names));
  const parsed = parseJson(responseBody);
  if (parsed === undefined) values.push(...harvest(responseBody, sensitive.names));
  else collect(parsed, sensitive.names, false, values, 0);
  const distinct = [...new Set(values)];
  const spelled = spelledOut(distinct.slice(0, VALUES_MAX));
  const scrub = (text: string): string => maskSpelled(maskNames(text, sensitive.names), spelled);
  const headers = Object.entries(exchange.requestHeaders).map(([name, value]) => [name, scrub(value)] as const);
  return {
    ...exchange,
    url: scrub(exchange.url),
    requestHeaders: Object.fromEntries(headers),
    requestBody: cut(scrub(exchange.requestBody)),
    responseBody: distinct.length > VALUES_MAX ? MASK : cut(scrub(responseBody)),
    error: exchange.error === null ? null : scrub(exchange.error),
  };
}

/** A gateway's sentence fit to be kept in an order's history: what was sent of a person is masked where it repeats it. */
export function scrubMessage(message: string, sent: Record<string, string>, sensitive: Sensitive): string {
  return maskValues(maskNames(message, sensitive.names), [...sensitive.values, ...personalValues(sent, sensitive.names)]);
}

/** Fields with the personal ones masked, for people to read. An empty value stays empty. */
export function maskFields(fields: Readonly<Record<string, string>>, names: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, names.has(name) && value !== "" ? MASK : value]));
}

// What was sent of a person, whole and in its parts: seeds/003 §2.1.4 joins bank, name and account by `;` in one field.
function personalValues(sent: Record<string, string>, names: ReadonlySet<string>): string[] {
  return Object.entries(sent).flatMap(([name, value]) => (names.has(name) ? [value, ...value.split(";")] : []));
}

// By name: `name=value` in forms and queries, `"name": value` in JSON, even where the whole is no valid JSON. Where it is
// none, an object under such a name has no certain end, so all that follows is masked.
function maskNames(text: string, names: ReadonlySet<string>): string {
  if (names.size === 0) return text;
  const { form, json, open, nested } = patternsOf(names);
  const masked = text.replace(form, `$1$2=${MASK}`).replace(json, `$1"${MASK}"`).replace(nested, `$1${MASK}`);
  return open.test(masked) && parseJson(text) === undefined ? masked.replace(open, `$1"${MASK}"`) : masked;
}

type Patterns = Record<"form" | "json" | "open" | "nested", RegExp>;
const known = new WeakMap<ReadonlySet<string>, Patterns>();

function patternsOf(names: ReadonlySet<string>): Patterns {
  let patterns = known.get(names);
  if (!patterns) {
    const name = [...names].join("|");
    patterns = {
      form: new RegExp(`(^|[?&])(${name})=([^&#]+)`, "gi"),
      json: new RegExp(`("(?:${name})"\\s*:\\s*)("(?:[^"\\\\]|\\\\.)*"?|[^\\s",}\\]{[]+)`, "gi"),
      open: new RegExp(`("(?:${name})"\\s*:\\s*)[{[][^]*`, "i"),
      // JSON inside a form, percent-encoded: `%22name%22%3A%22value%22`.
      nested: new RegExp(`(%22(?:${name})%22%3A%22)((?:%5C%22|(?!%22)[^&])+)`, "gi"),
    };
    known.set(names, patterns);
  }
  return patterns;
}

// The values under such names in text that is no valid JSON, JSON inside a JSON text (`\\"name\\":\\"value\\"`) included; so few
// backslashes at most, or a long run of them would be read once for each of its characters.
function harvest(text: string, names: ReadonlySet<string>): string[] {
  if (names.size === 0) return [];
  const pattern = new RegExp(`\\\\{0,8}"(?:${[...names].join("|")})\\\\{0,8}"\\s*:\\s*\\\\{0,8}"((?:[^"\\\\]|\\\\u[0-9a-f]{4})+)`, "gi");
  return [...text.matchAll(pattern)].map(([, value = ""]) => {
    const read = parseJson(`"${value}"`);
    return typeof read === "string" ? read : value;
  });
}

// By value, in every spelling it may have on the wire.
function maskValues(text: string, values: readonly string[]): string {
  return maskSpelled(text, spelledOut(values));
}

// Very short ASCII values would blot out half the text: names cover those.
function spelledOut(values: readonly string[]): string[] {
  return values.flatMap((value) => (value.length < ([...value].some((sign) => sign > "\u007f") ? 2 : 4) ? [] : [...spellings(value)]));
}

function maskSpelled(text: string, spelled: readonly string[]): string {
  let masked = text;
  for (const spelling of spelled) masked = masked.replaceAll(spelling, MASK);
  return masked;
}

function spellings(value: string): Set<string> {
  const encoded = encodeURIComponent(wellFormed(value));
  const ascii = JSON.stringify(value)
    .slice(1, -1)
    .replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const form = (text: string): string => new URLSearchParams([["", text]]).toString().slice(1);
  // The last: ASCII JSON inside a form (seeds/004 §1.2).
  return new Set([value, encoded, form(value), ascii, JSON.stringify(value).slice(1, -1), form(ascii)]);
}

function collect(value: unknown, names: ReadonlySet<string>, inside: boolean, into: string[], depth: number): void {
  if (depth > DEPTH_MAX) return;
  if (typeof value === "string" && inside && value !== "") into.push(value);
  // seeds/000 §3: a message may itself be JSON text.
  if (typeof value === "string" && /^\s*[{[]/.test(value)) collect(parseJson(value), names, inside, into, depth + 1);
  if (typeof value !== "object" || value === null) return;
  for (const [name, child] of Object.entries(value)) collect(child, names, inside || names.has(name.toLowerCase()), into, depth + 1);
}

function cut(text: string): string {
  return text.length > RECORDED_MAX ? `${text.slice(0, RECORDED_MAX)}… (${text.length} characters)` : text;
}
