import { Agent, request as requestOver } from "undici";
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
]);

/** Ports where something else than HTTP listens: mail, shells, chat and name servers are not spoken to, whatever an account says. */
const NOT_HTTP = new Set(["21", "22", "23", "25", "53", "110", "119", "143", "465", "587", "993", "995", "6667", "6697"]);

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
  const { hostname, origin, port } = new URL(request.url);
  // undici looks no literal address up (guard.ts), and settings may name one (wechatTokenUrl, xxpay's paths): nobody judged those.
  const judged = isOwn(request.url) || (baseUrl !== undefined && new URL(baseUrl).origin === origin);
  if (!judged && !isPublicHost(hostname)) return { kind: "none", reached: "no", message: "EFORBIDDEN" };
  if (NOT_HTTP.has(port)) return { kind: "none", reached: "no", message: `port ${port} is not HTTP's` };
  const signal = AbortSignal.timeout(request.timeoutMs);
  try {
    const response = await requestOver(request.url, {
      method: request.method,
      // Undecoded bytes are what is signed and recorded: no answer is to be compressed.
      headers: { "user-agent": "shouyin", "accept-encoding": "identity", ...request.headers },
      body: request.body,
      dispatcher: isOwn(request.url) ? open : guarded,
      signal,
    });
    const body = await readText(response.body, request.maxBytes);
    if (body === null) return { kind: "none", reached: "maybe", message: "answer too large" };
    return { kind: "answer", status: response.statusCode, headers: flat(response.headers), body };
  } catch (error) {
    return { kind: "none", reached: reached(error), message: describe(error) };
  }
}

/** Our own sandbox lives at our own origin, wherever that resolves to; a LAN says so by ALLOW_PRIVATE_WEBHOOKS=1. */
function isOwn(url: string): boolean {
  return env().ALLOW_PRIVATE_WEBHOOKS === "1" || new URL(url).origin === env().PUBLIC_URL;
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );
}

async function readText(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
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
  return (causeOf(error) as { syscall?: unknown } | null)?.syscall;
}

function describe(error: unknown): string {
  const code = codeOf(error);
  return code || (error instanceof Error ? error.name : "error");
}

function codeOf(error: unknown): string {
  const code = (causeOf(error) as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
}

function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? error.cause : error;
}
