import { Agent, fetch } from "undici";
import { env } from "#lib/env.ts";
import type { Exchange, GatewayPort, OutgoingAnswer, OutgoingRequest } from "#lib/gateways/port.ts";
import { guardedLookup, isPublicHost } from "#lib/webhooks/guard.ts";

/** Errors that happen before a byte of the request leaves: such a call may be made again, elsewhere. */
const NEVER_LEFT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EFORBIDDEN",
  "UND_ERR_CONNECT_TIMEOUT",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "CERT_HAS_EXPIRED",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  // fetch will not call some ports at all.
  "bad port",
]);

// One gateway that hangs must not starve the others: connections are bounded per origin.
const options = { connections: 64, keepAliveTimeout: 10_000, bodyTimeout: 15_000 } as const;
const open = new Agent({ ...options, connect: { timeout: 3000 } });
// A merchant's admin chose the name: it must not lead into our own network, now or after the account was saved (rebinding).
const guarded = new Agent({ ...options, connect: { timeout: 3000, lookup: guardedLookup } });

/** The real world for a gateway; `record` gets each exchange, already masked. `baseUrl`: the account's, judged when it was saved. */
export function gatewayPort(record: (exchange: Exchange) => void, baseUrl?: string): GatewayPort {
  return { fetch: (request) => send(request, baseUrl), now: () => new Date(), record };
}

async function send(request: OutgoingRequest, baseUrl?: string): Promise<OutgoingAnswer> {
  const { hostname, origin } = new URL(request.url);
  // undici looks no literal address up (guard.ts), and settings may name one (wechatTokenUrl, xxpay's paths): nobody judged those.
  const judged = isOwn(request.url) || (baseUrl !== undefined && new URL(baseUrl).origin === origin);
  if (!judged && !isPublicHost(hostname)) return { kind: "none", reached: "no", message: "EFORBIDDEN" };
  const signal = AbortSignal.timeout(request.timeoutMs);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: "manual",
      dispatcher: isOwn(request.url) ? open : guarded,
      signal,
    });
    const body = await readText(response.body, request.maxBytes);
    if (body === null) return { kind: "none", reached: "maybe", message: "answer too large" };
    return { kind: "answer", status: response.status, headers: Object.fromEntries(response.headers), body };
  } catch (error) {
    return { kind: "none", reached: reached(error), message: describe(error) };
  }
}

/** Our own sandbox lives at our own origin, wherever that resolves to; a LAN says so by ALLOW_PRIVATE_WEBHOOKS=1. */
function isOwn(url: string): boolean {
  return env().ALLOW_PRIVATE_WEBHOOKS === "1" || new URL(url).origin === env().PUBLIC_URL;
}

async function readText(stream: AsyncIterable<Uint8Array> | null, maxBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function reached(error: unknown): "no" | "maybe" {
  const code = codeOf(error);
  // No route: before the connection, or, on one that is kept alive, in the middle of a request.
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH") return syscallOf(error) === "connect" ? "no" : "maybe";
  return NEVER_LEFT.has(code) ? "no" : "maybe";
}

function syscallOf(error: unknown): unknown {
  return error instanceof Error ? (error.cause as { syscall?: unknown } | undefined)?.syscall : undefined;
}

function describe(error: unknown): string {
  const code = codeOf(error);
  return code || (error instanceof Error ? error.name : "error");
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { code?: unknown } | null)?.code;
  if (typeof code === "string") return code;
  return cause instanceof Error && cause.message === "bad port" ? cause.message : "";
}
