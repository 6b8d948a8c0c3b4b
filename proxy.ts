import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy, pageAreaOf, pageHeaders } from "#lib/csp.ts";
import { DESK_QUERY_HEADER, DESK_QUERY_MAX } from "#lib/domain/desk.ts";
import { FRAMERS_HEADER } from "#lib/domain/embed.ts";
import { env, sandboxOn } from "#lib/env.ts";
import { isLocale, LOCALE_COOKIE } from "#lib/i18n/locale.ts";
import { framersOfAddress, isKnownAddress } from "#lib/known-address.ts";
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
  const known = await isKnownAddress(request.nextUrl.pathname);
  const framers = known ? await framersOfAddress(request.nextUrl.pathname) : [];
  const development = process.env.NODE_ENV === "development";
  const policy = contentSecurityPolicy(area, nonce, { origin: env().PUBLIC_URL, development, framers });
  const headers = new Headers(request.headers);
  // Next reads the nonce for its own scripts from the request's policy.
  headers.set("content-security-policy", policy);
  headers.set("x-nonce", nonce);
  if (framers.length > 0) headers.set(FRAMERS_HEADER, framers.join(" "));
  else headers.delete(FRAMERS_HEADER);
  const lang = request.nextUrl.searchParams.get("lang");
  if (isLocale(lang)) headers.set("x-lang", lang);
  else headers.delete("x-lang");
  // A page is given decoded parameters only; a signed address is judged by the very text (lib/payments/desk.ts).
  if (request.nextUrl.pathname === "/desk") headers.set(DESK_QUERY_HEADER, request.nextUrl.search.slice(1, DESK_QUERY_MAX + 2));
  else headers.delete(DESK_QUERY_HEADER);
  const phone = sandboxOn() ? phoneHeaders(request.headers) : null;
  if (phone) headers.set("user-agent", phone.userAgent);

  // A path no route has: app/global-not-found.tsx, status 404.
  const response = known
    ? NextResponse.next({ request: { headers } })
    : NextResponse.rewrite(new URL("/nothing-here", request.url), { request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  for (const [name, value] of Object.entries(pageHeaders(area, framers.length > 0))) response.headers.set(name, value);
  const secure = env().PUBLIC_URL.startsWith("https:");
  if (secure) response.headers.set("Strict-Transport-Security", `max-age=${YEAR_SECONDS}`);
  // In a shop's frame a Lax cookie is a third party's and is not kept; one for this shop's page alone (CHIPS) may be.
  const framed = request.headers.get("sec-fetch-dest") === "iframe" && isForeign(request.headers);
  const keeping = framed ? ({ sameSite: "none", secure: true, partitioned: true } as const) : ({ sameSite: "lax", secure } as const);
  if (isLocale(lang)) response.cookies.set(LOCALE_COOKIE, lang, { maxAge: YEAR_SECONDS, httpOnly: true, ...keeping });
  return response;
}

/** Whether another site's page is around: its navigation, or (within the frame) a browser that speaks of storage for third parties. */
function isForeign(headers: Headers): boolean {
  return headers.get("sec-fetch-site") === "cross-site" || headers.has("sec-fetch-storage-access");
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
