import { type Database, db } from "#db/client.ts";
import { boundedBody } from "#lib/bounded-body.ts";
import type { InboundMessage } from "#lib/gateways/notice.ts";
import { log } from "#lib/log.ts";
import { receiveNotification } from "#lib/payments/receive-notification.ts";

/** The largest notification read (reliability.md 4). */
export const NOTIFICATION_BYTES_MAX = 64 * 1024;

/** What a gateway is answered. */
export interface NotifyAnswer {
  status: number;
  contentType: string;
  body: string;
}

/**
 * A gateway's message to `/api/notify/<gateway>/<account>`, whoever serves it: 200 with the gateway's own word only after
 * the commit; 400 when it does not verify, 404 for an unknown account or number, 503 when it could not be handled (the
 * gateway then sends it again). Never throws.
 */
export async function answerNotification(
  message: InboundMessage,
  gateway: string,
  account: string,
  database: Database = db(),
): Promise<NotifyAnswer> {
  try {
    const reception = await receiveNotification(database, account, gateway, message);
    if (reception.answer === "acknowledge") return { status: reception.status, contentType: reception.contentType, body: reception.body };
    return reception.answer === "refused" ? text(400, "refused") : text(404, "unknown");
  } catch (error) {
    log.error({ account, error: error instanceof Error ? error.message : String(error) }, "notification not handled");
    return text(503, "try again");
  }
}

/** The same as a route of the framework; 413 when the body is too large. */
export async function notifyRoute(request: Request, gateway: string, account: string, database: Database = db()): Promise<Response> {
  const body = await boundedBody(request, NOTIFICATION_BYTES_MAX);
  const query = new URL(request.url).search.slice(1);
  const message = body && { method: request.method, query, headers: Object.fromEntries(request.headers), body };
  const answer = message ? await answerNotification(message, gateway, account, database) : text(413, "too large");
  return new Response(answer.body, { status: answer.status, headers: { "content-type": answer.contentType } });
}

function text(status: number, body: string): NotifyAnswer {
  return { status, contentType: "text/plain; charset=utf-8", body };
}
