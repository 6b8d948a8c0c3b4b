import { localeOf } from "#lib/i18n/locale.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { newShopper } from "#lib/sandbox/numbers.ts";
import { cookieOf, SHOPPER_COOKIE } from "#lib/sandbox/phone.ts";

/** What a page of the simulated WeChat knows of the browser that asks for it. */
export interface Visitor {
  /** The shopper's identity in this browser. */
  shopper: string;
  /** Keeps it, as a Set-Cookie. */
  cookie: string;
  t: Translator<"sandbox">;
  /** The page's policy lets scripts and styles run that carry this request's nonce (proxy.ts). */
  nonce: string;
}

export function visitorOf(request: Request): Visitor {
  const jar = request.headers.get("cookie") ?? "";
  const shopper = cookieOf(jar, SHOPPER_COOKIE) ?? newShopper();
  return {
    shopper,
    cookie: `${SHOPPER_COOKIE}=${shopper}; Path=/sandbox; HttpOnly; SameSite=Lax; Max-Age=31536000`,
    t: translator(localeOf({ cookie: cookieOf(jar, "lang"), acceptLanguage: request.headers.get("accept-language") }), "sandbox"),
    nonce: request.headers.get("x-nonce") ?? "",
  };
}

/** A bare page. `body` is HTML: whatever came in must have gone through `escapeHtml`. */
export function plainPage(status: number, nonce: string, title: string, body: string, cookie: string | null = null): Response {
  const html = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style nonce="${escapeHtml(nonce)}">body{font:16px/1.5 system-ui,sans-serif;margin:20vh auto;max-width:20rem;padding:1rem;text-align:center}button{font:inherit;padding:.75rem 2rem;border:0;border-radius:8px;background:#067a3c;color:#fff}</style><h1>${escapeHtml(title)}</h1>${body}`;
  const headers = new Headers({ "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  if (cookie !== null) headers.append("set-cookie", cookie);
  return new Response(html, { status, headers });
}

/** On to another page, remembering the shopper. */
export function sendOn(location: string, cookie: string): Response {
  return new Response(null, { status: 302, headers: { location, "set-cookie": cookie, "cache-control": "no-store" } });
}

/** The address with parameters added, what stood there kept letter for letter, and no fragment. */
export function withParameters(url: string, parameters: Record<string, string>): string {
  const hash = url.indexOf("#");
  const address = hash < 0 ? url : url.slice(0, hash);
  return `${address}${address.includes("?") ? "&" : "?"}${new URLSearchParams(parameters)}`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
