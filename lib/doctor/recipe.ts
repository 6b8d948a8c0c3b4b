import type { Charset } from "#lib/doctor/charset.ts";
import type { Key } from "#lib/doctor/keys.ts";

/**
 * How a signature came to be, as data: from the fields of a message to the bytes that were hashed. A codec's own rules are one
 * such recipe (recipe.test.ts proves that it writes what the codec writes); the search varies it, one matter at a time.
 */
export interface Recipe {
  source: PairSource | BlobSource;
  /** Done to the whole text before the key comes to it. */
  around: keyof typeof AROUND;
  keyForm: keyof typeof KEY_FORMS;
  key: Key;
  charset: Charset;
  algorithm: Algorithm;
}

/** Fields that are sorted and joined. */
export interface PairSource {
  kind: "pairs";
  pairs: readonly Pair[];
  /** Names that are not signed. */
  leaveOut: readonly string[];
  /** Names that are signed even when empty. */
  forced?: readonly string[];
  /** `blank`: also values of blanks, and those that begin with `@` (seeds/004 as its clients do it). */
  empty: "keep" | "drop" | "blank" | "zero";
  order: keyof typeof ORDERS;
  escape: keyof typeof ESCAPES;
  shape: keyof typeof SHAPES;
  /** What follows the joined pairs: a comma and the timestamp, or nothing. */
  tail: string;
}

/** A text that is signed as it stands, e.g. a body, with what stands before it. */
export interface BlobSource {
  kind: "blob";
  before: string;
  blob: string;
}

export interface Pair {
  name: string;
  value: string;
  /** The value as it stood on the wire, before any decoding. */
  raw: string;
}

export type Algorithm = `${"" | "hmac-" | "double-"}${"md5" | "sha1" | "sha256" | "sha512"}`;

const byCode = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
// Code units sort as UTF-8 does, but where a surrogate meets a sign above it.
const byBytes = (a: string, b: string) =>
  /[\ud800-\uffff]/.test(a + b) ? Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8")) : byCode(a, b);
/** Which of two pairs comes first. */
export const ORDERS = {
  bytes: (a: Pair, b: Pair) => byBytes(a.name, b.name),
  received: () => 0,
  letters: (a: Pair, b: Pair) => byCode(a.name.toLowerCase(), b.name.toLowerCase()),
  "upper-first": (a: Pair, b: Pair) => byCode(a.name.toUpperCase(), b.name.toUpperCase()),
  descending: (a: Pair, b: Pair) => byBytes(b.name, a.name),
  values: (a: Pair, b: Pair) => byCode(a.value, b.value),
} as const;

