import type { InboundMessage } from "#lib/gateways/notice.ts";
import type { Random } from "./random.ts";

/** What a mutation starts from: a genuine message, and another one to take parts of. */
interface Pair {
  one: InboundMessage;
  other: InboundMessage;
}

/** Values that have broken receivers before, and words of the five documents. */
const VALUES = [
  ...[
    "",
    " ",
    "0",
    "1",
    "-1",
    "0.01",
    "1e3",
    "1.001",
    "99999999",
    "NaN",
    "null",
    "true",
    "[]",
    "{}",
    "\u0000",
    "%00",
    "&",
    "=",
    "%26",
    "+",
  ],
  ...["PAID", "FAIL", "SUCCESS", "TRADE_SUCCESS", "TRADE_CLOSED", "0000", "1002", "1003", "2", "3", "5", "00", "02", "CNY", "JPY", "cny"],
];
const NAMES = [
  ...["status", "trade_status", "amount", "total_amount", "txnamt", "currency", "sign", "signature", "sign_type", "key", "resp"],
  ...[
    "out_trade_no",
    "mchOrderNo",
    "orderid",
    "agent_order_id",
    "out_trade_id",
    "no",
    "payment_no",
    "backType",
    "mchId",
    "merid",
    "__proto__",
  ],
];

type Mutation = (pair: Pair, random: Random) => InboundMessage;

/** Ways to change a form, which is where every gateway's notice carries its fields: in the body, or in the query of a GET. */
const FORM_MUTATIONS: readonly ((fields: string[], others: string[], random: Random) => string[])[] = [
  (fields, _others, random) => without(fields, random.below(fields.length)),
  (fields, _others, random) => [...fields, random.pick(fields)],
  (fields, _others, random) => replaced(fields, random.below(fields.length), (field) => `${nameIn(field)}=${anyValue(random)}`),
  (fields, _others, random) => replaced(fields, random.below(fields.length), (field) => `${anyName(random)}=${valueIn(field)}`),
  (fields, _others, random) => [...fields, `${anyName(random)}=${anyValue(random)}`],
  (fields, _others, random) => {
    const [a, b] = [random.below(fields.length), random.below(fields.length)];
    const [left = "", right = ""] = [fields[a], fields[b]];
    return replaced(
      replaced(fields, a, () => `${nameIn(left)}=${valueIn(right)}`),
      b,
      () => `${nameIn(right)}=${valueIn(left)}`,
    );
  },
  // One message's fields under the other's signature.
  (fields, others, random) => {
    const taken = random.pick(others);
    return fields.map((field) => (nameIn(field) === nameIn(taken) ? taken : field));
  },
  (fields) => fields.toReversed(),
  (fields, _others, random) => replaced(fields, random.below(fields.length), (field) => escapedAnew(field, random)),
  (fields, _others, random) =>
    replaced(fields, random.below(fields.length), (field) => (random.below(2) ? field.toUpperCase() : field.toLowerCase())),
  (fields, _others, random) => replaced(fields, random.below(fields.length), (field) => insideBase64(field, random)),
];

const BYTE_MUTATIONS: readonly ((bytes: Buffer, random: Random) => Buffer)[] = [
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    const at = random.below(Math.max(1, copy.length));
    copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
    return copy;
  },
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random) => {
    const at = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from([random.below(256)]), bytes.subarray(at)]);
  },
  (bytes, random) => {
    const at = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(4))]);
  },
];

const MUTATIONS: readonly Mutation[] = [
  (pair, random) => onForm(pair, (fields, others) => random.pick(FORM_MUTATIONS)(fields, others, random)),
  (pair, random) => onForm(pair, (fields, others) => random.pick(FORM_MUTATIONS)(fields, others, random)),
  ({ one }, random) => onBytes(one, (bytes) => random.pick(BYTE_MUTATIONS)(bytes, random)),
  ({ one, other }, random) => ({ ...one, headers: mixedHeaders(one.headers, other.headers, random) }),
  ({ one, other }) => ({ ...one, body: other.body, query: other.query }),
  // A form where the document has a query, and the other way round.
  ({ one }) => ({
    ...one,
    method: one.method === "GET" ? "POST" : "GET",
    query: Buffer.from(one.body).toString("latin1"),
    body: Buffer.from(one.query, "latin1"),
  }),
];

