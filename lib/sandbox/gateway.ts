import { and, eq, gt } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { sandboxNotices } from "#db/schema/sandbox/notices.ts";
import type { ChosenFault } from "#db/schema/sandbox/payments.ts";
import { boundedBody } from "#lib/bounded-body.ts";
import type { Dialect, WireReply } from "#lib/dialects/dialect.ts";
import { claimRequestFaults } from "#lib/sandbox/armed.ts";
import { sandboxBackend } from "#lib/sandbox/backend.ts";
import { gatewayRoot } from "#lib/sandbox/gateways.ts";

const BODY_MAX = 64 * 1024;
const EARLY_WAIT_MS = 3000;
const EARLY_LOOK_MS = 50;

export interface GatewayOptions {
  database: Database;
  dialect: Dialect;
  origin: string;
  /** Path below the gateway's root, raw, beginning with a slash. */
  path: string;
  /** Waits; tests pass one that does not. */
  sleep: (ms: number) => Promise<void>;
}

/**
 * One request to a simulated gateway: the dialect answers from the ledger, then the faults armed for this payment or
 * this request have their way with the answer. The request was processed all the same: that is the point.
 */
export async function serveGateway(request: Request, options: GatewayOptions): Promise<Response> {
  const { database, dialect, origin, path, sleep } = options;
  const body = await boundedBody(request, BODY_MAX);
  if (body === null) return new Response("request too large", { status: 413 });
  const struck: ChosenFault[] = await claimRequestFaults(database, dialect.id, path);
  let created: string | null = null;
  const backend = sandboxBackend({
    database,
    gateway: dialect.id,
    origin,
    onCreate(no, faults) {
      created = no;
      struck.push(...faults);
    },
  });
  const at = request.url.indexOf("?");
  const reply = await dialect.handle(
    {
      method: request.method,
      path,
      query: at < 0 ? "" : request.url.slice(at + 1),
      headers: Object.fromEntries(request.headers),
      body,
      receivedAt: new Date(),
      clientIp: request.headers.get("x-forwarded-for")?.split(",")[0]?.trim() || "127.0.0.1",
      root: gatewayRoot(origin, dialect.id),
    },
    backend,
  );
  if (created !== null && struck.some(({ fault }) => fault === "notice_early")) await noticeTried(database, created, sleep);
  return mangle(reply, struck, sleep);
}

/** What each reply fault makes of an answer. The first that applies wins. */
const MANGLED: Readonly<Record<string, (reply: WireReply, seconds: number, sleep: (ms: number) => Promise<void>) => Promise<Response>>> = {
  reply_lost: async () => brokenReply(),
  async reply_slow(reply, seconds, sleep) {
    await sleep(seconds * 1000);
    return asResponse(reply);
  },
  reply_500: async () => new Response("Internal Server Error", { status: 500, headers: { "content-type": "text/plain" } }),
  // Cut in the middle, as a proxy that died would leave it.
  reply_garbage: async (reply) =>
    new Response(`${reply.body.slice(0, Math.min(40, reply.body.length >> 1))}\u0000<html>`, {
      status: 200,
      headers: { "content-type": "text/html" },
    }),
};

async function mangle(reply: WireReply, struck: readonly ChosenFault[], sleep: (ms: number) => Promise<void>): Promise<Response> {
  for (const { fault, seconds } of struck) {
    const mangled = MANGLED[fault];
    if (mangled) return mangled(reply, seconds ?? 0, sleep);
  }
  return asResponse(reply);
}

function asResponse({ status, headers, body }: WireReply): Response {
  const empty = status === 204 || status === 304 || body === "";
  return new Response(empty ? null : body, { status, headers });
}

/** The connection breaks in the middle of the answer: promised bytes never come. */
function brokenReply(): Response {
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode("{")),
    pull: (controller) => controller.error(new Error("sandbox: reply lost")),
  });
  return new Response(stream, { status: 200, headers: { "content-type": "application/json", "content-length": "512" } });
}

async function noticeTried(database: Database, no: string, sleep: (ms: number) => Promise<void>): Promise<void> {
  for (let waited = 0; waited < EARLY_WAIT_MS; waited += EARLY_LOOK_MS) {
    const tried = await database
      .select({ id: sandboxNotices.id })
      .from(sandboxNotices)
      .where(and(eq(sandboxNotices.paymentNo, no), gt(sandboxNotices.tries, 0)))
      .limit(1);
    if (tried.length > 0) return;
    await sleep(EARLY_LOOK_MS);
  }
}
