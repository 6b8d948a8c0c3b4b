import { createHash } from "node:crypto";
import type { CauseId } from "#lib/doctor/causes.ts";
import type { Key } from "#lib/doctor/keys.ts";
import type { Mutation } from "#lib/doctor/mutation.ts";
import type { Recipe } from "#lib/doctor/recipe.ts";

/** What it means that another key than the account's has signed. */
export const RELATION_CAUSE = {
  other_mode: "key_other_mode",
  other_account: "key_other_account",
  other_gateway: "key_other_gateway",
  other_kind: "key_other_kind",
  placeholder: "key_placeholder",
} as const satisfies Record<Exclude<Key["relation"], "own">, CauseId>;

/** What stands in examples, and in programs whose key was never set. */
const PLACEHOLDERS = [
  "",
  "key",
  "KEY",
  "secret",
  "your_key",
  "YOUR_KEY",
  "yourkey",
  "your-secret",
  "test",
  "123456",
  "12345678",
  "xxxxxx",
  "null",
  "None",
  "undefined",
];

/** Mutations of a shared key: the merchant's others, and the ways the right one is spoilt. No key is ever in a cause. */
export function keyMutations(recipe: Recipe, others: readonly Key[]): Mutation[] {
  const found: Mutation[] = [];
  const { key } = recipe;
  const put = (id: CauseId, form: string, other: Key) =>
    found.push({ cause: { id, form }, axis: "key", apply: (one) => ({ ...one, key: other }) });
  for (const other of others)
    if (other.relation !== "own") put(RELATION_CAUSE[other.relation], other.label, other);
    else if (other !== key) put("key_other_account", other.label, other);
  const spoilt = (id: CauseId, form: string, text: string) => {
    if (text !== key.text) put(id, form, { label: key.label, relation: "own", text });
  };
  for (const text of PLACEHOLDERS) spoilt("key_placeholder", text === "" ? "empty" : text, text);
  if (key.text === "") return found;
  const { text } = key;
  spoilt("key_blank", "line_feed", `${text}\n`);
  spoilt("key_blank", "crlf", `${text}\r\n`);
  spoilt("key_blank", "carriage_return", `${text}\r`);
  spoilt("key_blank", "blank_behind", `${text} `);
  spoilt("key_blank", "blank_before", ` ${text}`);
  spoilt("key_blank", "blanks_around", ` ${text} `);
  spoilt("key_blank", "tab", `${text}\t`);
  spoilt("key_blank", "no_break_space", `${text}\u00a0`);
  spoilt("key_blank", "zero_width_space", `${text}\u200b`);
  spoilt("key_blank", "bom", `\ufeff${text}`);
  spoilt("key_blank", "double_quotes", `"${text}"`);
  spoilt("key_blank", "single_quotes", `'${text}'`);
  spoilt("key_blank", "angle_brackets", `<${text}>`);
  spoilt("key_blank", "first_lost", text.slice(1));
  spoilt("key_blank", "last_lost", text.slice(0, -1));
  spoilt("key_case", "lower case", text.toLowerCase());
  spoilt("key_case", "upper case", text.toUpperCase());
  misread(text).forEach((other) => void spoilt("key_misread", "I l 1, O 0", other));
  encodings(text, put);
  return found;
}

// Characters that look alike, one at a time: seeds/004's own example has an l for an I.
function misread(text: string): string[] {
  const alike = ["Il1|", "O0o", "5S", "2Z", "8B"];
  return [...text].flatMap((sign, index) => {
    const group = alike.find((one) => one.includes(sign)) ?? "";
    return [...group].filter((other) => other !== sign).map((other) => text.slice(0, index) + other + text.slice(index + 1));
  });
}

// The key in another writing than the signer's program expects.
function encodings(text: string, put: (id: CauseId, form: string, key: Key) => unknown): void {
  const bare = text.replace(/^(?:whsec_|dsk_(?:test|live)_)/, "");
  const key = (bytes: Uint8Array, as = Buffer.from(bytes).toString("latin1")): Key => ({ label: "", relation: "own", text: as, bytes });
  put("key_encoded", "text", key(Buffer.from(text, "utf8"), text));
  if (bare !== text) put("key_encoded", "text_without_prefix", key(Buffer.from(bare, "utf8"), bare));
  if (/^[A-Za-z0-9+/_-]{8,}={0,2}$/.test(bare)) put("key_encoded", "base64_decoded", key(Buffer.from(bare, "base64")));
  put("key_encoded", "prefix_decoded", key(Buffer.from(text, "base64")));
  if (/^(?:[0-9a-f]{2}){8,}$/i.test(bare)) put("key_encoded", "hex_decoded", key(Buffer.from(bare, "hex")));
  const base64 = Buffer.from(text, "utf8").toString("base64");
  put("key_encoded", "as_base64", key(Buffer.from(base64), base64));
  const md5 = createHash("md5").update(text, "utf8").digest("hex");
  put("key_encoded", "md5", key(Buffer.from(md5), md5));
  put("key_encoded", "md5_upper", key(Buffer.from(md5.toUpperCase()), md5.toUpperCase()));
  const encoded = encodeURIComponent(text);
  if (encoded !== text) put("key_encoded", "percent", key(Buffer.from(encoded), encoded));
}
