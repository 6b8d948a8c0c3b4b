import type { Tx } from "#db/client.ts";
import { constantTimeEqual } from "#lib/crypto/digest.ts";
import { newToken } from "#lib/domain/ids.ts";
import { issueLoginCode, takeLoginCode, wasTaken } from "#lib/sandbox/login-codes.ts";
import { escapeHtml, plainPage, sendOn, visitorOf, withParameters } from "#lib/sandbox/plain-page.ts";
import { readWechatApp, type WechatApp } from "#lib/sandbox/wechat-apps.ts";

const SCOPES: ReadonlySet<string> = new Set(["snsapi_base", "snsapi_userinfo"]);
const TOKEN_SECONDS = 7200;

/**
 * WeChat's own authorisation page (seeds/004 3.2): back to `redirect_uri` at once with `code` and `state`, since the scope
 * asks the shopper nothing. Only hosts registered with the application; otherwise 400 with words, as WeChat's page has.
 */
export async function authorizeReply(request: Request, tx: Tx): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const { shopper, cookie, t, nonce } = visitorOf(request);
  const app = await readWechatApp(tx, query.get("appid") ?? "");
  const back = query.get("redirect_uri") ?? "";
  const wrong = app === null ? t("oauth.noApp") : wrongRequest(app, query, back) ? t("oauth.wrong") : null;
  if (app === null || wrong !== null) return plainPage(400, nonce, t("oauth.title"), `<p>${escapeHtml(wrong ?? "")}</p>`);
  const { code } = await issueLoginCode(tx, app.appId, shopper);
  return sendOn(withParameters(back, { code, state: query.get("state") ?? "" }), cookie);
}

function wrongRequest(app: WechatApp, query: URLSearchParams, back: string): boolean {
  const registered = URL.canParse(back) && /^https?:$/.test(new URL(back).protocol) && app.domains.includes(new URL(back).host);
  return !registered || query.get("response_type") !== "code" || !SCOPES.has(query.get("scope") ?? "");
}

/** WeChat's refusals, always HTTP 200. */
const ERRORS = {
  appid: { errcode: 40013, errmsg: "invalid appid" },
  secret: { errcode: 40125, errmsg: "invalid appsecret" },
  grant: { errcode: 40002, errmsg: "invalid grant_type" },
  missing: { errcode: 41008, errmsg: "missing code" },
  used: { errcode: 40163, errmsg: "code been used" },
  code: { errcode: 40029, errmsg: "invalid code" },
} as const;

/** The exchange of a code, once and within five minutes, for the shopper's openid at the application; server to server. */
export async function accessTokenReply(request: Request, tx: Tx): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const app = await readWechatApp(tx, query.get("appid") ?? "");
  const code = query.get("code") ?? "";
  if (!app) return said(ERRORS.appid);
  if (!constantTimeEqual(app.secret, query.get("secret") ?? "")) return said(ERRORS.secret);
  if (query.get("grant_type") !== "authorization_code") return said(ERRORS.grant);
  if (code === "") return said(ERRORS.missing);
  const openid = await takeLoginCode(tx, app.appId, code);
  if (openid === null) return said((await wasTaken(tx, app.appId, code)) ? ERRORS.used : ERRORS.code);
  return said({ access_token: newToken(), expires_in: TOKEN_SECONDS, refresh_token: newToken(), openid, scope: "snsapi_base" });
}

// WeChat calls its JSON text/plain.
function said(body: object): Response {
  return new Response(JSON.stringify(body), { headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" } });
}
