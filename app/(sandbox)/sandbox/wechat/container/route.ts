import { db } from "#db/client.ts";
import { sandboxOn } from "#lib/env.ts";
import { containerReply } from "#lib/sandbox/container.ts";

export const dynamic = "force-dynamic";

/** The gateway's WeChat container (seeds/000 §4.1): takes a shopper without openid, gives the page one with. */
export async function GET(request: Request): Promise<Response> {
  return sandboxOn() ? containerReply(request, db()) : new Response("not found", { status: 404 });
}
