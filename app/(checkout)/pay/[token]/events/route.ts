import { liveStream } from "#lib/payments/live-stream.ts";

export const dynamic = "force-dynamic";

/** Live status as server-sent events. */
export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  return liveStream((await params).token, request.signal);
}
