import { z } from "zod";
import { rsaSha256Sign } from "#lib/crypto/rsa.ts";
import type { HipopayAgent } from "#lib/gateways/hipopay-agent/credentials.ts";
import { STATUS_CODES, WX_CODES } from "#lib/gateways/hipopay-agent/errors.ts";
import { openNotification } from "#lib/gateways/hipopay-agent/notification.ts";
import type { Codec, OpenedReply, WireFields } from "#lib/gateways/operation.ts";
import { escapeStrictly, parseJson, sortedByBytes } from "#lib/gateways/wire.ts";

/** seeds/000 §2.2: names sorted by bytes, values escaped strictly, `k=v` joined by `&`. Empty values stay, as `k=`. */
export function canonicalRequest(fields: WireFields): string {
  return sortedByBytes(Object.keys(fields))
    .map((name) => `${escapeStrictly(name)}=${escapeStrictly(fields[name] ?? "")}`)
    .join("&");
}

/** The text our signature covers: the canonical request, a comma, and the Timestamp header's exact text. */
export function stringToSign(fields: WireFields, timestamp: string): string {
  return `${canonicalRequest(fields)},${timestamp}`;
}

/**
 * The agent's wire (seeds/000 §2, §3): four headers, a form or a query, an envelope `{meta, data}`. Replies are not signed:
 * their proof is TLS. The body sent is the canonical request itself, so signer and verifier read the same bytes.
 */
export const codec: Codec<HipopayAgent> = {
  seal(call, { baseUrl, credentials }, now) {
    const timestamp = Math.floor(now.getTime() / 1000).toString();
    const canonical = canonicalRequest(call.fields);
    const headers: Record<string, string> = {
      AgentNo: credentials.agentNo,
      Signature: rsaSha256Sign(stringToSign(call.fields, timestamp), credentials.privateKey),
      Version: call.version ?? "1.0",
      Timestamp: timestamp,
      Accept: "application/json, text/plain",
    };
    const url = baseUrl + call.path;
    if (call.verb === "GET") return { url: `${url}?${canonical}`, headers, body: null };
    return { url, headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded" }, body: canonical };
  },
  openReply(answer, as) {
    const envelope = ENVELOPE.safeParse(parseJson(answer.body));
    const fine = answer.status >= 200 && answer.status < 300;
    if (!envelope.success) {
      if (fine && as === "text") return { kind: "data", data: answer.body, proof: "tls" };
      return { kind: "unknown", message: `HTTP ${answer.status} without the document's envelope` };
    }
    const { meta, ...rest } = envelope.data;
    if (fine && meta.status_code === "200" && meta.success) {
      return as === "json" ? { kind: "data", data: rest, proof: "tls" } : { kind: "unknown", message: "an envelope instead of a file" };
    }
    const status = fine ? meta.status_code : answer.status.toString();
    // An answer that contradicts itself is no answer.
    if (meta.success || meta.status_code !== status)
      return { kind: "unknown", message: `HTTP ${answer.status}, envelope ${meta.status_code}` };
    return openError(status, meta.message);
  },
  openNotification,
};

const ENVELOPE = z.looseObject({
  meta: z.object({
    status_code: z.string(),
    message: z
      .string()
      .nullish()
      .transform((text) => text ?? ""),
    success: z.boolean(),
  }),
});

const WX_ERROR = z.object({ wx_message: z.string().nullish(), wx_code: z.string() });

function openError(status: string, message: string): OpenedReply {
  const code = Object.hasOwn(STATUS_CODES, status) ? STATUS_CODES[status] : "unknown";
  if (code === undefined || code === "unknown") return { kind: "unknown", message: `${status} ${message}` };
  if (code !== "wechat") return { kind: "refused", code, message, gatewayCode: status };
  const wx = WX_ERROR.safeParse(parseJson(message));
  if (!wx.success) return { kind: "unknown", message: `555 without wx_code: ${message}` };
  const { wx_code: wxCode, wx_message: wxMessage } = wx.data;
  const text = wxMessage ?? "";
  const meaning = Object.hasOwn(WX_CODES, wxCode) ? WX_CODES[wxCode] : "unknown";
  if (meaning === "pending") return { kind: "pending", message: `${wxCode} ${text}` };
  if (meaning === undefined || meaning === "unknown") return { kind: "unknown", message: `555 ${wxCode} ${text}` };
  return { kind: "refused", code: meaning, message: text, gatewayCode: wxCode };
}
