import { withoutEnds, withoutTail } from "#lib/doctor/ends.ts";
import { type Fields, fieldValue, readFields, recordOf } from "#lib/doctor/fields.ts";
import { parseForForms } from "#lib/doctor/json-forms.ts";
import type { Message } from "#lib/doctor/message.ts";
import { type PairSource, type Recipe, textOf } from "#lib/doctor/recipe.ts";
import { NO_HINTS, type SpecimenReader } from "#lib/doctor/specimen.ts";
import { canonicalText as fengniaoText } from "#lib/gateways/fengniao/sign.ts";
import { restored, unwrapText } from "#lib/gateways/mpgateway/signature.ts";
import { signedFields, canonical as xxpayText } from "#lib/gateways/xxpay/signature.ts";

/** What pairs have in common with the documents that sort and join them raw. */
const RAW_PAIRS = { kind: "pairs", order: "bytes", escape: "none", shape: "a=1&b=2", tail: "" } as const;

/** xxpay (seeds/003 §1.3): a form, the same fields as JSON in `params`, or a reply in JSON. */
export const readXxpay: SpecimenReader = (message, key) => {
  const { pairs, notes } = xxpayFields(message);
  if (pairs.length === 0) return null;
  const source: PairSource = { ...RAW_PAIRS, pairs, leaveOut: ["sign"], empty: "drop" };
  const recipe: Recipe = { source, around: "nothing", keyForm: "&key=", key, charset: "utf-8", algorithm: "md5" };
  const record = recordOf(pairs);
  const rest = { writing: "HEX", rsa: null, alsoTaken: [], hints: NO_HINTS, fresh: null, notes } as const;
  const canonical = record ? xxpayText(record) : textOf(recipe);
  const given = fieldValue(pairs, "sign");
  return { scheme: "xxpay", recipe, canonical, given, pieces: [given], place: "sign", ...rest };
};

function xxpayFields(message: Message): Fields {
  const form = formOf(message);
  const json =
    form.pairs.length === 1 && form.pairs[0]?.name === "params" ? form.pairs[0].value : /^\s*\{/.test(message.body) ? message.body : null;
  const fields = json === null ? null : signedFields(json);
  if (!fields) return form;
  return { pairs: Object.entries(fields).map(([name, value]) => ({ name, value, raw: value })), notes: form.notes };
}

/** fengniao (seeds/004 §3.1): a form; MD5 or RSA with SHA-1, by the account's setting. */
export const readFengniao: SpecimenReader = (message, key, signType) => {
  const { pairs, notes } = formOf(message);
  if (pairs.length === 0) return null;
  const source: PairSource = { ...RAW_PAIRS, pairs, leaveOut: ["sign", "sign_type"], empty: "blank" };
  const recipe: Recipe = {
    source,
    around: "nothing",
    keyForm: "&key=",
    key,
    charset: "utf-8",
    algorithm: signType === "RSA" ? "sha1" : "md5",
  };
  const record = recordOf(pairs);
  const made = signType === "RSA" ? ({ writing: "base64", rsa: "sha1" } as const) : ({ writing: "hex", rsa: null } as const);
  const canonical = record ? fengniaoText(record) : textOf(recipe);
  const given = fieldValue(pairs, "sign");
  return {
    scheme: "fengniao",
    recipe,
    canonical,
    given,
    pieces: [given],
    place: "sign",
    ...made,
    alsoTaken: [],
    hints: NO_HINTS,
    fresh: null,
    notes,
  };
};

/** mpgateway (seeds/002 §2.2): base64 of JSON in `req` or `resp`, in a form, a query, or a reply's JSON. */
export const readMpgateway: SpecimenReader = (message, key) => {
  const form = formOf(message);
  const reply = parseForForms(message.body) as { resp?: unknown; sign?: unknown } | undefined;
  const json = typeof reply === "object" && reply !== null && typeof reply.resp === "string";
  const name = form.pairs.some((pair) => pair.name === "resp") ? "resp" : "req";
  const text = json ? String(reply.resp) : fieldValue(form.pairs, name);
  if (text === "") return null;
  const given = json ? String(reply.sign ?? "") : fieldValue(form.pairs, "sign");
  // Our own log shows what is inside: it is wrapped again as the codec does it.
  const blob = /^\s*\{/.test(text) ? Buffer.from(text, "utf8").toString("base64") : restored(text);
  const recipe: Recipe = {
    source: { kind: "blob", before: "", blob },
    ...({ around: "nothing", keyForm: "key behind", key, charset: "utf-8", algorithm: "md5" } as const),
  };
  const rest = { writing: "hex", rsa: null, alsoTaken: [], hints: NO_HINTS, fresh: null } as const;
  return { scheme: "mpgateway", recipe, canonical: blob, given, pieces: [given], place: "sign", ...rest, notes: json ? [] : form.notes };
};

/** The JSON inside an mpgateway message, however its base64 is written; null when there is none. */
export function insideOf(blob: string): string | null {
  const clean = withoutTail(blob.replace(/\s+/g, "").replaceAll("-", "+").replaceAll("_", "/"), /=/);
  return unwrapText(clean.padEnd(Math.ceil(clean.length / 4) * 4, "="));
}

/** The fields of a message: its form, or its query where it has no body. */
export function formOf(message: Message): Fields {
  const isForm = message.body !== "" && !/^\s*[{[<]/.test(message.body);
  return readFields(withoutEnds(isForm ? message.body : message.query, /[\r\n]/));
}
