import { db } from "#db/client.ts";
import { sandboxOn } from "#lib/env.ts";
import { authorizeReply } from "#lib/sandbox/oauth.ts";

export const dynamic = "force-dynamic";

/** WeChat's authorisation page (seeds/004 3.2): gives the shopper a code and sends them back. */
export async function GET(request: Request): Promise<Response> {
  return sandboxOn() ? authorizeReply(request, db()) : new Response("not found", { status: 404 });
}
