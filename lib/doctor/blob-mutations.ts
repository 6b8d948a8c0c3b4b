import type { CauseId } from "#lib/doctor/causes.ts";
import { bytesOf, textIn } from "#lib/doctor/charset.ts";
import { withoutEnds, withoutTail } from "#lib/doctor/ends.ts";
import { timesOf } from "#lib/doctor/form-mutations.ts";
import { JSON_FORMS, parseForForms } from "#lib/doctor/json-forms.ts";
import { type Mutation, onBlob, onPairs } from "#lib/doctor/mutation.ts";
import { insideOf } from "#lib/doctor/read-shared-key.ts";
import type { BlobSource, Pair, Recipe } from "#lib/doctor/recipe.ts";

const base64 = (text: string | Uint8Array) => Buffer.from(text as string).toString("base64");
const broken = (text: string, width: number, end: string) => text.replace(new RegExp(`.{${width}}(?=.)`, "g"), `$&${end}`);

function blobs(id: CauseId, axis: string, forms: Readonly<Record<string, string | null>>): Mutation[] {
  return Object.entries(forms).flatMap(([form, blob]) =>
    blob === null ? [] : [{ cause: { id, form }, axis, apply: (recipe: Recipe) => onBlob(recipe, (source) => ({ ...source, blob })) }],
  );
}

function befores(id: CauseId, forms: Readonly<Record<string, string>>): Mutation[] {
  return Object.entries(forms).map(([form, before]) => ({
    cause: { id, form },
    axis: "frame",
    apply: (recipe: Recipe) => onBlob(recipe, (source) => ({ ...source, before })),
  }));
}

/** mpgateway: the base64 text, what is inside it, and how it is written. */
export function base64Mutations({ blob }: BlobSource): Mutation[] {
  const inside = insideOf(blob);
  const value = inside === null ? undefined : parseForForms(inside);
  const bare = blob.replace(/\s+/g, "");
  const found = [
    ...blobs("base64_form", "blob", {
      "line breaks taken out": bare,
      "76 a line": broken(bare, 76, "\n"),
      "76 a line, carriage returns": broken(bare, 76, "\r\n"),
      "76 a line, one at the end": `${broken(bare, 76, "\n")}\n`,
      "76 a line, carriage return at the end": `${broken(bare, 76, "\r\n")}\r\n`,
      "64 a line": broken(bare, 64, "\n"),
      "64 a line, carriage returns": broken(bare, 64, "\r\n"),
      "url-safe": bare.replaceAll("+", "-").replaceAll("/", "_"),
      "url-safe, no padding": withoutTail(bare.replaceAll("+", "-").replaceAll("/", "_"), /=/),
      "from url-safe": bare.replaceAll("-", "+").replaceAll("_", "/"),
      "from url-safe, padded": padded(bare.replaceAll("-", "+").replaceAll("_", "/")),
      "no padding": withoutTail(bare, /=/),
      padded: padded(bare),
    }),
    ...blobs("values_encoded", "blob", {
      "%xx": encodeURIComponent(blob),
      "%xx, lower case": encodeURIComponent(blob).replace(/%../g, (m) => m.toLowerCase()),
    }),
    ...blobs("double_encoded", "blob", {
      "decoded once more": /%/.test(blob) ? unescaped(blob) : null,
      "encoded twice": encodeURIComponent(encodeURIComponent(blob)),
    }),
    ...blobs("plus_or_space", "blob", { "+ → blank": blob.replaceAll("+", " ") }),
    ...befores("frame_wrong", { "req=": "req=", "resp=": "resp=" }),
  ];
  if (inside === null) return found;
  found.push(...blobs("not_wrapped", "blob", { JSON: inside, "base64 twice": base64(blob) }));
  found.push(
    ...blobs("charset", "blob", {
      gbk: base64(bytesOf(inside, "gbk")),
      big5: base64(bytesOf(inside, "big5")),
      latin1: base64(bytesOf(inside, "latin1")),
    }),
  );
  if (value === undefined) return found;
  for (const [form, write] of Object.entries(JSON_FORMS)) {
    const text = write(value);
    if (text !== inside)
      found.push(
        ...blobs("json_rewritten", "blob", { [form]: base64(text) }),
        ...blobs("not_wrapped", "blob", { [`JSON, ${form}`]: text }),
      );
  }
  found.push(...sortedInside(value));
  return found;
}

