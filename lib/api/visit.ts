import type { Database } from "#db/client.ts";
import type { KnownKey } from "#db/queries/api-keys.ts";
import type { Reply } from "#lib/api/answer.ts";
import type { Operation } from "#lib/api/operation.ts";
import { type Quota, quotaHeaders } from "#lib/api/rate.ts";
import { logRequest } from "#lib/api/request-log.ts";
import type { ApiRequest } from "#lib/api/serve.ts";
import { versionOf } from "#lib/api/version.ts";

/** What is found out about a request on its way. */
export interface Visit {
  id: string;
  startedAt: number;
  operation: Operation | null;
  /** Whose request it is. */
  key: KnownKey | null;
  /** The key it shows, whether it is let in or not. */
  named: KnownKey | null;
  quota: Quota | null;
  bytes: Uint8Array;
  body: unknown;
  replayed: boolean;
  ip: string;
}

/** The headers of an answer: its own, and those every answer has. */
export function headersOf(request: ApiRequest, reply: Reply, visit: Visit): Record<string, string> {
  const version = versionOf(request.header("shouyin-version"));
  return {
    ...(reply.type !== null && { "content-type": reply.type }),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "Request-Id": visit.id,
    ...(version && { "Shouyin-Version": version }),
    ...(visit.quota && quotaHeaders(visit.quota)),
    ...reply.headers,
  };
}

/**
 * Keeps a request and its answer for the developers' page of the merchant whose key asked: also with one that is revoked or over, and
 * of a path or a verb that is none, for these are what a developer looks for first. What is over an address' limit is not kept.
 */
export function keep(request: ApiRequest, visit: Visit, reply: Reply, database: Database): void {
  const { named: key, operation } = visit;
  if (!key || (visit.quota?.of === "address" && !visit.quota.allowed)) return;
  logRequest(database, {
    ...{ id: visit.id, merchantId: key.merchantId, keyId: key.id, live: key.live },
    ...{ method: request.method, path: request.url, operation: operation?.id ?? "", status: reply.status },
    ...{ code: reply.code, param: reply.param?.slice(0, 100) ?? null, replayed: visit.replayed, ip: visit.ip },
    durationMs: Math.round(performance.now() - visit.startedAt),
    idempotencyKey: request.method === "POST" ? (request.header("idempotency-key")?.slice(0, 255) ?? null) : null,
    userAgent: request.header("user-agent") ?? "",
    at: new Date(),
    request: { body: visit.body, size: visit.bytes.length },
    response: reply.body,
  });
}
