import type { CauseId } from "#lib/doctor/causes.ts";
import { type Entry, gbk, gbkForm, percent, type Signer } from "#lib/doctor/testing/shop.ts";

/** One way to get a signature wrong, and what it is called. `unless`: schemes where it is no mistake, or cannot be seen. */
export interface Breakage {
  name: string;
  truth: readonly CauseId[];
  change: (right: Signer) => Partial<Signer>;
  only?: (scheme: string) => boolean;
}

const each = (change: (value: string, name: string) => string) => (fields: Entry[]) =>
  fields.map(([name, value]): Entry => [name, change(value, name)]);
const field = (one: string, change: (value: string) => string) => each((value, name) => (name === one ? change(value) : value));
const raw = (scheme: string) => scheme !== "desk" && scheme !== "hipopay-request";
const escaping = (scheme: string) => !raw(scheme);
const keyed = (scheme: string) => scheme === "xxpay" || scheme === "fengniao";
const shared = (scheme: string) => keyed(scheme) || scheme === "desk";
const dropping = keyed;
const keeping = (scheme: string) => !dropping(scheme);
const alphabet = (fields: Entry[]) => fields.toSorted(([a], [b]) => a.localeCompare(b, "en", { sensitivity: "base" }));

/** Mistakes in how the values are written. Fields: text in `subject` and `note`, 88.00 in `price`, 100 in `count`, nothing in `attach`. */
export const VALUES: readonly Breakage[] = [
  { name: "signed url-encoded values", truth: ["values_encoded"], only: raw, change: () => ({ write: percent }) },
  {
    name: "signed url-encoded values, form style",
    truth: ["values_encoded"],
    only: raw,
    change: () => ({ write: (text) => new URLSearchParams({ a: text }).toString().slice(2) }),
  },
  { name: "signed raw values", truth: ["values_not_encoded"], only: escaping, change: () => ({ write: (text) => text }) },
  {
    name: "blank escaped as +",
    truth: ["plus_or_space"],
    only: escaping,
    change: () => ({ write: (text) => percent(text).replaceAll("%20", "+") }),
  },
  {
    name: "lower-case percent hex",
    truth: ["escape_style"],
    only: escaping,
    change: () => ({ write: (text) => percent(text).replace(/%../g, (mark) => mark.toLowerCase()) }),
  },
  {
    name: "Python's quote() keeps slashes",
    truth: ["escape_style"],
    only: escaping,
    change: () => ({ write: (text) => percent(text).replaceAll("%2F", "/") }),
  },
  {
    name: "escaped twice before signing",
    truth: ["double_encoded"],
    only: escaping,
    change: () => ({ write: (text) => percent(percent(text)) }),
  },
  { name: "sent escaped twice", truth: ["double_encoded"], change: () => ({ arrive: each((value) => percent(value)) }) },
  {
    name: "+ of a value left unescaped arrives as blank",
    truth: ["plus_or_space"],
    change: () => ({ arrive: each((value) => value.replaceAll("+", " ")), mean: each((value) => value.replaceAll(" ", "+")) }),
  },
  {
    name: "values HTML-escaped on the way",
    truth: ["html_escaped"],
    only: (scheme) => scheme !== "hipopay-notification",
    change: () => ({ arrive: each((value) => value.replaceAll("&", "&amp;").replaceAll('"', "&quot;")) }),
  },
  {
    name: "signed htmlspecialchars'ed values",
    truth: ["html_escaped"],
    change: () => ({ mean: each((value) => value.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")) }),
  },
  { name: "signed as GBK", truth: ["charset"], change: () => ({ bytes: gbk }), only: raw },
  { name: "sent as GBK", truth: ["charset"], change: () => ({ encode: (text) => (/[^ -~]/.test(text) ? gbkForm(text) : percent(text)) }) },
  {
    name: "UTF-8 read as Latin-1 on the way",
    truth: ["charset"],
    change: () => ({ arrive: each((value) => Buffer.from(value, "utf8").toString("latin1")) }),
  },
  { name: "signed with ? for Chinese", truth: ["charset"], change: () => ({ mean: each((value) => value.replace(/[^ -~]/gu, "?")) }) },
  {
    name: "price signed without its zeros",
    truth: ["number_format"],
    change: () => ({ mean: field("price", (value) => String(Number(value))) }),
  },
  { name: "count signed with decimals", truth: ["number_format"], change: () => ({ mean: field("count", (value) => `${value}.00`) }) },
  { name: "count signed as Java's double", truth: ["number_format"], change: () => ({ mean: field("count", (value) => `${value}.0`) }) },
  { name: "price signed in cents", truth: ["amount_unit"], change: () => ({ mean: field("price", (value) => value.replace(".", "")) }) },
  {
    name: "count signed in yuan, sent in cents",
    truth: ["amount_unit"],
    change: () => ({ mean: field("count", (value) => (Number(value) / 100).toFixed(2)) }),
  },
  {
    name: "count signed with an exponent",
    truth: ["number_exponent"],
    change: () => ({ mean: field("count", (value) => Number(value).toExponential().replace("e+", "E")) }),
  },
  {
    name: "subject trimmed by the framework",
    truth: ["values_trimmed"],
    change: () => ({ mean: field("subject", (value) => `${value} `) }),
  },
  { name: "note signed in lower case", truth: ["value_case"], change: () => ({ mean: field("note", (value) => value.toLowerCase()) }) },
  { name: "true signed as True", truth: ["boolean_format"], change: () => ({ mean: field("flag", () => "True") }) },
  { name: "true signed as 1", truth: ["boolean_format"], change: () => ({ mean: field("flag", () => "1") }) },
  { name: "nothing signed as null", truth: ["null_written"], change: () => ({ mean: field("attach", () => "null") }) },
  {
    name: "nested JSON written again by Python",
    truth: ["json_rewritten"],
    change: () => ({ mean: field("detail", (value) => value.replaceAll(":", ": ").replaceAll(",", ", ")) }),
  },
  {
    name: "nested JSON with escaped slashes",
    truth: ["json_rewritten"],
    change: () => ({ mean: field("detail", (value) => value.replaceAll("/", "\\/")) }),
  },
  {
    name: "nested JSON with \\u escapes",
    truth: ["json_rewritten"],
    change: () => ({ mean: field("detail", (value) => value.replace("茶", "\\u8336")) }),
  },
  { name: "nested JSON sorted", truth: ["json_rewritten"], change: () => ({ mean: field("detail", () => '{"path":"/a/b","tea":"茶"}') }) },
];

/** Mistakes in which fields are signed, in what order, and how they are joined. */
export const FIELDS: readonly Breakage[] = [
  { name: "empty values signed", truth: ["empty_values"], only: dropping, change: () => ({ keep: ([name]) => !name.startsWith("sign") }) },
  {
    name: "empty values not signed",
    truth: ["empty_values"],
    only: keeping,
    change: () => ({ keep: ([name, value]) => value !== "" && !name.startsWith("sign") && name !== "lang" }),
  },
  {
    name: "PHP's empty() drops 0",
    truth: ["zero_dropped"],
    only: dropping,
    change: (right) => ({ keep: ([name, value]) => value !== "0" && right.keep([name, value]) }),
  },
  {
    name: "sign signed, empty",
    truth: ["sign_included"],
    only: shared,
    change: (right) => ({ keep: (entry) => entry[0] === "sign" || right.keep(entry), mean: (fields) => [...fields, ["sign", ""]] }),
  },
  {
    name: "sign_type signed",
    truth: ["excluded_field_signed"],
    only: (scheme) => scheme === "fengniao",
    change: (right) => ({ keep: (entry) => entry[0] === "sign_type" || right.keep(entry) }),
  },
  {
    name: "lang signed",
    truth: ["excluded_field_signed"],
    only: (scheme) => scheme === "desk",
    change: (right) => ({ keep: (entry) => entry[0] === "lang" || right.keep(entry) }),
  },
  {
    name: "a field of the framework's own arrives unsigned",
    truth: ["field_not_signed"],
    change: () => ({ arrive: (fields) => [...fields, ["s", "/index/notify"]] }),
  },
  {
    name: "note left unsigned",
    truth: ["field_not_signed"],
    change: (right) => ({ keep: (entry) => entry[0] !== "note" && right.keep(entry) }),
  },
  { name: "sorted without regard to case", truth: ["sort_order"], change: () => ({ sort: alphabet }) },
  { name: "not sorted", truth: ["sort_order"], change: () => ({ sort: (fields) => fields }) },
  { name: "sorted backwards", truth: ["sort_order"], change: (right) => ({ sort: (fields) => right.sort(fields).reverse() }) },
  {
    name: "names in lower case",
    truth: ["field_name_case"],
    change: () => ({ mean: (fields) => fields.map(([name, value]): Entry => [name.toLowerCase(), value]) }),
  },
  {
    name: "a field stands twice, the first was signed",
    truth: ["duplicate_field"],
    change: () => ({ arrive: (fields) => [...fields, ["note", "again"]] }),
  },
  { name: "pairs joined by nothing", truth: ["join_form"], change: () => ({ join: (pairs) => pairs.join("") }) },
  {
    name: "an & too many",
    truth: ["join_form"],
    only: (scheme) => !keyed(scheme),
    change: () => ({ join: (pairs) => `${pairs.join("&")}&` }),
  },
  {
    name: "values in quotes",
    truth: ["join_form"],
    change: () => ({ join: (pairs) => pairs.map((pair) => `${pair.replace("=", '="')}"`).join("&") }),
  },
  { name: "&amp; between the fields", truth: ["html_escaped"], change: () => ({ post: (form) => form.replaceAll("&", "&amp;") }) },
  {
    name: "a byte order mark before the text",
    truth: ["bom"],
    change: (right) => ({ bytes: (text) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), right.bytes(text)]) }),
    only: (scheme) => !keyed(scheme),
  },
  {
    name: "whole text in lower case",
    truth: ["text_case"],
    only: raw,
    change: (right) => ({ close: (text, key) => right.close(text.toLowerCase(), key) }),
  },
  {
    name: "a line feed behind the text",
    truth: ["trailing_newline"],
    change: (right) => ({ bytes: (text) => right.bytes(`${text}\n`) }),
    only: (scheme) => !keyed(scheme),
  },
];

