import { setTimeout } from "node:timers/promises";
import { db } from "#db/client.ts";
import { dialectById } from "#lib/dialects/registry.ts";
import { env, sandboxOn } from "#lib/env.ts";
import { serveGateway } from "#lib/sandbox/gateway.ts";

export const dynamic = "force-dynamic";

/** Every method and path of a simulated gateway; 404 unless the sandbox is on and knows the gateway. */
async function serve(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const dialect = sandboxOn() ? dialectById(id) : null;
  if (!dialect) return new Response("not found", { status: 404 });
  const path = new URL(request.url).pathname.slice(`/sandbox/gateway/${id}`.length);
  const sleep = async (ms: number): Promise<void> => {
    await setTimeout(ms, undefined, { signal: request.signal }).catch(() => {});
  };
  return serveGateway(request, { database: db(), dialect, origin: env().PUBLIC_URL, path, sleep });
}

export { serve as DELETE, serve as GET, serve as HEAD, serve as OPTIONS, serve as PATCH, serve as POST, serve as PUT };
