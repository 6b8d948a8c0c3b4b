import type { Cause, CauseId } from "#lib/doctor/causes.ts";
import { bytesOf, textIn } from "#lib/doctor/charset.ts";
import { JSON_FORMS, parseForForms } from "#lib/doctor/json-forms.ts";
import { type Mutation, valuesChanged } from "#lib/doctor/mutation.ts";
import { isNumber, NUMBER_FORMS } from "#lib/doctor/number-forms.ts";
import type { Pair } from "#lib/doctor/recipe.ts";

interface ValueForm {
  id: CauseId;
  form: string;
  write: (pair: Pair) => string | null;
}

const unescaped = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};
const HTML: readonly (readonly [string, string])[] = [
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#039;"],
];
const html = (text: string) => HTML.reduce((all, [sign, name]) => all.replaceAll(sign, name), text);
const unhtml = (text: string) =>
  HTML.toReversed()
    .reduce((all, [sign, name]) => all.replaceAll(name, sign), text)
    .replaceAll("&#39;", "'")
    .replaceAll("&#x27;", "'");
const escapedAscii = (text: string) => text.replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** What may have been done to every value before it was signed, or to the message after. */
const EVERY: readonly ValueForm[] = [
  { id: "values_encoded", form: "as on the wire", write: ({ raw }) => raw },
  { id: "double_encoded", form: "decoded once more", write: ({ value }) => (value.includes("%") ? unescaped(value) : null) },
  {
    id: "double_encoded",
    form: "decoded once more, + as blank",
    write: ({ value }) => (/[%+]/.test(value) ? unescaped(value.replaceAll("+", " ")) : null),
  },
  { id: "plus_or_space", form: "blank → +", write: ({ value }) => value.replaceAll(" ", "+") },
  { id: "plus_or_space", form: "+ → blank", write: ({ value }) => value.replaceAll("+", " ") },
  { id: "html_escaped", form: "&amp; → &", write: ({ value }) => unhtml(value) },
  { id: "html_escaped", form: "& → &amp;", write: ({ value }) => html(value) },
  { id: "html_escaped", form: "< → &lt;", write: ({ value }) => html(value).replaceAll("&#039;", "'") },
  { id: "values_trimmed", form: "blanks taken off", write: ({ value }) => value.trim() },
  { id: "value_case", form: "lower case", write: ({ value }) => value.toLowerCase() },
  { id: "value_case", form: "upper case", write: ({ value }) => value.toUpperCase() },
  { id: "unicode_form", form: "NFC", write: ({ value }) => value.normalize("NFC") },
  { id: "unicode_form", form: "NFD", write: ({ value }) => value.normalize("NFD") },
  { id: "unicode_form", form: "NFKC", write: ({ value }) => value.normalize("NFKC") },
  { id: "json_rewritten", form: "\\u escapes", write: ({ value }) => escapedAscii(value) },
  { id: "json_rewritten", form: "\\/ for /", write: ({ value }) => value.replace(/\\?\//g, "\\/") },
  { id: "json_rewritten", form: "/ for \\/", write: ({ value }) => value.replaceAll("\\/", "/") },
  { id: "json_rewritten", form: "backslashes taken off", write: ({ value }) => value.replace(/\\(.)/g, "$1") },
  { id: "json_rewritten", form: "quotes escaped", write: ({ value }) => value.replace(/["'\\]/g, "\\$&") },
  { id: "charset", form: "latin1 → utf-8", write: ({ value }) => reread(value, "latin1") },
  { id: "charset", form: "gbk → utf-8", write: ({ value }) => reread(value, "gbk") },
  { id: "charset", form: "non-ASCII → ?", write: ({ value }) => value.replace(/[\u0080-\u{10ffff}]/gu, "?") },
  { id: "null_written", form: "null", write: ({ value }) => (value === "" ? "null" : null) },
  { id: "null_written", form: "None", write: ({ value }) => (value === "" ? "None" : null) },
  { id: "null_written", form: "undefined", write: ({ value }) => (value === "" ? "undefined" : null) },
  { id: "null_written", form: "null → nothing", write: ({ value }) => (/^(?:null|None|undefined)$/.test(value) ? "" : null) },
  { id: "boolean_format", form: "True, False", write: ({ value }) => ({ true: "True", false: "False" })[value] ?? null },
  { id: "boolean_format", form: "1, 0", write: ({ value }) => ({ true: "1", false: "0" })[value] ?? null },
  { id: "boolean_format", form: "1, nothing", write: ({ value }) => ({ true: "1", false: "" })[value] ?? null },
  { id: "boolean_format", form: "TRUE, FALSE", write: ({ value }) => ({ true: "TRUE", false: "FALSE" })[value] ?? null },
  {
    id: "boolean_format",
    form: "true, false",
    write: ({ value }) => ({ TRUE: "true", FALSE: "false", True: "true", False: "false" })[value] ?? null,
  },
];

/** What may have been done to one value: it reads the same to a person. */
const ONE: readonly ValueForm[] = [
  { id: "values_trimmed", form: "blank lost at the end", write: ({ value }) => `${value} ` },
  { id: "values_trimmed", form: "blank lost at the start", write: ({ value }) => ` ${value}` },
  { id: "trailing_newline", form: "line feed lost", write: ({ value }) => `${value}\n` },
  { id: "value_case", form: "lower case", write: ({ value }) => value.toLowerCase() },
  { id: "value_case", form: "upper case", write: ({ value }) => value.toUpperCase() },
  { id: "values_encoded", form: "as on the wire", write: ({ raw }) => raw },
  { id: "values_encoded", form: "percent-encoded", write: ({ value }) => encodeURIComponent(value.replace(/\p{Surrogate}/gu, "\ufffd")) },
  { id: "double_encoded", form: "decoded once more", write: ({ value }) => (value.includes("%") ? unescaped(value) : null) },
  { id: "null_written", form: "null", write: ({ value }) => (value === "" ? "null" : null) },
];

/** So many fields are looked at one by one; a message has a dozen. */
const FIELDS_MAX = 60;

/** Mutations of values for these pairs: of all at once, and of each by itself. */
export function valueMutations(pairs: readonly Pair[], signed: (pair: Pair) => boolean, escaped: boolean): Mutation[] {
  // Where the rule itself escapes, values that were escaped before are so twice.
  const twice: CauseId = escaped ? "double_encoded" : "values_encoded";
  const meant = (id: CauseId): CauseId => (id === "values_encoded" ? twice : id);
  const every = EVERY.map(({ id, form, write }) => valuesChanged({ id: meant(id), form }, axisOf(id), write));
  for (const form of ["%xx", "form", "%xx, lower case"]) every.push(encoded(twice, form));
  const numbers = NUMBER_FORMS.map(({ id, form, write }) =>
    valuesChanged({ id, form }, "number", ({ value }) => (isNumber(value) ? write(value) : null)),
  );
  const fields = pairs.filter(signed).slice(0, FIELDS_MAX);
  const single = fields.flatMap((pair) => [
    ...ONE.flatMap((one) => unless(one.write(pair), pair, one).map((mutation) => ({ ...mutation, alone: true }))),
    ...(isNumber(pair.value) ? NUMBER_FORMS.flatMap((one) => unless(one.write(pair.value), pair, one)) : []),
    ...nested(pair),
  ]);
  return [...every, ...numbers, ...single];
}

function axisOf(id: CauseId): string {
  return id === "values_encoded" || id === "double_encoded" ? "encoding" : `every ${id}`;
}

// Percent-encoded before it was signed, however it stands on the wire.
function encoded(id: CauseId, form: string): Mutation {
  const whole = (text: string) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
  const write = {
    "%xx": ({ value }: Pair) => whole(value),
    form: ({ value }: Pair) => new URLSearchParams([["", value]]).toString().slice(1),
    "%xx, lower case": ({ value }: Pair) => whole(value).replace(/%[0-9A-F]{2}/g, (mark) => mark.toLowerCase()),
  }[form];
  return valuesChanged({ id, form }, "encoding", write ?? (() => null));
}

function unless(value: string | null, pair: Pair, { id, form }: { id: CauseId; form: string }): Mutation[] {
  if (value === null || value === pair.value) return [];
  const cause: Cause = { id, field: pair.name, form: `${short(pair.value)} → ${short(value)}` };
  return [valuesChanged(id === "values_encoded" ? { ...cause, form } : cause, "value", () => value)];
}

function nested(pair: Pair): Mutation[] {
  if (!/^\s*[{[]/.test(pair.value)) return [];
  const value = parseForForms(pair.value);
  if (value === undefined) return [];
  return Object.entries(JSON_FORMS).flatMap(([form, write]) => {
    const text = write(value);
    return text === pair.value ? [] : [valuesChanged({ id: "json_rewritten", field: pair.name, form }, "value", () => text)];
  });
}

function reread(text: string, charset: "latin1" | "gbk"): string | null {
  return /[\u0080-\uffff]/.test(text) ? textIn(bytesOf(text, charset), "utf-8") : null;
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 24)}…${text.slice(-12)}` : text;
}
