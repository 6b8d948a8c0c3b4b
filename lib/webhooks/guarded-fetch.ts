import { Agent, fetch } from "undici";
import { env, sandboxOn } from "#lib/env.ts";
import { guardedLookup, urlProblem } from "#lib/webhooks/guard.ts";

export interface PostAnswer {
  status: number | null;
  body: string;
  /** Why no answer came, in a word; null when one came. */
  error: string | null;
  durationMs: number;
  /** `Retry-After` in seconds, when the answer named one. */
  retryAfterSeconds: number | null;
}

const ANSWER_BYTES_MAX = 1024 * 1024;
const BODY_KEPT = 4096;
const TOTAL_MS = 10_000;

const timeouts = { headersTimeout: 8000, bodyTimeout: 8000, connections: 8, pipelining: 1 } as const;
const guarded = new Agent({ ...timeouts, connect: { timeout: 3000, lookup: guardedLookup } });
const open = new Agent({ ...timeouts, connect: { timeout: 3000 } });

/**
 * Posts a webhook: the one client for addresses that shops chose. Public https only, no redirects, 1 MiB, 3 s to connect,
 * 8 s to answer, 10 s in all (reliability.md 8). Exempt: our own sandbox's origin while it is on, and everything when
 * ALLOW_PRIVATE_WEBHOOKS=1. Never throws.
 */
export async function postWebhook(url: string, headers: Record<string, string>, body: string): Promise<PostAnswer> {
  const started = performance.now();
  const finished = (answer: Omit<PostAnswer, "durationMs">): PostAnswer => ({
    ...answer,
    durationMs: Math.round(performance.now() - started),
  });
  const exempt = isExempt(url);
  const problem = exempt ? null : urlProblem(url);
  if (problem) return finished({ status: null, body: "", error: `address refused: ${problem}`, retryAfterSeconds: null });
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body,
      redirect: "manual",
      dispatcher: exempt ? open : guarded,
      signal: AbortSignal.timeout(TOTAL_MS),
    });
    return finished({
      status: response.status,
      body: await readStart(response.body),
      error: null,
      retryAfterSeconds: retryAfterSeconds(response.headers.get("retry-after")),
    });
  } catch (error) {
    return finished({ status: null, body: "", error: describe(error), retryAfterSeconds: null });
  }
}

/** `Retry-After` as seconds or as a date, at most a day; null when it says nothing. */
function retryAfterSeconds(value: string | null): number | null {
  if (value === null) return null;
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return seconds > 0 ? Math.min(seconds, 86_400) : null;
}

function isExempt(url: string): boolean {
  if (env().ALLOW_PRIVATE_WEBHOOKS === "1") return true;
  return sandboxOn() && URL.canParse(url) && new URL(url).origin === env().PUBLIC_URL && new URL(url).pathname.startsWith("/sandbox/");
}

async function readStart(stream: AsyncIterable<Uint8Array> | null): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    size += chunk.byteLength;
    if (size > ANSWER_BYTES_MAX) throw new Error("answer too large");
    if (size <= BODY_KEPT || chunks.length === 0) chunks.push(chunk);
  }
  return Buffer.concat(chunks).subarray(0, BODY_KEPT).toString("utf8").replaceAll("\u0000", "␀");
}

function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { code?: unknown }).code;
  return typeof code === "string" ? code : cause instanceof Error ? cause.message : "error";
}
