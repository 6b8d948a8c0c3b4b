import { type Database, db } from "#db/client.ts";
import { log } from "#lib/log.ts";
import { onEnding, subscribe } from "#lib/payments/live.ts";
import { readStatus } from "#lib/payments/read-checkout.ts";

const HEARTBEAT_MS = 15_000;
/** A page that is still open after this long connects anew. */
const LIFETIME_MS = 10 * 60_000;
/** Streams of one process (about 100 kB each); a page beyond them polls. */
const STREAMS_MAX = 5000;
/** Of one order: a shopper has a tab or two, and each change of the order is read once for every stream. */
const STREAMS_PER_ORDER = 20;
let streams = 0;
const perOrder = new Map<string, number>();

/**
 * Server-sent events for one checkout: `status` with a CheckoutStatus as JSON at once and whenever the order changes
 * (event id = the order's sequence), a comment every 15 s. 404 when there is no such order, 503 when this process, or this
 * order, has all the streams it may hold.
 */
export async function liveStream(token: string, signal: AbortSignal, database: Database = db()): Promise<Response> {
  const busy = streams >= STREAMS_MAX || (perOrder.get(token) ?? 0) >= STREAMS_PER_ORDER;
  if (busy) return new Response("busy", { status: 503, headers: { "retry-after": "10" } });
  const first = await readStatus(token, database);
  if (!first) return new Response("not found", { status: 404 });
  const encoder = new TextEncoder();
  let end = (): void => {};
  let cancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string): void => controller.enqueue(encoder.encode(text));
      const tell = async (): Promise<void> => {
        const status = await readStatus(token, database);
        if (status && !ended) write(`id: ${status.sequence}\nevent: status\ndata: ${JSON.stringify(status)}\n\n`);
      };
      let ended = false;
      count(token, 1);
      const unsubscribe = subscribe(token, () => void tell().catch(failed));
      const forget = onEnding(() => end());
      const heartbeat = setInterval(() => write(": still here\n\n"), HEARTBEAT_MS);
      const lifetime = setTimeout(() => end(), LIFETIME_MS);
      end = (): void => {
        if (ended) return;
        ended = true;
        unsubscribe();
        forget();
        clearInterval(heartbeat);
        clearTimeout(lifetime);
        count(token, -1);
        // A stream its reader has cancelled is closed already, and says so by throwing.
        if (!cancelled) controller.close();
      };
      signal.addEventListener("abort", end, { once: true });
      write(`retry: 2000\nid: ${first.sequence}\nevent: status\ndata: ${JSON.stringify(first)}\n\n`);
      // Something may have changed between the first look and the subscription.
      void tell().catch(failed);
      // Gone while we looked: no event will say so any more.
      if (signal.aborted) end();
    },
    cancel: () => {
      cancelled = true;
      end();
    },
  });
  return new Response(stream, {
    headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store, no-transform", "x-accel-buffering": "no" },
  });
}

function count(token: string, change: 1 | -1): void {
  streams += change;
  const open = (perOrder.get(token) ?? 0) + change;
  if (open > 0) perOrder.set(token, open);
  else perOrder.delete(token);
}

function failed(error: Error): void {
  log.warn({ error: error.message }, "live status");
}
