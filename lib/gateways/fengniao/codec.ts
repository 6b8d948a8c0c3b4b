import { z } from "zod";
import type { Fengniao } from "#lib/gateways/fengniao/credentials.ts";
import { ERROR_CODES } from "#lib/gateways/fengniao/errors.ts";
import { openNotification } from "#lib/gateways/fengniao/notification.ts";
import { contentText, signatureOf } from "#lib/gateways/fengniao/sign.ts";
import type { Codec } from "#lib/gateways/operation.ts";
import { parseJson } from "#lib/gateways/wire.ts";

/**
 * Fengniao's wire (seeds/004 §1.2, §3.1): every call is a form posted to one address. What other protocols name by a path is
 * named by the field `method` here, so an operation's path IS its method. Replies are flat JSON and not signed: their proof is
 * TLS.
 */
export const codec: Codec<Fengniao> = {
  seal(call, context) {
    const { baseUrl, credentials, settings } = context;
    const open = { content: contentText(call.fields), app_id: credentials.appId, version: "1.0", method: call.path };
    const form = new URLSearchParams({ ...open, sign: signatureOf(open, context), sign_type: settings.signType });
    return {
      url: baseUrl + settings.path,
      headers: { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8", Accept: "application/json" },
      body: form.toString(),
    };
  },
  openReply(answer) {
    const reply = REPLY.safeParse(parseJson(answer.body));
    if (!reply.success) return { kind: "unknown", message: `HTTP ${answer.status} without the document's error_code` };
    const { error_code: code, error_msg: message, ...data } = reply.data;
    const fine = answer.status >= 200 && answer.status < 300;
    if (code === "0")
      return fine ? { kind: "data", data, proof: "tls" } : { kind: "unknown", message: `HTTP ${answer.status} with code 0` };
    const meaning = Object.hasOwn(ERROR_CODES, code) ? ERROR_CODES[code] : undefined;
    // A server that broke down says nothing about the order, whatever it printed.
    if (meaning === undefined || meaning === "unknown" || answer.status >= 500) return { kind: "unknown", message: `${code} ${message}` };
    return { kind: "refused", code: meaning, message, gatewayCode: code };
  },
  openNotification,
};

const REPLY = z.looseObject({
  error_code: z.string(),
  error_msg: z
    .string()
    .nullish()
    .transform((text) => text ?? ""),
});
