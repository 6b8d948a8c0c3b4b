import { z } from "zod";
import type { Mpgateway } from "#lib/gateways/mpgateway/credentials.ts";
import { openNotification } from "#lib/gateways/mpgateway/notification.ts";
import { refusalOf, SURELY_NOT_CHARGED } from "#lib/gateways/mpgateway/respmsg.ts";
import { sign, unwrap, unwrapText, verifies, wrap } from "#lib/gateways/mpgateway/signature.ts";
import type { Codec, OpenedReply, WireFields } from "#lib/gateways/operation.ts";
import type { Exchange } from "#lib/gateways/port.ts";
import { escapeStrictly, parseForm, parseJson } from "#lib/gateways/wire.ts";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const ENVELOPE = z.object({ resp: text, sign: text });
const RESULT = z.object({ respcode: text, respmsg: text });

/**
 * The wire of seeds/002 §2: `req` (base64 of JSON) and `sign` in a form, answered by `resp` and `sign`. Replies are signed, and
 * nothing but a signed reply is believed to be a success. An empty `sign` stands with errors before the gateway knew our key
 * (§2.2): nothing can have happened then.
 */
export const codec: Codec<Mpgateway> = {
  seal(call, { baseUrl, credentials }) {
    return {
      url: baseUrl + call.path,
      headers: { Accept: "application/json, text/plain", "Content-Type": "application/x-www-form-urlencoded" },
      body: signedForm(call.fields, credentials.key),
    };
  },
  openReply(answer, _as, { credentials }) {
    if (answer.status < 200 || answer.status >= 300) return unknown(`HTTP ${answer.status}`);
    const envelope = envelopeOf(answer.body);
    const data = envelope && unwrap(envelope.resp);
    const result = RESULT.safeParse(data);
    if (!envelope || !data || !result.success) return unknown("the answer is not resp and sign of the document");
    const { respcode, respmsg } = result.data;
    if (envelope.sign === "") return openUnsigned(respcode, respmsg);
    if (!verifies(envelope.resp, envelope.sign, credentials.key)) return unknown("the answer's signature is not the gateway's");
    if (respcode === "00") return { kind: "data", data, proof: "signature" };
    if (respcode === "") return unknown("the answer has no respcode");
    const code = refusalOf(respmsg);
    if (code === "unknown") return unknown(`${respcode} ${respmsg}`);
    return { kind: "refused", code, message: respmsg, gatewayCode: respcode };
  },
  legible,
  openNotification,
};

/** The same wire for what charges at once: only a failure that surely charged nothing is a refusal, any other is unclear. */
export const chargingCodec: Pick<Codec<Mpgateway>, "seal" | "openReply" | "legible"> = {
  seal: codec.seal,
  openReply(answer, as, context) {
    const reply = codec.openReply(answer, as, context);
    if (reply.kind !== "refused" || SURELY_NOT_CHARGED.has(reply.code)) return reply;
    return unknown(`${reply.gatewayCode} ${reply.message}`);
  },
  legible,
};

/** `req` and `sign` as a form or a query. */
export function signedForm(fields: WireFields, key: string): string {
  const req = wrap(fields);
  return `req=${escapeStrictly(req)}&sign=${sign(req, key)}`;
}

// Without a key there is no proof of anything but that the gateway did not know us: never that a number is unknown to it.
function openUnsigned(respcode: string, respmsg: string): OpenedReply {
  if (respcode === "" || respcode === "00") return unknown("a success without a signature");
  const code = refusalOf(respmsg) === "signature_rejected" ? "signature_rejected" : "forbidden";
  return { kind: "refused", code, message: respmsg, gatewayCode: respcode };
}

// Real gateways answer JSON; §2.3 prints a query string. Both hold the same two fields.
function envelopeOf(body: string): z.output<typeof ENVELOPE> | null {
  const json = ENVELOPE.safeParse(parseJson(body));
  if (json.success) return json.data;
  const form = parseForm(body.trim());
  return form.ok ? ENVELOPE.parse(form.fields) : null;
}

// In a record base64 would hide a person from the mask, and everything from people.
function legible(exchange: Exchange): Exchange {
  const form = parseForm(exchange.requestBody);
  const req = form.ok ? unwrapText(form.fields.req ?? "") : null;
  const reply = exchange.responseBody === "" ? null : envelopeOf(exchange.responseBody);
  const resp = reply && unwrapText(reply.resp);
  return {
    ...exchange,
    requestBody: form.ok && req !== null ? `req=${req}&sign=${form.fields.sign ?? ""}` : exchange.requestBody,
    responseBody: reply && resp !== null ? `{"resp":${resp},"sign":${JSON.stringify(reply.sign)}}` : exchange.responseBody,
  };
}

function unknown(message: string): OpenedReply {
  return { kind: "unknown", message };
}
