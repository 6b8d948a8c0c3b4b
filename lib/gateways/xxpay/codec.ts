import { z } from "zod";
import type { Codec, OpenedReply, WireFields } from "#lib/gateways/operation.ts";
import type { Exchange } from "#lib/gateways/port.ts";
import { escapeStrictly, parseForm, parseJson } from "#lib/gateways/wire.ts";
import type { Xxpay } from "#lib/gateways/xxpay/credentials.ts";
import { refusalOf } from "#lib/gateways/xxpay/errors.ts";
import { openNotification, openPayoutNotification } from "#lib/gateways/xxpay/notification.ts";
import { urlOf } from "#lib/gateways/xxpay/paths.ts";
import { sign, signedFields, verifies } from "#lib/gateways/xxpay/signature.ts";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const FAIL = z.object({ retCode: z.literal("FAIL"), retMsg: text, errCode: text, errDes: text });

/** The one field the document calls Boolean; public clients send all others as text. */
const BOOLEANS: ReadonlySet<string> = new Set(["executeNotify"]);
/** Public clients send the time with a balance query; an operation leaves it empty and the sealing fills it in. */
const TIME_FIELD = "queryTime";

/**
 * The wire of seeds/003 §1: `params` (JSON, signed inside) in a form; a SUCCESS is signed and is not believed otherwise, a FAIL
 * never is: its proof is the transport.
 */
export const codec: Codec<Xxpay> = {
  seal(call, { baseUrl, credentials }, now) {
    const fields: WireFields = call.fields[TIME_FIELD] === "" ? { ...call.fields, [TIME_FIELD]: chinaDigits(now) } : call.fields;
    const signed = { ...fields, sign: sign(fields, credentials.key) };
    const params = JSON.stringify(signed, (name, value) => (BOOLEANS.has(name) ? value === "true" : value));
    return {
      url: urlOf(baseUrl, call.path),
      headers: { Accept: "application/json, text/plain", "Content-Type": "application/x-www-form-urlencoded" },
      body: `params=${escapeStrictly(params)}`,
    };
  },
  openReply(answer, _as, { credentials, settings }) {
    if (answer.status < 200 || answer.status >= 300) return unknown(`HTTP ${answer.status}`);
    const data = parseJson(answer.body);
    const fail = FAIL.safeParse(data);
    if (fail.success) return openFail(fail.data);
    const fields = signedFields(answer.body);
    if (fields?.retCode !== "SUCCESS") return unknown("the answer has no retCode of the document");
    if (!fields.sign) return unknown("a success without a signature");
    const { payParams: _unsigned, ...withoutPayParams } = fields;
    const covered = settings.payParamsSigned ? fields : withoutPayParams;
    if (!verifies(covered, credentials.key)) return unknown("the answer's signature is not the gateway's");
    return { kind: "data", data, proof: "signature" };
  },
  legible,
  openNotification,
  openPayoutNotification,
};

function openFail({ errCode, retMsg, errDes }: z.output<typeof FAIL>): OpenedReply {
  const code = refusalOf(errCode, retMsg);
  const message = [...new Set([retMsg, errDes])].filter(Boolean).join(": ");
  if (code === "unknown") return unknown(`FAIL ${errCode} ${message}`);
  return { kind: "refused", code, message, gatewayCode: errCode || "FAIL" };
}

// In a record the JSON as it was meant: people read it, and the mask finds names in it however short their values are.
function legible(exchange: Exchange): Exchange {
  const form = parseForm(exchange.requestBody);
  const params = form.ok ? form.fields.params : undefined;
  return params === undefined ? exchange : { ...exchange, requestBody: `params=${params}` };
}

/** `YYYYMMDDHHmmss` in UTC+8. */
function chinaDigits(now: Date): string {
  return new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace(/\D/g, "");
}

function unknown(message: string): OpenedReply {
  return { kind: "unknown", message };
}