// The other gateways' rule over the fields inside: sorted pairs with `&key=`.
function sortedInside(value: unknown): Mutation[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const pairs: Pair[] = Object.entries(value).map(([name, child]) => {
    const text = typeof child === "string" ? child : String((child as { text?: string } | null)?.text ?? child);
    return { name, value: text, raw: text };
  });
  const source = {
    kind: "pairs",
    pairs,
    leaveOut: ["sign"],
    empty: "drop",
    order: "bytes",
    escape: "none",
    shape: "a=1&b=2",
    tail: "",
  } as const;
  return (["&key=", "key behind"] as const).map((keyForm) => ({
    cause: { id: "other_rules", form: `a=1&b=2, ${keyForm}` },
    axis: "blob",
    apply: (recipe) => onPairs({ ...recipe, source, keyForm }, (one) => one),
  }));
}

/** A webhook: the body as receivers pass it on, and what stands before it. */
export function bodyMutations({ before, blob }: BlobSource, original: string | null): Mutation[] {
  const [id = "", timestamp = ""] = before.split(".");
  const value = parseForForms(blob);
  const found = [
    ...befores("frame_wrong", {
      "the body alone": "",
      "id.body": `${id}.`,
      "timestamp.body": `${timestamp}.`,
      "timestamp.id.body": `${timestamp}.${id}.`,
      "no dots": id + timestamp,
      "t=timestamp,body": `t=${timestamp},`,
      "id:timestamp:body": `${id}:${timestamp}:`,
      "line feeds": `${id}\n${timestamp}\n`,
      "v1:timestamp:body": `v1:${timestamp}:`,
    }),
    ...timesOf(timestamp).flatMap(([form, time]) => befores("timestamp_unit", { [form]: `${id}.${time}.` })),
    ...blobs("trailing_newline", "blob", {
      "line feed added": `${blob}\n`,
      "line feed lost": blob.replace(/\r?\n$/, ""),
      trimmed: withoutEnds(blob, /[ \t\r\n]/),
    }),
    ...blobs("line_endings", "blob", { LF: blob.replaceAll("\r\n", "\n"), CRLF: blob.replaceAll("\r\n", "\n").replaceAll("\n", "\r\n") }),
    ...blobs("bom", "blob", { "taken off": blob.replace(/^\ufeff/, ""), put: `\ufeff${blob}` }),
    ...blobs("html_escaped", "blob", { '&quot; → "': unhtml(blob), '" → &quot;': blob.replaceAll("&", "&amp;").replaceAll('"', "&quot;") }),
    ...blobs("text_encoded", "blob", {
      base64: base64(blob),
      "from base64": fromBase64(blob),
      "percent-encoded": encodeURIComponent(blob.replace(/\p{Surrogate}/gu, "\ufffd")),
      "percent-decoded": /%[0-9A-F]{2}/i.test(blob) ? unescaped(blob) : null,
    }),
    ...blobs("charset", "blob", {
      "latin1 → utf-8": reread(blob, "latin1"),
      "gbk → utf-8": reread(blob, "gbk"),
      "utf-8 → latin1": Buffer.from(blob, "utf8").toString("latin1"),
    }),
    ...blobs("json_rewritten", "blob", {
      "backslashes taken off": blob.replace(/\\(["\\/])/g, "$1"),
      "quotes escaped": JSON.stringify(blob),
    }),
  ];
  if (original !== null && original !== blob) found.push(...blobs("json_rewritten", "blob", { "as it was sent": original }));
  if (value === undefined) return found;
  for (const [form, write] of Object.entries(JSON_FORMS)) {
    const text = write(value);
    if (text !== blob) found.push(...blobs("json_rewritten", "blob", { [form]: text }));
  }
  return found;
}

function padded(text: string): string {
  return text.padEnd(Math.ceil(text.length / 4) * 4, "=");
}

function unescaped(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function fromBase64(text: string): string | null {
  return /^[A-Za-z0-9+/]{16,}={0,2}$/.test(text) ? Buffer.from(text, "base64").toString("utf8") : null;
}

function unhtml(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#34;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&#039;", "'")
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

function reread(text: string, charset: "latin1" | "gbk"): string | null {
  return /[\u0080-\uffff]/.test(text) ? textIn(bytesOf(text, charset), "utf-8") : null;
}
