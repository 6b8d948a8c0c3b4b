import type { Backend } from "#lib/dialects/backend.ts";
import type { WireReply, WireRequest } from "#lib/dialects/dialect.ts";
import type { Call, Route } from "#lib/dialects/mpgateway/call.ts";
import { readForm } from "#lib/dialects/mpgateway/form.ts";
import { queryOf } from "#lib/dialects/mpgateway/parameters.ts";
import { isRefusal, page, redirect, wordsOf } from "#lib/dialects/mpgateway/reply.ts";

/** 公众号获取 (seeds/002 §3.2): the one endpoint the document says needs no signature. */
export const OPENID_PATH = "/wxjsapi/openid.html";

/** What the openid is appended to `backurl` as: not printed, assumed (protocols.md §2). */
const OPENID_PARAMETER = "openid";

/**
 * 公众号支付接入 (seeds/002 §3.3), opened in WeChat: the PayId goes on to the page that may call WeChat. Signed like any
 * request (protocols.md §2).
 */
export const GOPAY_ROUTE: Route = { method: "GET", path: "/wxjsapi/gopay.html", browser: true, answer: gopay };

async function gopay({ fields, caller, backend }: Call): Promise<WireReply> {
  const form = readForm(fields, ["merid", "orderid", "code"], []);
  if (isRefusal(form)) return page(400, wordsOf(form));
  const payment = await backend.find(caller, { clientNo: form.need("orderid") });
  const fits = payment?.method === "wechat.jsapi" && payment.code === form.need("code");
  return fits ? redirect(backend.pageUrl(payment, "wechat_jsapi")) : page(404, wordsOf({ respcode: "not_found" }));
}

/**
 * Sends the shopper to find out an openid, and from there to `backurl` with it appended. `merid` may be absent (§3.2.2):
 * then it is the openid at the gateway's default channel. `payway` names a channel of a merchant who has several; this
 * gateway has one for each.
 */
export async function openid(request: WireRequest, backend: Backend): Promise<WireReply> {
  const parameters = queryOf(request);
  if (parameters === null) return page(400, wordsOf({ respcode: "parameter" }));
  const form = readForm(parameters, ["backurl"], ["merid", "payway"]);
  if (isRefusal(form)) return page(400, wordsOf(form));
  const merid = form.get("merid");
  if (merid !== null && !(await backend.caller(merid))) return page(403, wordsOf({ respcode: "merchant", detail: "merid" }));
  return redirect(backend.openidPageUrl(merid ?? "", form.need("backurl"), OPENID_PARAMETER));
}
