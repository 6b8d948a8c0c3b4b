import { fieldValue, readFields, recordOf } from "#lib/doctor/fields.ts";
import type { Message } from "#lib/doctor/message.ts";
import { formOf } from "#lib/doctor/read-shared-key.ts";
import { type PairSource, type Recipe, textOf } from "#lib/doctor/recipe.ts";
import { NO_HINTS, type Specimen, type SpecimenReader } from "#lib/doctor/specimen.ts";
import { canonicalNotification, canonicalRequest } from "#lib/gateways/hipopay/canonical.ts";
import { deskText } from "#lib/payments/desk-secret.ts";

/** How old a request of HipoPay's may be (protocols.md: ±10 minutes), and a webhook (Standard Webhooks: 5 minutes). */
const REQUEST_SECONDS = 600;
const WEBHOOK_SECONDS = 300;
/** Headers that people sign by mistake. */
const HEADERS = ["AgentNo", "MerchantNO", "MerchantNo", "Version", "Timestamp"] as const;
/** Fields of notifications that may come empty (seeds/000 §10.2, seeds/001 §10), and so get lost. */
const MAY_BE_EMPTY = [
  ...["openid", "exchange_rate", "pay_currency", "pay_amount", "agent_order_id", "trade_time", "finish_time", "settle_currency"],
  ...["pay_rate", "pay_rate_reversed", "bank_type", "promotion_detail"],
];

/** HipoPay's requests (seeds/000 §2.2, seeds/001): escaped, sorted, a comma, the Timestamp header's text. */
export const readHipopayRequest: SpecimenReader = (message, key) => {
  const escapes = ["strict", "php", "javascript", "java"] as const;
  const specimen = hipopay(message, key, "strict");
  if (specimen?.recipe.source.kind !== "pairs") return null;
  const { recipe } = specimen;
  const source = specimen.recipe.source;
  const record = recordOf(source.pairs);
  const at = timeOf(message.headers.get("timestamp") ?? "");
  return {
    ...specimen,
    scheme: "hipopay-request",
    canonical: record ? canonicalRequest(record) + source.tail : textOf(recipe),
    // protocols.md §1: the four official SDKs escape differently, and servers take all four.
    alsoTaken: escapes.slice(1).map((style) => ({ ...recipe, source: { ...source, escape: style } })),
    fresh: at && { at, seconds: REQUEST_SECONDS },
  };
};

/** HipoPay's notifications (seeds/000 §10.3): the same sort, values raw. */
export const readHipopayNotification: SpecimenReader = (message, key) => {
  const specimen = hipopay(message, key, "none");
  if (specimen?.recipe.source.kind !== "pairs") return null;
  const { source } = specimen.recipe;
  const record = recordOf(source.pairs);
  const canonical = record ? canonicalNotification(record) + source.tail : textOf(specimen.recipe);
  return { ...specimen, scheme: "hipopay-notification", canonical };
};

function hipopay(message: Message, key: Recipe["key"], style: PairSource["escape"]): Omit<Specimen, "scheme" | "canonical"> | null {
  const { pairs, notes } = formOf(message);
  const given = message.headers.get("signature") ?? "";
  if (pairs.length === 0 && given === "") return null;
  const timestamp = message.headers.get("timestamp") ?? "";
  const source: PairSource = {
    ...{ kind: "pairs", pairs, leaveOut: [], empty: "keep", order: "bytes", escape: style, shape: "a=1&b=2" },
    tail: timestamp === "" ? "" : `,${timestamp}`,
  };
  const recipe: Recipe = { source, around: "nothing", keyForm: "none", key, charset: "utf-8", algorithm: "sha256" };
  const headers = HEADERS.flatMap((name) => {
    const value = message.headers.get(name.toLowerCase());
    return value === undefined ? [] : [{ name, value, raw: value }];
  });
  const optional = style === "none" ? MAY_BE_EMPTY : [];
  return {
    recipe,
    given,
    pieces: [given],
    place: "Signature",
    writing: "base64",
    rsa: "sha256",
    alsoTaken: [],
    hints: { optional, headers },
    fresh: null,
    notes,
  };
}

/** An address of our cashier's (docs/cashier-entry.md). */
export const readDesk: SpecimenReader = (message, key) => {
  const query = message.query || (/^\s*[{[<]/.test(message.body) ? "" : message.body);
  const { pairs, notes } = readFields(query);
  if (pairs.length === 0) return null;
  const source: PairSource = {
    ...{ kind: "pairs", pairs, leaveOut: ["sign", "lang"], empty: "keep", order: "bytes", escape: "strict", shape: "a=1&b=2", tail: "" },
  };
  const recipe: Recipe = { source, around: "nothing", keyForm: "none", key, charset: "utf-8", algorithm: "hmac-sha256" };
  const record = recordOf(pairs.filter(({ name }) => name !== "lang"));
  const rest = { writing: "hex", rsa: null, alsoTaken: [], hints: NO_HINTS, fresh: null, notes } as const;
  const given = fieldValue(pairs, "sign");
  const canonical = record ? deskText(record) : textOf(recipe);
  return { scheme: "desk", recipe, canonical, given, pieces: [given], place: "sign", ...rest };
};

/** A webhook of ours (Standard Webhooks): `id.timestamp.body`. Of several signatures the first `v1` counts here; `diagnose` tries each. */
export const readWebhook: SpecimenReader = (message, key) => {
  const header = (name: string) => message.headers.get(`webhook-${name}`) ?? message.headers.get(`svix-${name}`) ?? "";
  const [id, timestamp, signature] = [header("id"), header("timestamp"), header("signature")];
  if (id === "" && signature === "") return null;
  const recipe: Recipe = {
    source: { kind: "blob", before: `${id}.${timestamp}.`, blob: message.body },
    ...({ around: "nothing", keyForm: "none", key, charset: "utf-8", algorithm: "hmac-sha256" } as const),
  };
  const at = timeOf(timestamp);
  const pieces = signature.split(/\s+/).map((piece) => piece.replace(/^v1,/, ""));
  return {
    ...{
      scheme: "webhook",
      recipe,
      canonical: textOf(recipe),
      given: signature,
      pieces,
      place: "webhook-signature",
      writing: "base64",
      rsa: null,
    },
    ...{ alsoTaken: [], hints: NO_HINTS, notes: [], fresh: at && { at, seconds: WEBHOOK_SECONDS } },
  };
};

/** Seconds, seconds with decimals, or milliseconds; null when it is none of them. */
function timeOf(text: string): Date | null {
  if (!/^\d{10}(?:\d{3}|\.\d{1,9})?$/.test(text)) return null;
  return new Date(text.length === 13 ? Number(text) : Number(text.slice(0, 10)) * 1000);
}
