import { db } from "#db/client.ts";
import { sandboxOn } from "#lib/env.ts";
import { accessTokenReply } from "#lib/sandbox/oauth.ts";

export const dynamic = "force-dynamic";

/** WeChat's exchange of a code for an openid (seeds/004 3.2), called by a merchant's server. */
export async function GET(request: Request): Promise<Response> {
  return sandboxOn() ? accessTokenReply(request, db()) : new Response("not found", { status: 404 });
}