/** Mistakes with a shared key that stands in the text. */
export const JOINED_KEY: readonly Breakage[] = [
  { name: "key= without &", truth: ["key_joined"], change: () => ({ close: (text, key) => `${text}key=${key}` }) },
  { name: "key straight behind", truth: ["key_joined"], change: () => ({ close: (text, key) => text + key }) },
  { name: "key before", truth: ["key_joined"], change: () => ({ close: (text, key) => key + text }) },
  { name: "& and key", truth: ["key_joined"], change: () => ({ close: (text, key) => `${text}&${key}` }) },
  { name: "&secret=", truth: ["key_joined"], change: () => ({ close: (text, key) => `${text}&secret=${key}` }) },
  { name: "no key at all", truth: ["key_missing"], change: () => ({ close: (text) => text }) },
];

/** Mistakes with any shared key. */
export const SHARED_KEY: readonly Breakage[] = [
  { name: "a line feed behind the key", truth: ["key_blank"], change: () => ({ key: (key) => `${key}\n` }) },
  { name: "a blank behind the key", truth: ["key_blank"], change: () => ({ key: (key) => `${key} ` }) },
  { name: "the key in quotes", truth: ["key_blank"], change: () => ({ key: (key) => `"${key}"` }) },
  { name: "the key's last character lost", truth: ["key_blank"], change: () => ({ key: (key) => key.slice(0, -1) }) },
  { name: "the key in lower case", truth: ["key_case"], change: () => ({ key: (key) => key.toLowerCase() }) },
  { name: "the example's key", truth: ["key_placeholder"], change: () => ({ key: () => "123456" }) },
  { name: "the key in base64", truth: ["key_encoded"], change: () => ({ key: (key) => Buffer.from(key).toString("base64") }) },
];
