/** How deep objects and lists may stand in each other. */
const DEPTH_MAX = 12;

export type ReadJson =
  | { ok: true; value: unknown }
  | { ok: false; code: "json_invalid" }
  | { ok: false; code: "json_name_repeated"; name: string };

/**
 * Reads a request's JSON strictly: UTF-8 only, no name twice in one object (which of the two is meant nobody can know), no
 * `__proto__`, at most twelve levels. Numbers come as numbers: no amount is one.
 */
export function readJson(bytes: Uint8Array): ReadJson {
  const text = decodeUtf8(bytes);
  if (text === null) return { ok: false, code: "json_invalid" };
  try {
    const value: unknown = JSON.parse(text);
    const found = scan(text);
    if (found.tooDeep) return { ok: false, code: "json_invalid" };
    return found.repeated === null ? { ok: true, value } : { ok: false, code: "json_name_repeated", name: found.repeated };
  } catch {
    return { ok: false, code: "json_invalid" };
  }
}

/** Looks through valid JSON: a text followed by a colon is a name, and nothing else is. */
function scan(text: string): { repeated: string | null; tooDeep: boolean } {
  const open: Set<string>[] = [];
  for (const [token, quoted] of text.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === "{" || token === "[") {
      open.push(new Set());
      if (open.length > DEPTH_MAX) return { repeated: null, tooDeep: true };
    } else if (token === "}" || token === "]") open.pop();
    else if (quoted !== undefined) {
      const name = String(JSON.parse(quoted));
      const names = open.at(-1);
      if (name === "__proto__" || (names && names.size === names.add(name).size)) return { repeated: name, tooDeep: false };
    }
  }
  return { repeated: null, tooDeep: false };
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
