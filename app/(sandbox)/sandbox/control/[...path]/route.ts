import { db } from "#db/client.ts";
import { sandboxOn } from "#lib/env.ts";
import { serveControl } from "#lib/sandbox/control.ts";

export const dynamic = "force-dynamic";

/** The JSON control API for tests and scripts (lib/sandbox/control.ts). */
async function serve(request: Request, { params }: { params: Promise<{ path: string[] }> }): Promise<Response> {
  if (!sandboxOn()) return new Response("not found", { status: 404 });
  return serveControl(request, db(), (await params).path);
}

export { serve as DELETE, serve as GET, serve as POST };