/** One to three random changes of a genuine message. */
export function mutated(pair: Pair, random: Random): InboundMessage {
  let message = pair.one;
  for (let changes = 1 + random.below(3); changes > 0; changes -= 1)
    message = random.pick(MUTATIONS)({ one: message, other: pair.other }, random);
  return message;
}

function onForm({ one, other }: Pair, change: (fields: string[], others: string[]) => string[]): InboundMessage {
  const inQuery = one.body.byteLength === 0;
  const text = inQuery ? one.query : Buffer.from(one.body).toString("latin1");
  const others = (other.body.byteLength === 0 ? other.query : Buffer.from(other.body).toString("latin1")).split("&");
  const fields = text.split("&");
  const made = change(fields, others).join("&");
  return inQuery ? { ...one, query: made } : { ...one, body: Buffer.from(made, "latin1") };
}

function onBytes(one: InboundMessage, change: (bytes: Buffer) => Buffer): InboundMessage {
  if (one.body.byteLength === 0) return { ...one, query: change(Buffer.from(one.query, "latin1")).toString("latin1") };
  return { ...one, body: change(Buffer.from(one.body)) };
}

function mixedHeaders(
  headers: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>>,
  random: Random,
): Record<string, string> {
  const names = Object.keys(headers);
  const name = names.length > 0 ? random.pick(names) : "signature";
  const value = headers[name] ?? "";
  const { [name]: _gone, ...rest } = headers;
  const choices = [
    rest,
    { ...headers, [name]: others[name] ?? anyValue(random) },
    { ...headers, [name]: value.slice(0, random.below(value.length + 1)) },
  ];
  return random.pick([
    ...choices,
    { ...headers, [name]: `${value} ` },
    { ...headers, [name]: value.toLowerCase() },
    { ...headers, [name]: anyValue(random) },
  ]);
}

/** mpgateway carries JSON in Base64: changes inside of it, encoded anew. */
function insideBase64(field: string, random: Random): string {
  const raw = decoded(valueIn(field));
  const text = Buffer.from(raw, "base64").toString("utf8");
  if (!text.startsWith("{")) return `${nameIn(field)}=${encodeURIComponent(raw)}%0A`;
  const at = random.below(text.length);
  const changed = random.pick([
    text.replace(/"(txnamt|resultcode|orderid|merid|queryid)":("[^"]*"|\d+)/, (_all, name: string) => `"${name}":"${anyValue(random)}"`),
    `${text.slice(0, -1)},"txnamt":1}`,
    `${text.slice(0, -1)},"resultcode":"0000"}`,
    ` ${text}`,
    text.slice(0, at) + String.fromCharCode(32 + random.below(90)) + text.slice(at + 1),
  ]);
  return `${nameIn(field)}=${encodeURIComponent(Buffer.from(changed, "utf8").toString("base64"))}`;
}

function escapedAnew(field: string, random: Random): string {
  const value = valueIn(field);
  const at = random.below(value.length + 1);
  const sign = value.charCodeAt(at);
  if (Number.isNaN(sign) || value[at] === "%") return `${nameIn(field)}=${value.replaceAll("%20", "+").replaceAll("%2F", "/")}`;
  return `${nameIn(field)}=${value.slice(0, at)}%${sign.toString(16).padStart(2, "0")}${value.slice(at + 1)}`;
}

function anyValue(random: Random): string {
  return random.below(3) === 0 ? encodeURIComponent(random.pick(VALUES)) : random.pick(VALUES);
}

function anyName(random: Random): string {
  return random.pick(NAMES);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function without(fields: readonly string[], at: number): string[] {
  return fields.filter((_field, index) => index !== at);
}

function replaced(fields: readonly string[], at: number, change: (field: string) => string): string[] {
  return fields.map((field, index) => (index === at ? change(field) : field));
}

function nameIn(field: string): string {
  return field.includes("=") ? field.slice(0, field.indexOf("=")) : field;
}

function valueIn(field: string): string {
  return field.includes("=") ? field.slice(field.indexOf("=") + 1) : "";
}
