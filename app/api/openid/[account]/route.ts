import { cookies } from "next/headers";
import { db } from "#db/client.ts";
import { boundedText } from "#lib/bounded-body.ts";
import { endHop } from "#lib/compat/hop.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { type CookieJar, type OpenidReturn, openidCookie, receiveOpenid } from "#lib/payments/openid.ts";
import { rateLimiter } from "#lib/rate-limit.ts";

export const dynamic = "force-dynamic";

const BODY_MAX = 8192;
// A code makes a call to the gateway, whoever made it up.
const limiter = rateLimiter();
const RATE = { most: 10, perMs: 60_000 };

/**
 * The page registered with the gateway's openid container (seeds/000 §4.1) or WeChat's OAuth (seeds/004 §3.2): opened with
 * `openid` or `code` and our own parameters, by GET or POST. Exempt from the Origin rule by name: the container is another
 * origin, and nothing is done here but to keep a cookie. Then a 303, so that the checkout is a fresh document.
 */
async function handle(request: Request, { params }: { params: Promise<{ account: string }> }): Promise<Response> {
  const { account } = await params;
  const query = new URL(request.url).searchParams;
  const posted = request.method === "POST" ? await boundedText(request, BODY_MAX) : "";
  if (posted === null) return new Response("too large", { status: 413 });
  const form = request.method === "POST" ? new URLSearchParams(posted) : query;
  const field = (name: string): string | null => form.get(name) ?? query.get(name);
  const fields = { openid: field("openid"), code: field("code"), token: field("state") };
  if (!limiter.allow(`${account} ${fields.token}`, RATE)) return new Response("too many requests", { status: 429 });
  // A shopper of a shop's own page, on the way by /compat (lib/compat/hop.ts).
  const shop = await endHop(db(), account, fields).catch(() => null);
  if (shop) return new Response(null, { status: 303, headers: { location: shop, "cache-control": "no-store" } });
  const received = await receive(account, fields, await cookies());
  if (received === null) return new Response("unknown", { status: 404 });
  const page = `${env().PUBLIC_URL}/pay/${received.token}`;
  // The page starts once by itself when it knows the openid; a problem shown is not answered by going round again.
  const location = received.known ? `${page}?openid=had` : `${page}?problem=openid_missing#problem`;
  const headers = new Headers({ location, "cache-control": "no-store" });
  const { name, maxAgeSeconds } = openidCookie(account);
  const secure = env().PUBLIC_URL.startsWith("https:") ? "; Secure" : "";
  if (received.cookie)
    headers.append("set-cookie", `${name}=${received.cookie}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`);
  return new Response(null, { status: 303, headers });
}

async function receive(account: string, fields: OpenidReturn, jar: CookieJar): ReturnType<typeof receiveOpenid> {
  try {
    return await receiveOpenid(account, fields, jar);
  } catch (error) {
    log.warn({ account, error: error instanceof Error ? error.name : "error" }, "openid: the return could not be handled");
    return fields.token && /^[0-9a-z]{1,64}$/.test(fields.token) ? { token: fields.token, cookie: null, known: false } : null;
  }
}

export { handle as GET, handle as POST };
