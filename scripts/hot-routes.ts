import type { IncomingMessage, ServerResponse } from "node:http";
import { API_ROOT, answerApi, BODY_MAX } from "#lib/api/serve.ts";
import { isToken } from "#lib/domain/ids.ts";
import { answerNotification, NOTIFICATION_BYTES_MAX, type NotifyAnswer } from "#lib/payments/notify-route.ts";
import { readStatus } from "#lib/payments/read-checkout.ts";

/**
 * The routes that come hundreds a second, served without the framework: it costs them 0.7 ms of processor time each,
 * more than all of our own work (docs/benchmarks.md). They are the same functions as app/api/notify, app/api/v1 and
 * app/(checkout)/pay/[token]/status; `next dev` serves those.
 */
const NOTIFY = /^\/api\/notify\/([\w-]{1,64})\/([\w-]{1,64})(?:\?(.*))?$/;
const STATUS = /^\/pay\/([0-9a-z]{1,64})\/status(?:\?.*)?$/;

/** Serves the request and says true, or leaves it to the framework. */
export function serveHot(request: IncomingMessage, response: ServerResponse): boolean {
  const { method = "", url = "" } = request;
  const notify = method === "POST" || method === "GET" ? NOTIFY.exec(url) : null;
  if (notify?.[1] && notify[2]) {
    void serveNotification(request, response, notify[1], notify[2], notify[3] ?? "");
    return true;
  }
  if (url.startsWith(`${API_ROOT}/`)) {
    void serveApi(request, response);
    return true;
  }
  const token = method === "GET" ? STATUS.exec(url)?.[1] : undefined;
  if (token === undefined) return false;
  void serveStatus(response, token);
  return true;
}

async function serveNotification(
  request: IncomingMessage,
  response: ServerResponse,
  gateway: string,
  account: string,
  query: string,
): Promise<void> {
  const body = await readBody(request, NOTIFICATION_BYTES_MAX).catch(() => undefined);
  if (body === undefined) return void response.destroy(); // cut off in the middle: nobody hears the answer
  const message = body && { method: request.method ?? "", query, headers: flat(request), body };
  const answer = message ? await answerNotification(message, gateway, account) : TOO_LARGE;
  response.writeHead(answer.status, { "content-type": answer.contentType, "x-content-type-options": "nosniff" }).end(answer.body);
}

async function serveApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", url = "" } = request;
  let cut = false;
  const body = async (): Promise<Uint8Array | null> => {
    try {
      return await readBody(request, BODY_MAX);
    } catch (error) {
      cut = true;
      throw error;
    }
  };
  const answer = await answerApi({ method, url, header: (name) => flatHeader(request.headers[name]), body });
  if (cut) return void response.destroy(); // in the middle of the request: nobody hears the answer
  if (!request.complete) response.setHeader("connection", "close"); // an answer before the end of too long a body
  response.writeHead(answer.status, answer.headers).end(method === "HEAD" || answer.status === 204 ? undefined : answer.body);
}

async function serveStatus(response: ServerResponse, token: string): Promise<void> {
  const status = isToken(token) ? await readStatus(token).catch(() => undefined) : null;
  const code = status ? 200 : status === null ? 404 : 503;
  const headers = { "content-type": "application/json", "cache-control": "no-store", "x-content-type-options": "nosniff" };
  response.writeHead(code, headers).end(JSON.stringify(status ?? { error: status === null ? "order_not_found" : "try_again" }));
}

const TOO_LARGE: NotifyAnswer = { status: 413, contentType: "text/plain; charset=utf-8", body: "too large" };

/** The body, or null when it is longer than `most` bytes; throws when the connection ends in the middle. */
async function readBody(request: IncomingMessage, most: number): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

function flatHeader(value: string | string[] | undefined): string | null {
  return Array.isArray(value) ? value.join(", ") : (value ?? null);
}

function flat(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );
}
