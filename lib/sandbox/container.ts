import type { Tx } from "#db/client.ts";
import { localeOf } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import { merchantByNo } from "#lib/sandbox/listing.ts";
import { newShopper, openidOf } from "#lib/sandbox/numbers.ts";
import { cookieOf, SHOPPER_COOKIE } from "#lib/sandbox/phone.ts";

/**
 * The container page (seeds/000 §4.1): all parameters go back to the address registered for the merchant, with `openid`
 * and `merchant_no` added; by GET as a redirect, by POST as a form that sends itself (and has a button). One agent may
 * have several pages on the registered site: `return_url` chooses among them, but never leads to another origin. Unknown merchant or nothing registered: 404 with words.
 */
export async function containerReply(request: Request, tx: Tx): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const merchantNo = query.get("merchant_no") ?? "";
  const merchant = await merchantByNo(tx, merchantNo);
  // The page's policy lets scripts and styles run that carry this request's nonce (proxy.ts).
  const nonce = request.headers.get("x-nonce") ?? "";
  const jar = request.headers.get("cookie") ?? "";
  const t = translator(localeOf({ cookie: cookieOf(jar, "lang"), acceptLanguage: request.headers.get("accept-language") }), "sandbox");
  if (!merchant?.pageUrl) return page(404, nonce, t("container.title"), `<p>${escapeHtml(t("container.problem"))}</p>`, null);
  const shopper = cookieOf(jar, SHOPPER_COOKIE) ?? newShopper();
  const fields = new URLSearchParams(query);
  fields.set("merchant_no", merchantNo);
  fields.set("openid", openidOf(shopper, merchantNo));
  const cookie = `${SHOPPER_COOKIE}=${shopper}; Path=/sandbox; HttpOnly; SameSite=Lax; Max-Age=31536000`;
  const address = chosenPage(merchant.pageUrl, query.get("return_url"));
  if (merchant.pageMethod === "POST") return formPage(address, nonce, fields, t, cookie);
  const target = new URL(address);
  for (const [name, value] of fields) target.searchParams.set(name, value);
  return new Response(null, { status: 302, headers: { location: target.href, "set-cookie": cookie } });
}

function chosenPage(registered: string, wanted: string | null): string {
  const same = wanted !== null && URL.canParse(wanted) && new URL(wanted).origin === new URL(registered).origin;
  return same ? wanted : registered;
}

function formPage(
  action: string,
  nonce: string,
  fields: URLSearchParams,
  t: ReturnType<typeof translator<"sandbox">>,
  cookie: string,
): Response {
  const inputs = [...fields]
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join("");
  const form = `<p>${escapeHtml(t("container.hint"))}</p><form method="post" action="${escapeHtml(action)}">${inputs}<button>${escapeHtml(t("container.go"))}</button></form>`;
  return page(200, nonce, t("container.title"), `${form}<script nonce="${escapeHtml(nonce)}">document.forms[0].submit()</script>`, cookie);
}

function page(status: number, nonce: string, title: string, body: string, cookie: string | null): Response {
  const html = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style nonce="${escapeHtml(nonce)}">body{font:16px/1.5 system-ui,sans-serif;margin:20vh auto;max-width:20rem;padding:1rem;text-align:center}button{font:inherit;padding:.75rem 2rem;border:0;border-radius:8px;background:#067a3c;color:#fff}</style><h1>${escapeHtml(title)}</h1>${body}`;
  const headers = new Headers({ "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  if (cookie !== null) headers.append("set-cookie", cookie);
  return new Response(html, { status, headers });
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
