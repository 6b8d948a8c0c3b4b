import { Agent, fetch } from "undici";
import type { Exchange, GatewayPort, OutgoingAnswer, OutgoingRequest } from "#lib/gateways/gateway.ts";

/** The largest answer read from a gateway: a day's bill. */
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

/** Errors that happen before a byte of the request leaves: such a call may be made again, elsewhere. */
const NEVER_LEFT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
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
const agent = new Agent({ connections: 64, connect: { timeout: 3000 }, keepAliveTimeout: 10_000, bodyTimeout: 15_000 });

/** The real world for a gateway; `record` gets each exchange, already masked. */
export function gatewayPort(record: (exchange: Exchange) => void): GatewayPort {
  return { fetch: send, now: () => new Date(), record };
}

async function send(request: OutgoingRequest): Promise<OutgoingAnswer> {
  const signal = AbortSignal.timeout(request.timeoutMs);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: "manual",
      dispatcher: agent,
      signal,
    });
    const body = await readText(response.body);
    if (body === null) return { kind: "none", reached: "maybe", message: "answer too large" };
    return { kind: "answer", status: response.status, headers: Object.fromEntries(response.headers), body };
  } catch (error) {
    return { kind: "none", reached: reached(error), message: describe(error) };
  }
}

async function readText(stream: AsyncIterable<Uint8Array> | null): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    size += chunk.byteLength;
    if (size > ANSWER_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function reached(error: unknown): "no" | "maybe" {
  return NEVER_LEFT.has(codeOf(error)) ? "no" : "maybe";
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
