import { type ApiError, ConnectionError, errorOf, TimeoutError } from "./errors.ts";
import { webCrypto } from "./web-crypto.ts";

/** What may be said about one call. */
export interface CallOptions {
  /** Of a POST. Made up when absent; give your own to make a call once over restarts of your program. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** For each try. */
  timeoutMs?: number;
  /** Tries after the first. */
  retries?: number;
}

/** How to reach the API. */
export interface Connection {
  key: string;
  /** `https://pay.example.com/api/v1`. */
  root: string;
  version: string;
  fetch: typeof fetch;
  timeoutMs: number;
  retries: number;
  /** Waits, unless the signal ends it. */
  wait(ms: number, signal: AbortSignal | undefined): Promise<void>;
}

export interface Call {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below the root, with its query. */
  path: string;
  body?: unknown;
}

/** Statuses that pass by themselves; 409 only while the same request is in flight. */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;
/** An answer that asks for more patience is given to the caller instead. */
const LONGEST_ASKED_MS = 60_000;

/**
 * Makes a call and gives the answer's JSON. Tried again, with growing and jittered waits (or as Retry-After says), only where that
 * can do nothing twice: GET, and POST under one Idempotency-Key over all tries. Throws what errors.ts has; the caller's own
 * signal throws its reason.
 */
export async function send(connection: Connection, call: Call, options: CallOptions = {}): Promise<unknown> {
  const idempotencyKey = call.method === "POST" ? (options.idempotencyKey ?? (await webCrypto()).randomUUID()) : null;
  const repeatable = call.method === "GET" || call.method === "POST";
  const most = repeatable ? (options.retries ?? connection.retries) : 0;
  for (let tried = 0; ; tried += 1) {
    const failure = await attempt(connection, call, idempotencyKey, options);
    if ("reply" in failure) return failure.reply;
    const waitMs = tried < most ? waitFor(failure.error, tried) : null;
    if (waitMs === null) throw failure.error;
    await connection.wait(waitMs, options.signal);
  }
}

type Outcome = { reply: unknown } | { error: ApiError | ConnectionError };

async function attempt(connection: Connection, call: Call, idempotencyKey: string | null, options: CallOptions): Promise<Outcome> {
  const { signal } = options;
  signal?.throwIfAborted();
  const stop = new AbortController();
  const abort = () => stop.abort(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  const timeoutMs = options.timeoutMs ?? connection.timeoutMs;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop.abort();
  }, timeoutMs);
  try {
    const answer = await connection.fetch(connection.root + call.path, {
      method: call.method,
      headers: headersOf(connection, call, idempotencyKey),
      redirect: "error", // nobody else is to be shown the key
      signal: stop.signal,
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    });
    return await read(answer, await answer.text());
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (late) return { error: new TimeoutError(`no answer within ${timeoutMs} ms`, idempotencyKey) };
    return { error: new ConnectionError(`no answer: ${error instanceof Error ? error.message : "failed"}`, idempotencyKey, error) };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

function headersOf({ key, version }: Connection, call: Call, idempotencyKey: string | null): Record<string, string> {
  return {
    authorization: `Bearer ${key}`,
    accept: "application/json",
    "shouyin-version": version,
    ...(call.body !== undefined && { "content-type": "application/json" }),
    ...(idempotencyKey !== null && { "idempotency-key": idempotencyKey }),
  };
}

function read(answer: Response, text: string): Outcome {
  const headers = {
    retryAfterSeconds: secondsOf(answer.headers.get("retry-after")),
    requestId: answer.headers.get("request-id"),
  };
  let body: unknown;
  try {
    body = text === "" ? null : JSON.parse(text);
  } catch {
    return { error: errorOf(answer.ok ? 502 : answer.status, null, headers) };
  }
  return answer.ok ? { reply: body } : { error: errorOf(answer.status, body, headers) };
}

/** Milliseconds to wait before the next try; null when there shall be none. */
function waitFor(error: ApiError | ConnectionError, tried: number): number | null {
  if (!(error instanceof ConnectionError)) {
    if (!PASSING.has(error.status) && error.code !== "idempotency_in_flight") return null;
    if (error.retryAfterSeconds !== null) return error.retryAfterSeconds * 1000 <= LONGEST_ASKED_MS ? error.retryAfterSeconds * 1000 : null;
  }
  const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tried);
  return most / 2 + (most / 2) * Math.random();
}

/** Retry-After: seconds, or a date. */
function secondsOf(header: string | null): number | null {
  if (header === null || header === "") return null;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

/** Waits `ms`; the signal ends it at once and throws its reason. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", end);
      resolve();
    }, ms);
    if (signal?.aborted) end();
    else signal?.addEventListener("abort", end, { once: true });
  });
}
