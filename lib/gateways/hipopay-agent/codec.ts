import { z } from "zod";
import { sealed } from "#lib/gateways/hipopay/canonical.ts";
import { WX_CODES } from "#lib/gateways/hipopay/wallet-codes.ts";
import type { HipopayAgent } from "#lib/gateways/hipopay-agent/credentials.ts";
import { STATUS_CODES } from "#lib/gateways/hipopay-agent/errors.ts";
import { openAgentNotification } from "#lib/gateways/hipopay-agent/notification.ts";
import type { Codec, OpenedReply } from "#lib/gateways/operation.ts";
import { parseJson } from "#lib/gateways/wire.ts";

/**
 * The agent's wire (seeds/000 §2, §3): four headers, a form or a query, an envelope `{meta, data}`. Replies are not signed:
 * their proof is TLS.
 */
export const codec: Codec<HipopayAgent> = {
  seal(call, { baseUrl, credentials }, now) {
    const caller = { header: "AgentNo", number: credentials.agentNo, privateKey: credentials.privateKey };
    return sealed(call, baseUrl, caller, now);
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
  openNotification: openAgentNotification,
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
