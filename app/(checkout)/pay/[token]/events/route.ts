import { isToken } from "#lib/domain/ids.ts";
import { liveStream } from "#lib/payments/live-stream.ts";

export const dynamic = "force-dynamic";

/** Live status as server-sent events. */
export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  return isToken(token) ? liveStream(token, request.signal) : new Response("not found", { status: 404 });
}
