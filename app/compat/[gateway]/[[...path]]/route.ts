import { db } from "#db/client.ts";
import { clientAddress } from "#lib/client-address.ts";
import { serveCompat } from "#lib/compat/serve.ts";
import { env } from "#lib/env.ts";

export const dynamic = "force-dynamic";

/**
 * Every method and path of a gateway's wire, its root included (seeds/004 names no path), with our payments behind it. Exempt from
 * the Origin rule by name: its callers are shops' servers, which sign what they send.
 */
async function serve(request: Request, { params }: { params: Promise<{ gateway: string }> }): Promise<Response> {
  const { gateway } = await params;
  const path = new URL(request.url).pathname.slice(`/compat/${gateway}`.length) || "/";
  const clientIp = clientAddress(request.headers.get("x-forwarded-for"), env().TRUSTED_PROXIES);
  return serveCompat(request, { database: db(), gateway, path, clientIp });
}

export { serve as DELETE, serve as GET, serve as HEAD, serve as OPTIONS, serve as PATCH, serve as POST, serve as PUT };
