/** A value this gateway writes: text, a whole number (exact, never a float), or an object of such. */
export type Json = string | bigint | { readonly [name: string]: Json };

const DEPTH_MAX = 8;

/** A JSON number as received: it is signed by its own digits, `2.0` as `2.0`. */
class Source {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Compact JSON with sorted names, `/` bare and UTF-8 raw: how a nested value is signed (protocols.md §3), and sent. */
export function sortedJson(value: Json): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string") return JSON.stringify(value);
  return objectText(value, sortedJson);
}

/** The text each value of a JSON object signs as; null members are left out. Null when the text is no JSON object, or too deep. */
export function readObject(text: string): Map<string, string> | null {
  try {
    const value: unknown = JSON.parse(text, withSource);
    return isObject(value) ? scalars(value) : null;
  } catch {
    return null;
  }
}

function scalars(object: object): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(object)) {
    if (value !== null) found.set(name, typeof value === "string" ? value : receivedText(value, 0));
  }
  return found;
}

function receivedText(value: unknown, depth: number): string {
  if (depth > DEPTH_MAX) throw new Error("too deep");
  if (value instanceof Source) return value.text;
  if (Array.isArray(value)) return `[${value.map((item) => receivedText(item, depth + 1)).join(",")}]`;
  if (isObject(value)) return objectText(value, (item) => receivedText(item, depth + 1));
  return JSON.stringify(value);
}

function objectText<T>(object: Readonly<Record<string, T>>, textOf: (item: T) => string): string {
  const members = Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, item]) => `${JSON.stringify(name)}:${textOf(item)}`).join(",")}}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// Node hands the reviver a primitive's own text (ECMAScript: JSON.parse source text access).
function withSource(_name: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === "number" ? new Source(context?.source ?? "") : value;
}
