import { db } from "#db/client.ts";
import { env, sandboxOn } from "#lib/env.ts";
import { openidPageReply } from "#lib/sandbox/openid-page.ts";

export const dynamic = "force-dynamic";

/** A gateway's page that finds out the shopper's openid (seeds/002 §3.2) and opens the merchant's page with it. */
export async function GET(request: Request): Promise<Response> {
  return sandboxOn() ? openidPageReply(request, db(), env().PUBLIC_URL) : new Response("not found", { status: 404 });
}
