import type { Parsed } from "#lib/dialects/fengniao/parse.ts";
import { isPlain } from "#lib/dialects/fengniao/text.ts";

const MEMBERS_MAX = 100;

/**
 * The business parameters inside `content` (seeds/004 §1.1): a flat JSON object, by name. Numbers are kept by their own text,
 * because no amount may pass through a float and a card number has more digits than one; `true` and `false` by theirs;
 * an object inside (`sceneInfo`) as JSON. `null` is absent. Blank, `{}` and PHP's empty `[]` are no parameters at all.
 */
export function readContent(text: string): Parsed {
  if (text.trim() === "") return { ok: true, fields: new Map() };
  const members = membersOf(text);
  if (members === null) return { ok: false, reason: "content 不是 JSON 对象" };
  if (members.length > MEMBERS_MAX) return { ok: false, reason: "content 参数过多" };
  const fields = new Map<string, string>();
  for (const [name, value] of members) {
    if (!isPlain(name) || !isPlain(value)) return { ok: false, reason: `content ${isPlain(name) ? name : ""} 编码不正确` };
    fields.set(name, value);
  }
  return { ok: true, fields };
}

function membersOf(text: string): [string, string][] | null {
  try {
    const root: unknown = JSON.parse(text, numberText);
    if (typeof root !== "object" || root === null) return null;
    if (Array.isArray(root)) return root.length === 0 ? [] : null;
    return Object.entries(root)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, typeof value === "object" ? JSON.stringify(value) : String(value)]);
  } catch {
    // No JSON, or nested deeper than the stack.
    return null;
  }
}

/** JSON.parse hands a reviver the source text of every primitive (ES2025); TypeScript does not know of it yet. */
function numberText(_name: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === "number" ? (context?.source ?? String(value)) : value;
}
