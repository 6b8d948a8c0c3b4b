import { db } from "#db/client.ts";
import { sandboxOn } from "#lib/env.ts";
import { receiveShopWebhook } from "#lib/sandbox/shops.ts";

export const dynamic = "force-dynamic";

/** Where the demo shop takes our webhooks. */
export async function POST(request: Request): Promise<Response> {
  return sandboxOn() ? receiveShopWebhook(db(), request) : new Response("not found", { status: 404 });
}
