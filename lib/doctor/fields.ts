import type { Cause } from "#lib/doctor/causes.ts";
import { textIn } from "#lib/doctor/charset.ts";
import type { Pair } from "#lib/doctor/recipe.ts";

/** The fields of a form as they came, in their order, doubles and all; and what was odd about them. */
export interface Fields {
  pairs: Pair[];
  notes: Cause[];
}

const FIELDS_MAX = 200;

/**
 * Reads a form or a query leniently, where the codecs are strict: what is wrong with a message is what the doctor is asked.
 * Odd is: `&amp;` between fields, bytes that are GBK, a byte order mark.
 */
export function readFields(text: string): Fields {
  const notes: Cause[] = [];
  let rest = text;
  if (rest.startsWith("\ufeff") || /^%EF%BB%BF/i.test(rest)) {
    rest = rest.replace(/^\ufeff|^%EF%BB%BF/i, "");
    notes.push({ id: "bom", form: "in the message" });
  }
  if (/&amp;[A-Za-z_]/.test(rest)) {
    rest = rest.replaceAll("&amp;", "&");
    notes.push({ id: "html_escaped", form: "&amp; → &" });
  }
  let foreign = false;
  const pairs = (rest === "" ? [] : rest.split("&", FIELDS_MAX)).map((piece) => {
    const at = piece.indexOf("=");
    const [name, raw] = at < 0 ? [piece, ""] : [piece.slice(0, at), piece.slice(at + 1)];
    const value = unescapeAny(raw);
    foreign ||= value.foreign;
    return { name: unescapeAny(name).text, value: value.text, raw };
  });
  if (foreign) notes.push({ id: "charset", form: "gbk" });
  return { pairs, notes };
}

function unescapeAny(text: string): { text: string; foreign: boolean } {
  const bytes = bytesOfEscaped(text.replaceAll("+", " "));
  const utf8 = textIn(bytes, "utf-8");
  if (utf8 !== null) return { text: utf8, foreign: false };
  const gbk = textIn(bytes, "gbk");
  return { text: gbk ?? Buffer.from(bytes).toString("latin1"), foreign: true };
}

// A `%` that encodes nothing stands for itself.
function bytesOfEscaped(text: string): Uint8Array {
  const parts = text.split(/((?:%[0-9A-Fa-f]{2})+)/);
  return Buffer.concat(
    parts.map((part, index) => (index % 2 === 1 ? Buffer.from(part.replaceAll("%", ""), "hex") : Buffer.from(part, "utf8"))),
  );
}

/** The one value of a name, the last where it stands twice; the empty text where it does not stand. */
export function fieldValue(pairs: readonly Pair[], name: string): string {
  return pairs.findLast((pair) => pair.name === name)?.value ?? "";
}

/** The pairs as a record for the codecs, or null where a name stands twice: they would refuse the message. */
export function recordOf(pairs: readonly Pair[]): Record<string, string> | null {
  const record = new Map(pairs.map(({ name, value }) => [name, value]));
  return record.size === pairs.length ? Object.fromEntries(record) : null;
}
