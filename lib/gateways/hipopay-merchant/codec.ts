import { z } from "zod";
import { sealed } from "#lib/gateways/hipopay/canonical.ts";
import { text } from "#lib/gateways/hipopay/order.ts";
import type { HipopayMerchant } from "#lib/gateways/hipopay-merchant/credentials.ts";
import { meaningOf } from "#lib/gateways/hipopay-merchant/errors.ts";
import { openMerchantNotification } from "#lib/gateways/hipopay-merchant/notification.ts";
import type { Codec, OpenedReply } from "#lib/gateways/operation.ts";
import { parseJson } from "#lib/gateways/wire.ts";

// The document writes Python's `True` and `False`; servers send JSON's. As texts they are read in any case.
const truth = z.union([
  z.boolean(),
  z
    .string()
    .regex(/^(true|false)$/i)
    .transform((word) => word.toLowerCase() === "true"),
]);

const ENVELOPE = z.object({
  is_success: truth,
  response: z.unknown().optional(),
  error: text,
  error_message: text,
  return_message: text,
});

/**
 * The merchant's wire (seeds/001 §4, §7): four headers, a form or a query, an envelope `{is_success, response}` or
 * `{is_success, error, error_message}`, sometimes with `return_message`. Replies are not signed: their proof is TLS. The
 * document names no HTTP status: an envelope is read at 2xx and 4xx, a refusal only by its `error`; a 5xx may have acted.
 */
export const codec: Codec<HipopayMerchant> = {
  seal(call, { baseUrl, credentials }, now) {
    const caller = { header: "MerchantNO", number: credentials.merchantNo, privateKey: credentials.privateKey };
    return sealed(call, baseUrl, caller, now);
  },
  openReply(answer, as) {
    const envelope = ENVELOPE.safeParse(parseJson(answer.body));
    const fine = answer.status >= 200 && answer.status < 300;
    if (!envelope.success) {
      if (fine && as === "text") return { kind: "data", data: answer.body, proof: "tls" };
      return { kind: "unknown", message: `HTTP ${answer.status} without the document's envelope` };
    }
    const { is_success: success, response, error } = envelope.data;
    const message = envelope.data.error_message || envelope.data.return_message;
    // An answer that contradicts itself is no answer.
    if (success && fine && error === "") {
      return as === "json"
        ? { kind: "data", data: { response }, proof: "tls" }
        : { kind: "unknown", message: "an envelope instead of a file" };
    }
    if (success || answer.status >= 500 || (answer.status >= 300 && answer.status < 400)) {
      return { kind: "unknown", message: `HTTP ${answer.status}, is_success ${success} ${error} ${message}` };
    }
    return openError(error, message);
  },
  openNotification: openMerchantNotification,
};

function openError(error: string, message: string): OpenedReply {
  const meaning = meaningOf(error);
  if (meaning === "pending") return { kind: "pending", message: `${error} ${message}` };
  if (meaning === "unknown") return { kind: "unknown", message: `${error || "no error code"} ${message}` };
  return { kind: "refused", code: meaning, message, gatewayCode: error };
}
