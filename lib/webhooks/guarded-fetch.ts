import { Agent, fetch } from "undici";
import { env, sandboxOn } from "#lib/env.ts";
import type { NoticeMessage } from "#lib/webhooks/format.ts";
import { lookupBy, type Resolve, resolvePublic, type UrlProblem, urlProblem } from "#lib/webhooks/guard.ts";

/** What came back, or why nothing did. */
export interface Answer {
  status: number | null;
  /** The first few, cut to size. */
  headers: Record<string, string>;
  body: string;
  /** Why no answer came, in a word; null when one came. */
  error: string | null;
  durationMs: number;
  /** `Retry-After` in seconds, when the answer named one. */
  retryAfterSeconds: number | null;
}

/** How long, and how much, one call may take. */
export interface Limits {
  bytes: number;
  /** To find the address and connect. */
  connectMs: number;
  /** To begin the answer; and between two pieces of it. */
  answerMs: number;
  totalMs: number;
}
export const LIMITS: Limits = { bytes: 1024 * 1024, connectMs: 3000, answerMs: 8000, totalMs: 10_000 };

const BODY_KEPT = 4096;
const HEADERS_KEPT = 30;
const HEADER_KEPT = 500;

// How many go to one endpoint at once is the lanes' business (lanes.ts): several endpoints may share an origin, and one that
// hangs must not use up the connections of the others.
function agent({ connectMs, answerMs }: Limits, resolve?: Resolve): Agent {
  const connect = { timeout: connectMs, ...(resolve && { lookup: lookupBy(resolve) }) };
  return new Agent({ headersTimeout: answerMs, bodyTimeout: answerMs, connections: null, pipelining: 1, connect });
}

type Send = (message: NoticeMessage) => Promise<Answer>;

/**
 * The one client for addresses that shops chose. Public https only, no redirects, 1 MiB, 3 s to connect, 8 s to answer, 10 s
 * in all (reliability.md 8). Exempt: our own sandbox's origin while it is on, and everything when ALLOW_PRIVATE_WEBHOOKS=1.
 * What it gives never throws. `limits`: others than these, for tests.
 */
export function guardedClient(resolve: Resolve, limits: Limits = LIMITS): Send {
  const open = agent(limits);
  const guarded = agent(limits, resolve);
  return async (message) => {
    const started = performance.now();
    const took = (): number => Math.round(performance.now() - started);
    const problem = addressProblem(message.url);
    if (problem) return { ...NONE, error: `address refused: ${problem}`, durationMs: took() };
    try {
      const answer = await post(message, isExempt(message.url) ? open : guarded, limits);
      return { ...answer, durationMs: took() };
    } catch (error) {
      return { ...NONE, error: describe(error), durationMs: took() };
    }
  };
}

/** Sends a webhook. */
export const sendGuarded: Send = guardedClient(resolvePublic);

const NONE = { status: null, headers: {}, body: "", retryAfterSeconds: null } as const;

async function post({ method, url, headers, body }: NoticeMessage, dispatcher: Agent, limits: Limits): Promise<Omit<Answer, "durationMs">> {
  const signal = AbortSignal.timeout(limits.totalMs);
  const response = await fetch(url, { method, headers, ...(method === "POST" && { body }), redirect: "manual", dispatcher, signal });
  const start = await readStart(response.body, limits.bytes);
  const retryAfter = retryAfterSeconds(response.headers.get("retry-after"));
  return { status: response.status, headers: kept(response.headers), body: start, error: null, retryAfterSeconds: retryAfter };
}

/** What is wrong with an address a shop wants to be told at, before any name is resolved; null when nothing is. */
export function addressProblem(url: string): UrlProblem | null {
  // URL drops or encodes these; the text we keep would still have them.
  if (/\p{Cc}|\p{Surrogate}/u.test(url)) return "format";
  return isExempt(url) ? null : urlProblem(url);
}

function kept(headers: Iterable<[string, string]>): Record<string, string> {
  const some = [...headers].slice(0, HEADERS_KEPT);
  return Object.fromEntries(some.map(([name, value]) => [name, value.slice(0, HEADER_KEPT).replaceAll("\u0000", "␀")]));
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

async function readStart(stream: AsyncIterable<Uint8Array> | null, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    size += chunk.byteLength;
    if (size > most) throw new Error("answer too large");
    if (size <= BODY_KEPT || chunks.length === 0) chunks.push(chunk);
  }
  return Buffer.concat(chunks).subarray(0, BODY_KEPT).toString("utf8").replaceAll("\u0000", "␀");
}

function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { code?: unknown }).code;
  return typeof code === "string" ? code : cause instanceof Error ? cause.message : "error";
}
