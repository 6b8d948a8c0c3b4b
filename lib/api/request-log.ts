import type { Database } from "#db/client.ts";
import { type ApiRequest, insertRequests } from "#db/queries/api-requests.ts";
import { storableText } from "#db/storable.ts";
import { maskedBody } from "#lib/api/mask.ts";
import { log } from "#lib/log.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

/** One request and its answer, as the server has them in hand. */
export interface Asked extends Omit<ApiRequest, "bodies"> {
  request: { body: unknown; size: number };
  /** The answer's JSON text. */
  response: string;
}

/** What a logged request's page shows. */
export interface Bodies {
  request: string | null;
  response: string | null;
}

const FLUSH_MS = 250;
const BATCH_MAX = 200;
/** Waiting requests beyond this are dropped, and counted: the log must not fill the memory when the database is slow. */
const WAITING_MAX = 5000;

interface Waiting {
  rows: Asked[];
  dropped: number;
  timer: NodeJS.Timeout | null;
  flushing: Promise<void> | null;
}
const holder = globalThis as { shouyinApiLog?: Waiting };
function waiting(): Waiting {
  holder.shouyinApiLog ??= { rows: [], dropped: 0, timer: null, flushing: null };
  return holder.shouyinApiLog;
}

/** Keeps a request for the developers' page: after its answer, in batches, a quarter of a second later. A kill loses that much of the log. */
export function logRequest(database: Database, asked: Asked): void {
  const state = waiting();
  if (state.rows.length >= WAITING_MAX) state.dropped += 1;
  else state.rows.push(asked);
  state.timer ??= setTimeout(() => void flushRequests(database), FLUSH_MS).unref();
}

/** Writes what waits: now, for tests and for a server that stops. */
export async function flushRequests(database: Database): Promise<void> {
  const state = waiting();
  if (state.timer) clearTimeout(state.timer);
  state.timer = null;
  await state.flushing;
  state.flushing = writeAll(database, state).finally(() => {
    state.flushing = null;
  });
  await state.flushing;
}

/** The bodies of a logged request, already masked when they were written. */
export function bodiesOf(row: Pick<ApiRequest, "id" | "bodies">): Bodies {
  return JSON.parse(unsealFor("api_requests.bodies", row.id, row.bodies)) as Bodies;
}

async function writeAll(database: Database, state: Waiting): Promise<void> {
  if (state.dropped > 0) log.warn({ dropped: state.dropped }, "api: requests not logged, too many were waiting");
  state.dropped = 0;
  while (state.rows.length > 0) {
    const batch = state.rows.splice(0, BATCH_MAX);
    await insertRequests(database, batch.map(rowOf)).catch((error: Error) =>
      log.error({ error: error.message, requests: batch.length }, "api: requests not logged"),
    );
  }
}

function rowOf({ request, response, ...asked }: Asked): ApiRequest {
  const bodies: Bodies = {
    request: maskedBody(request.body, request.size),
    response: maskedBody(response === "" ? undefined : JSON.parse(response), response.length),
  };
  return {
    ...asked,
    // A caller's own field may be named so: one row that cannot be stored would take the whole batch, others' requests too, with it.
    param: asked.param === null ? null : storableText(asked.param),
    // Somebody will put a key into an address one day: it stands in their proxies' logs, and not in ours.
    path: storableText(asked.path.slice(0, 500)).replace(/\bsk_(live|test)_\w+/g, "sk_$1_***"),
    userAgent: storableText(asked.userAgent.slice(0, 200)),
    bodies: sealFor("api_requests.bodies", asked.id, JSON.stringify(bodies)),
  };
}
