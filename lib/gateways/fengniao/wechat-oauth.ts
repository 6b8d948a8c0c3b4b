import { z } from "zod";
import type { Fengniao } from "#lib/gateways/fengniao/credentials.ts";
import { WECHAT_ERRCODES } from "#lib/gateways/fengniao/errors.ts";
import type { Codec, Operation } from "#lib/gateways/operation.ts";
import { escapeStrictly, parseJson } from "#lib/gateways/wire.ts";

/**
 * Where a WeChat browser tells who the shopper is (seeds/004 §3.2): WeChat's own OAuth, silently (`snsapi_base`). The browser
 * comes back to `page.returnUrl` with `code` and `state`. Null when the account has no official account or not its secret.
 */
export function openidUrl(
  { settings, credentials }: Pick<Fengniao, "settings"> & { credentials: Fengniao["credentials"] | null },
  page: { returnUrl: string; state: string },
): string | null {
  if (!settings.wechatAppId || credentials?.wechatSecret === "") return null;
  const url = new URL(settings.wechatAuthorizeUrl);
  const fields = {
    ...{ appid: settings.wechatAppId, redirect_uri: page.returnUrl, response_type: "code" },
    ...{ scope: "snsapi_base", state: page.state },
  };
  url.search = [url.search.slice(1), pairsOf(fields)].filter(Boolean).join("&");
  // WeChat's client acts on the address only with this at its end.
  url.hash = "wechat_redirect";
  return url.href;
}

/** WeChat's wire: an address and its query; an answer with `errcode` is a refusal, and HTTP says 200 either way. */
const codec: Pick<Codec<Fengniao>, "seal" | "openReply"> = {
  seal: (call) => {
    const join = call.path.includes("?") ? "&" : "?";
    return { url: `${call.path}${join}${pairsOf(call.fields)}`, headers: { Accept: "application/json" }, body: null };
  },
  openReply(answer) {
    const reply = z.looseObject({ errcode: z.string().optional(), errmsg: z.string().optional() }).safeParse(parseJson(answer.body));
    if (!reply.success || answer.status < 200 || answer.status > 299)
      return { kind: "unknown", message: `HTTP ${answer.status} from WeChat` };
    const { errcode: code = "0", errmsg: message = "" } = reply.data;
    if (code === "0") return { kind: "data", data: reply.data, proof: "tls" };
    const meaning = Object.hasOwn(WECHAT_ERRCODES, code) ? WECHAT_ERRCODES[code] : undefined;
    if (!meaning) return { kind: "unknown", message: `${code} ${message}` };
    return { kind: "refused", code: meaning, message, gatewayCode: code };
  },
};

/** The code the browser brought back, for the shopper's openid (WeChat's `sns/oauth2/access_token`). A code serves once. */
export const openid: Operation<Fengniao, { code: string }, string> = {
  verb: "GET",
  path: ({ settings }) => settings.wechatTokenUrl,
  codec,
  check: ({ code }, { credentials, settings }) => {
    if (!settings.wechatAppId || !credentials.wechatSecret) return "the account has no wechatAppId or no wechatSecret";
    return /^[A-Za-z0-9_-]{1,512}$/.test(code) ? null : "not an authorisation code";
  },
  fields: ({ code }, { credentials, settings }) => ({
    ...{ appid: settings.wechatAppId, secret: credentials.wechatSecret, code, grant_type: "authorization_code" },
  }),
  reply: () => z.object({ openid: z.string().regex(/^[A-Za-z0-9_-]{6,128}$/) }).transform((reply) => reply.openid),
};

function pairsOf(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${escapeStrictly(name)}=${escapeStrictly(value)}`)
    .join("&");
}
