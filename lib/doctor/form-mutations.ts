import { changed, type Mutation, pairsChanged } from "#lib/doctor/mutation.ts";
import { AROUND, ESCAPES, KEY_FORMS, ORDERS, type PairSource, type Recipe, SHAPES } from "#lib/doctor/recipe.ts";

const keysOf = <T extends object>(table: T) => Object.keys(table) as (keyof T & string)[];

/** What each way of writing escapes means to a person: the values were not encoded at all, or in another style. */
const ESCAPE_CAUSE = {
  none: "values_not_encoded",
  form: "plus_or_space",
  "space as +": "plus_or_space",
  "form, lower-case hex": "escape_style",
  twice: "double_encoded",
} as const satisfies Partial<Record<PairSource["escape"], string>>;

/** Mutations of how the text is put together: order, joining, escaping, key, timestamp, character set. */
export function formMutations(recipe: Recipe): Mutation[] {
  const found: Mutation[] = [...aroundMutations(), ...keyFormMutations(recipe), ...charsetMutations()];
  const { source } = recipe;
  if (source.kind === "blob") return found;
  for (const order of keysOf(ORDERS)) found.push(pairsChanged("sort_order", "order", order, { order }));
  for (const shape of keysOf(SHAPES)) found.push(pairsChanged("join_form", "shape", shape, { shape }));
  if (source.escape !== "none")
    for (const style of keysOf(ESCAPES)) {
      const id = style in ESCAPE_CAUSE ? ESCAPE_CAUSE[style as keyof typeof ESCAPE_CAUSE] : "escape_style";
      found.push(pairsChanged(id, "encoding", style, { escape: style }));
    }
  found.push(...emptyMutations(source), ...tailMutations(source));
  return found;
}

function emptyMutations(source: PairSource): Mutation[] {
  const found: Mutation[] = [];
  if (source.empty !== "keep") found.push(pairsChanged("empty_values", "empty", "kept", { empty: "keep" }));
  if (source.empty === "keep") found.push(pairsChanged("empty_values", "empty", "left_out", { empty: "drop" }));
  if (source.empty === "blank") found.push(pairsChanged("empty_values", "empty", "blank_kept", { empty: "drop" }));
  found.push(pairsChanged("zero_dropped", "empty", "0", { empty: "zero" }));
  return found;
}

// A timestamp behind a comma: what else people write there.
function tailMutations(source: PairSource): Mutation[] {
  const time = /^,(.+)$/.exec(source.tail)?.[1];
  if (time === undefined) return [];
  const tails: Record<string, string> = {
    "left out": "",
    "&": `&${time}`,
    "no comma": time,
    "comma and blank": `, ${time}`,
    "&timestamp=": `&timestamp=${time}`,
    "&Timestamp=": `&Timestamp=${time}`,
    ",Timestamp=": `,Timestamp=${time}`,
    "+": `+${time}`,
  };
  const found = Object.entries(tails).map(([form, tail]) => pairsChanged("timestamp_joined", "tail", form, { tail }));
  for (const [form, other] of timesOf(time)) found.push(pairsChanged("timestamp_unit", "tail", form, { tail: `,${other}` }));
  return found;
}

/** The same moment in other units. */
export function timesOf(time: string): [string, string][] {
  const seconds = time.slice(0, 10);
  const rest = time.slice(10).replace(".", "");
  const found: [string, string][] = [];
  if (/^\d{13}$/.test(time)) found.push(["s", seconds], ["s with decimals", `${seconds}.${rest}`]);
  else if (/^\d{10}$/.test(time)) found.push(["ms", `${time}000`], ["s with decimals", `${time}.0`]);
  else if (/^\d{10}\.\d+$/.test(time)) found.push(["s", seconds], ["ms", seconds + rest.padEnd(3, "0").slice(0, 3)]);
  return found;
}

const AROUND_CAUSE = {
  "line feed": "trailing_newline",
  "carriage return, line feed": "trailing_newline",
  "blank behind": "trailing_newline",
  "byte order mark": "bom",
  "lower case": "text_case",
  "upper case": "text_case",
  encoded: "text_encoded",
  "form-encoded": "text_encoded",
  base64: "text_encoded",
} as const satisfies Record<Exclude<Recipe["around"], "nothing">, string>;

function aroundMutations(): Mutation[] {
  return keysOf(AROUND).flatMap((around) => (around === "nothing" ? [] : [changed(AROUND_CAUSE[around], "around", around, { around })]));
}

function keyFormMutations(recipe: Recipe): Mutation[] {
  if (recipe.keyForm === "none") return []; // an HMAC's or an RSA key: algorithm mutations say the rest
  return keysOf(KEY_FORMS)
    .filter((form) => form !== recipe.keyForm)
    .map((keyForm) => changed(keyForm === "none" ? "key_missing" : "key_joined", "key form", keyForm, { keyForm }));
}

function charsetMutations(): Mutation[] {
  return (["gbk", "big5", "latin1", "utf-16le"] as const).map((charset) => changed("charset", "charset", charset, { charset }));
}
