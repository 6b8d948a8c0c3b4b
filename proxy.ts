import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy, pageAreaOf, pageHeaders } from "#lib/csp.ts";
import { DESK_QUERY_HEADER, DESK_QUERY_MAX } from "#lib/domain/desk.ts";
import { env, sandboxOn } from "#lib/env.ts";
import { isLocale, LOCALE_COOKIE } from "#lib/i18n/locale.ts";
import { isKnownAddress } from "#lib/known-address.ts";
import { INNER_HEADER, isShopperDocument, plainDocument } from "#lib/plain-document.ts";
import { phoneHeaders } from "#lib/sandbox/phone.ts";

const YEAR_SECONDS = 31_536_000;

/**
 * Runs before every page (never before routes that gateways, shops or scripts call): gives the page its nonce and
 * policy, answers unknown addresses with the 404 page, remembers a language chosen by `?lang=`, and lets the sandbox's phone speak with a phone's User-Agent.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  if (wantsPlain(request)) {
    const plain = await plainDocument(request.nextUrl, request.headers);
    if (plain) return plain;
  }
  const nonce = randomBytes(16).toString("base64");
  const area = pageAreaOf(request.nextUrl.pathname);
  const policy = contentSecurityPolicy(area, nonce, { origin: env().PUBLIC_URL, development: process.env.NODE_ENV === "development" });
  const headers = new Headers(request.headers);
  // Next reads the nonce for its own scripts from the request's policy.
  headers.set("content-security-policy", policy);
  headers.set("x-nonce", nonce);
  const lang = request.nextUrl.searchParams.get("lang");
  if (isLocale(lang)) headers.set("x-lang", lang);
  else headers.delete("x-lang");
  // A page is given decoded parameters only; a signed address is judged by the very text (lib/payments/desk.ts).
  if (request.nextUrl.pathname === "/desk") headers.set(DESK_QUERY_HEADER, request.nextUrl.search.slice(1, DESK_QUERY_MAX + 2));
  else headers.delete(DESK_QUERY_HEADER);
  const phone = sandboxOn() ? phoneHeaders(request.headers) : null;
  if (phone) headers.set("user-agent", phone.userAgent);

  const known = await isKnownAddress(request.nextUrl.pathname);
  // A path no route has: app/global-not-found.tsx, status 404.
  const response = known
    ? NextResponse.next({ request: { headers } })
    : NextResponse.rewrite(new URL("/nothing-here", request.url), { request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  for (const [name, value] of Object.entries(pageHeaders(area))) response.headers.set(name, value);
  const secure = env().PUBLIC_URL.startsWith("https:");
  if (secure) response.headers.set("Strict-Transport-Security", `max-age=${YEAR_SECONDS}`);
  if (isLocale(lang)) response.cookies.set(LOCALE_COOKIE, lang, { maxAge: YEAR_SECONDS, sameSite: "lax", httpOnly: true, secure });
  return response;
}

/** A shopper's browser asks for a document; the answer to our own inner request is drawn by Next, once. */
function wantsPlain(request: NextRequest): boolean {
  if (process.env.NODE_ENV !== "production" || request.method !== "GET") return false;
  if (!isShopperDocument(request.nextUrl.pathname)) return false;
  return !request.headers.has(INNER_HEADER) && !request.headers.has("rsc");
}

export const config = {
  matcher: [
    "/((?!api/|_next/|compat/|marks/|sandbox/gateway/|pay/[^/]+/(?:status|events|return|openid)|[^/]*\\.(?:js|css|svg|png|ico|txt|map|wasm|webmanifest)$).*)",
  ],
};
