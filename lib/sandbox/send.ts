import { Agent, fetch as guardedFetch } from "undici";
import type { WireMessage } from "#lib/dialects/dialect.ts";
import { env } from "#lib/env.ts";
import { guardedLookup, isPublicHost } from "#lib/webhooks/guard.ts";

const TIMEOUT_MS = 10_000;
const READ_MAX = 64 * 1024;

/** What came back: `status` is null when nothing did, and `error` says why. */
export interface Sent {
  status: number | null;
  body: string;
  error: string | null;
}

const guarded = new Agent({ connect: { timeout: 3000, lookup: guardedLookup } });

/**
 * Which addresses a caller's notify_url may lead to, with `own` our PUBLIC_URL: on a developer's machine any; where the public
 * reaches us, only the public internet and ourselves, since the answer is shown on our pages.
 */
export function reachOf(url: string, own: string): "open" | "guarded" | "refused" {
  const { origin, hostname } = new URL(url);
  if (origin === own || !isPublicHost(new URL(own).hostname)) return "open";
  return isPublicHost(hostname) ? "guarded" : "refused";
}

/** Sends a notice once, by GET or POST; never throws. */
export async function send(message: WireMessage): Promise<Sent> {
  try {
    const reach = env().ALLOW_PRIVATE_WEBHOOKS === "1" ? "open" : reachOf(message.url, env().PUBLIC_URL);
    if (reach === "refused") return { status: null, body: "", error: "address refused" };
    const options = {
      method: message.method,
      headers: message.headers,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(message.method === "POST" ? { body: message.body } : {}),
    } as const;
    const response =
      reach === "guarded" ? await guardedFetch(message.url, { ...options, dispatcher: guarded }) : await fetch(message.url, options);
    return { status: response.status, body: await readSome(response), error: null };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { status: null, body: "", error: cause instanceof Error ? cause.message || cause.name : "no answer" };
  }
}

async function readSome(response: { body: AsyncIterable<Uint8Array> | null }): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= READ_MAX) break;
  }
  return Buffer.concat(chunks).subarray(0, READ_MAX).toString("utf8");
}
