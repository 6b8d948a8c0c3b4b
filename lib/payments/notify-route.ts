import { type Database, db } from "#db/client.ts";
import { boundedBody } from "#lib/bounded-body.ts";
import type { InboundMessage } from "#lib/gateways/gateway.ts";
import { receiveNotification } from "#lib/payments/receive-notification.ts";

/** The largest notification read (reliability.md 4). */
const BODY_BYTES_MAX = 64 * 1024;

/**
 * A gateway's message to `/api/notify/<gateway>/<account>`: framework-free, so that the hot path can be served without
 * one. 200 with the gateway's own word only after the commit; 400 when it does not verify, 404 for an unknown account or
 * number, 413 when too large, 503 when the database does not answer (the gateway then sends it again).
 */
export async function notifyRoute(request: Request, gateway: string, account: string, database: Database = db()): Promise<Response> {
  const body = await boundedBody(request, BODY_BYTES_MAX);
  if (body === null) return text(413, "too large");
  const message: InboundMessage = {
    method: request.method,
    query: new URL(request.url).search.slice(1),
    headers: Object.fromEntries(request.headers),
    body,
  };
  const reception = await receiveNotification(database, account, gateway, message);
  if (reception.answer === "acknowledge") {
    return new Response(reception.body, { status: reception.status, headers: { "content-type": reception.contentType } });
  }
  return reception.answer === "refused" ? text(400, "refused") : text(404, "unknown");
}

function text(status: number, body: string): Response {
  return new Response(body, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
}
