import { boundedText } from "#lib/bounded-body.ts";
import { env } from "#lib/env.ts";
import { openidCookie, receiveOpenid } from "#lib/payments/openid.ts";

export const dynamic = "force-dynamic";

const BODY_MAX = 8192;

/**
 * The page registered with the gateway's openid container (seeds/000 §4.1): opened with `openid` and our own parameters,
 * by GET or POST. Exempt from the Origin rule by name: the container is another origin, and nothing is done here but to
 * keep a cookie. Then a 303, so that the checkout is a fresh document.
 */
async function handle(request: Request, { params }: { params: Promise<{ account: string }> }): Promise<Response> {
  const { account } = await params;
  const query = new URL(request.url).searchParams;
  const posted = request.method === "POST" ? await boundedText(request, BODY_MAX) : "";
  if (posted === null) return new Response("too large", { status: 413 });
  const form = request.method === "POST" ? new URLSearchParams(posted) : query;
  const field = (name: string): string | null => form.get(name) ?? query.get(name);
  const received = await receiveOpenid(account, { openid: field("openid"), token: field("state") });
  if (!received) return new Response("unknown", { status: 404 });
  const { name, maxAgeSeconds } = openidCookie(account);
  const secure = env().PUBLIC_URL.startsWith("https:") ? "; Secure" : "";
  const headers = new Headers({ location: `${env().PUBLIC_URL}/pay/${received.token}?openid=had`, "cache-control": "no-store" });
  headers.append("set-cookie", `${name}=${received.cookie}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`);
  return new Response(null, { status: 303, headers });
}

export { handle as GET, handle as POST };
