/** What a value that must not leave looks like; it says nothing of the value. */
const MASK = "***";

// Personal wherever they stand: e-mail addresses and network addresses of either kind.
const PERSONAL = [
  /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g,
  /\b(?:\d{1,3}\.){3}\d{1,3}\b/g,
  /\b(?:[0-9a-f]{1,4}:){5,7}[0-9a-f]{1,4}\b/gi,
  /\b[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5}::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?(?![\w:])/gi,
] as const;

/** Shorter ones would blot out half the text; they are no secrets. */
const SECRET_MIN = 6;

/**
 * The last look at a text that leaves: every known secret and personal value in it is masked, plain, percent-encoded and as
 * JSON writes it, whatever the parts before it should have left out; so are e-mail and network addresses.
 */
export function sweep(text: string, values: readonly string[]): string {
  const spelled = values.filter((value) => value.length >= SECRET_MIN).flatMap(spellings);
  const known = [...new Set(spelled)].sort((a, b) => b.length - a.length);
  const masked = known.reduce((all, value) => all.replaceAll(value, MASK), text);
  return PERSONAL.reduce((all, pattern) => all.replace(pattern, MASK), masked);
}

function spellings(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  return [value, json, JSON.stringify(json).slice(1, -1), encodeURIComponent(value.replace(/\p{Surrogate}/gu, "\ufffd"))];
}

/** An address without what may be a pass: query values, long pieces of the path, a user's name. */
export function bareUrl(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return url === null ? null : MASK;
  const { origin, pathname, search } = new URL(url);
  const pieces = pathname.split("/").map((piece) => (piece.length >= 16 ? MASK : piece));
  return `${origin}${pieces.join("/")}${search === "" ? "" : `?${MASK}`}`;
}

/** Values masked, names kept. */
export function namesOnly(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, MASK]));
}

/** The fields people write into, wherever they stand. */
const WORDS = new Set(["reason", "note", "decision"]);

/** People's own words are masked, at any depth: reasons, notes, decisions, what a shop keeps with an order. */
export function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (name === "metadata" && typeof inner === "object" && inner !== null) return [name, namesOnly(inner as Record<string, unknown>)];
      return [name, WORDS.has(name) && typeof inner === "string" && inner !== "" ? MASK : withoutWords(inner)];
    }),
  );
}