const percent = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
const whole = (text: string) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
const strict = (text: string) => whole(text).replace(/[~!*'()]/g, percent);
const form = (text: string) => new URLSearchParams([["", text]]).toString().slice(1);
/** How names and values are written. `strict` is the documents': only `A-Za-z0-9_.-` stay. */
export const ESCAPES = {
  none: (text: string) => text,
  strict,
  javascript: whole,
  php: (text: string) => whole(text).replace(/[!*'()]/g, percent),
  java: (text: string) => whole(text).replace(/[~!'()]/g, percent),
  form,
  "space as +": (text: string) => strict(text).replaceAll("%20", "+"),
  "lower-case hex": (text: string) => strict(text).replace(/%[0-9A-F]{2}/g, (mark) => mark.toLowerCase()),
  "form, lower-case hex": (text: string) => form(text).replace(/%[0-9A-F]{2}/g, (mark) => mark.toLowerCase()),
  "slash kept": (text: string) => strict(text).replaceAll("%2F", "/"),
  address: (text: string) => encodeURI(text.replace(/\p{Surrogate}/gu, "\ufffd")),
  twice: (text: string) => strict(strict(text)),
} as const;

/** How written pairs become one text. */
export const SHAPES = {
  "a=1&b=2": (pairs: Written) => pairs.map(([name, value]) => `${name}=${value}`).join("&"),
  "a=1b=2": (pairs: Written) => pairs.map(([name, value]) => `${name}=${value}`).join(""),
  "a=1&b=2&": (pairs: Written) => pairs.map(([name, value]) => `${name}=${value}&`).join(""),
  a1b2: (pairs: Written) => pairs.map(([name, value]) => `${name}${value}`).join(""),
  "12": (pairs: Written) => pairs.map(([, value]) => value).join(""),
  "1&2": (pairs: Written) => pairs.map(([, value]) => value).join("&"),
  "a=1;b=2": (pairs: Written) => pairs.map(([name, value]) => `${name}=${value}`).join(";"),
  "a=1,b=2": (pairs: Written) => pairs.map(([name, value]) => `${name}=${value}`).join(","),
  "a=1|b=2": (pairs: Written) => pairs.map(([name, value]) => `${name}=${value}`).join("|"),
  "a:1&b:2": (pairs: Written) => pairs.map(([name, value]) => `${name}:${value}`).join("&"),
  'a="1"&b="2"': (pairs: Written) => pairs.map(([name, value]) => `${name}="${value}"`).join("&"),
  '{"a":"1","b":"2"}': (pairs: Written) => JSON.stringify(Object.fromEntries(pairs)),
  "?a=1&b=2": (pairs: Written) => `?${pairs.map(([name, value]) => `${name}=${value}`).join("&")}`,
} as const;
type Written = readonly (readonly [string, string])[];

/** Where the key stands in the text; with `none` it is the HMAC's or the RSA key, or there is none. */
export const KEY_FORMS = {
  none: (text: string) => text,
  "&key=": (text: string, key: string) => (text === "" ? `key=${key}` : `${text}&key=${key}`),
  "key behind": (text: string, key: string) => text + key,
  "key=": (text: string, key: string) => `${text}key=${key}`,
  "& and key": (text: string, key: string) => `${text}&${key}`,
  "key before": (text: string, key: string) => key + text,
  "key before, with &": (text: string, key: string) => `${key}&${text}`,
  "key= before": (text: string, key: string) => `key=${key}&${text}`,
  "key around": (text: string, key: string) => key + text + key,
  "&Key=": (text: string, key: string) => `${text}&Key=${key}`,
  "&KEY=": (text: string, key: string) => `${text}&KEY=${key}`,
  "&secret=": (text: string, key: string) => `${text}&secret=${key}`,
  "&appSecret=": (text: string, key: string) => `${text}&appSecret=${key}`,
  "&app_secret=": (text: string, key: string) => `${text}&app_secret=${key}`,
  "&appKey=": (text: string, key: string) => `${text}&appKey=${key}`,
  "&merKey=": (text: string, key: string) => `${text}&merKey=${key}`,
  "&secretKey=": (text: string, key: string) => `${text}&secretKey=${key}`,
  "&token=": (text: string, key: string) => `${text}&token=${key}`,
  ",": (text: string, key: string) => `${text},${key}`,
} as const;

export const AROUND = {
  nothing: (text: string) => text,
  "line feed": (text: string) => `${text}\n`,
  "carriage return, line feed": (text: string) => `${text}\r\n`,
  "blank behind": (text: string) => `${text} `,
  "byte order mark": (text: string) => `\ufeff${text}`,
  "lower case": (text: string) => text.toLowerCase(),
  "upper case": (text: string) => text.toUpperCase(),
  encoded: (text: string) => whole(text),
  "form-encoded": (text: string) => form(text),
  base64: (text: string) => Buffer.from(text, "utf8").toString("base64"),
} as const;

/** Whether a pair is signed. */
export function signs(source: PairSource, { name, value }: Pair): boolean {
  if (source.leaveOut.includes(name)) return false;
  if (source.forced?.includes(name)) return true;
  if (source.empty === "keep") return true;
  if (source.empty === "blank") return !/^[ \t\n\r\0\v]*$/.test(value) && !value.startsWith("@");
  return value !== "" && !(source.empty === "zero" && value === "0");
}

/** The signed text without the key. */
export function textOf({ source, around }: Recipe): string {
  if (source.kind === "blob") return AROUND[around](source.before + source.blob);
  const write = writerOf(source.escape);
  const signed = source.pairs.filter((pair) => signs(source, pair));
  if (source.order !== "received") signed.sort(ORDERS[source.order]);
  return AROUND[around](SHAPES[source.shape](signed.map(({ name, value }) => [write(name), write(value)])) + source.tail);
}

/** The signed text with its key; `shown` has the key masked, for people. */
export function fullText(recipe: Recipe, key = recipe.key.text): string {
  return KEY_FORMS[recipe.keyForm](textOf(recipe), key);
}

const written = new Map<string, string>();

/** Forgets the values it has written: a search ends with this, so that nothing of a pasted message stays in memory. */
export function forgetWritten(): void {
  written.clear();
}

// A search writes the same values thousands of times.
function writerOf(style: PairSource["escape"]): (text: string) => string {
  const write = ESCAPES[style];
  if (style === "none") return write;
  return (text) => {
    const name = `${style}\0${text}`;
    const known = written.get(name);
    if (known !== undefined) return known;
    const made = write(text);
    written.set(name, made);
    return made;
  };
}
