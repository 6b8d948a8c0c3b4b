/**
 * The ways runtimes write one JSON value: what happens to a body, or to JSON inside a field, that is parsed and written again.
 * Numbers keep their source text unless the form says otherwise.
 */
export const JSON_FORMS: Readonly<Record<string, (value: unknown) => string>> = {
  compact: (value) => write(value, COMPACT),
  "blanks after : and ,": (value) => write(value, { ...COMPACT, colon: ": ", comma: ", " }),
  "blanks, \\u escapes": (value) => ascii(write(value, { ...COMPACT, colon: ": ", comma: ", " })),
  "sorted names": (value) => write(value, { ...COMPACT, sorted: true }),
  "sorted names, blanks": (value) => write(value, { ...COMPACT, sorted: true, colon: ": ", comma: ", " }),
  "\\/ for /": (value) => write(value, COMPACT).replaceAll("/", "\\/"),
  "\\u escapes": (value) => ascii(write(value, COMPACT)),
  "\\/ and \\u escapes": (value) => ascii(write(value, COMPACT)).replaceAll("/", "\\/"),
  "\\u003c for < > &": (value) => write(value, COMPACT).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
  "indented by 2": (value) => JSON.stringify(plain(value), null, 2),
  "indented by 4": (value) => JSON.stringify(plain(value), null, 4),
  "sorted names, \\u escapes": (value) => ascii(write(value, { ...COMPACT, sorted: true })),
  "numbers as text": (value) => write(value, { ...COMPACT, quoteNumbers: true }),
  "text as numbers": (value) => write(value, { ...COMPACT, bareNumbers: true }),
  "numbers through a float": (value) => JSON.stringify(plain(value)),
  "null and empty left out": (value) => write(value, { ...COMPACT, dropEmpty: true }),
};

class SourceNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Parses JSON keeping numbers' source text, for `JSON_FORMS`; undefined when it is none. */
export function parseForForms(text: string): unknown {
  const keep = (_name: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === "number" ? new SourceNumber(context?.source ?? String(value)) : value;
  try {
    return JSON.parse(text, keep as (name: string, value: unknown) => unknown);
  } catch {
    return undefined;
  }
}

interface Style {
  colon: string;
  comma: string;
  sorted: boolean;
  quoteNumbers: boolean;
  bareNumbers: boolean;
  dropEmpty: boolean;
}
const COMPACT: Style = { colon: ":", comma: ",", sorted: false, quoteNumbers: false, bareNumbers: false, dropEmpty: false };
const DEPTH_MAX = 30;

function write(value: unknown, style: Style, depth = 0): string {
  if (depth > DEPTH_MAX) return "null";
  if (value instanceof SourceNumber) return style.quoteNumbers ? JSON.stringify(value.text) : value.text;
  if (typeof value === "string")
    return style.bareNumbers && /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/.test(value) ? value : JSON.stringify(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((child) => write(child, style, depth + 1)).join(style.comma)}]`;
  const entries = Object.entries(value).filter(([, child]) => !style.dropEmpty || (child !== null && child !== ""));
  if (style.sorted) entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, child]) => `${JSON.stringify(name)}${style.colon}${write(child, style, depth + 1)}`).join(style.comma)}}`;
}

function plain(value: unknown): unknown {
  if (value instanceof SourceNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, plain(child)]));
}

function ascii(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
