import { and, desc, eq, gte, lt, type SQL } from "drizzle-orm";
import { prepared, type Tx } from "#db/client.ts";
import { type Cursor, cutPage, type Page, pageOf } from "#db/queries/dashboard-page.ts";
import { apiKeys } from "#db/schema/api-keys.ts";
import { apiRequests } from "#db/schema/api-requests.ts";

export type ApiRequest = typeof apiRequests.$inferSelect;
export type RequestRow = Omit<ApiRequest, "bodies"> & { keyName: string | null };

/** Writes a batch of requests in one statement. */
export async function insertRequests(tx: Tx, rows: readonly ApiRequest[]): Promise<void> {
  const text = `insert into api_requests (id, merchant_id, key_id, live, method, path, operation, status, code, param, duration_ms,
      idempotency_key, replayed, ip, user_agent, bodies, at)
    select r.id, r."merchantId", r."keyId", r.live, r.method, r.path, r.operation, r.status, r.code, r.param, r."durationMs",
      r."idempotencyKey", r.replayed, r.ip, r."userAgent", r.bodies, r.at
    from jsonb_to_recordset($1::jsonb) as r(id text, "merchantId" text, "keyId" text, live boolean, method text, path text, operation text,
      status int, code text, param text, "durationMs" int, "idempotencyKey" text, replayed boolean, ip text, "userAgent" text, bodies text,
      at timestamptz)
    on conflict (id) do nothing`;
  await prepared(tx, "insert_api_requests", text, [JSON.stringify(rows)]);
}

export interface RequestFilter {
  outcome: "good" | "refused" | "failed" | null;
  method: string | null;
  keyId: string | null;
  live: boolean | null;
  /** An operation's id. */
  operation: string | null;
}

const OUTCOMES = {
  good: lt(apiRequests.status, 400),
  refused: and(gte(apiRequests.status, 400), lt(apiRequests.status, 500)),
  failed: gte(apiRequests.status, 500),
} as const satisfies Record<NonNullable<RequestFilter["outcome"]>, SQL | undefined>;

/** One page of a merchant's requests, newest first, without their bodies. */
export async function listRequests(tx: Tx, merchantId: string, filter: RequestFilter, cursor: Cursor | null): Promise<Page<RequestRow>> {
  const { where, orderBy } = pageOf(apiRequests.at, apiRequests.id, cursor);
  const rows = await tx
    .select({ request: apiRequests, keyName: apiKeys.name })
    .from(apiRequests)
    .leftJoin(apiKeys, eq(apiKeys.id, apiRequests.keyId))
    .where(
      and(
        eq(apiRequests.merchantId, merchantId),
        filter.outcome ? OUTCOMES[filter.outcome] : undefined,
        filter.method ? eq(apiRequests.method, filter.method) : undefined,
        filter.keyId ? eq(apiRequests.keyId, filter.keyId) : undefined,
        filter.live === null ? undefined : eq(apiRequests.live, filter.live),
        filter.operation ? eq(apiRequests.operation, filter.operation) : undefined,
        where,
      ),
    )
    .orderBy(...orderBy)
    .limit(51);
  const flat = rows.map(({ request: { bodies: _sealed, ...request }, keyName }) => ({ ...request, keyName }));
  return cutPage(flat, cursor, (row) => ({ at: row.at, id: row.id }));
}

/** One request of this merchant with its sealed bodies; null for a foreign and for an unknown id alike. */
export async function readRequest(tx: Tx, merchantId: string, id: string): Promise<(ApiRequest & { keyName: string | null }) | null> {
  const [row] = await tx
    .select({ request: apiRequests, keyName: apiKeys.name })
    .from(apiRequests)
    .leftJoin(apiKeys, eq(apiKeys.id, apiRequests.keyId))
    .where(and(eq(apiRequests.merchantId, merchantId), eq(apiRequests.id, id)))
    .orderBy(desc(apiRequests.at))
    .limit(1);
  return row ? { ...row.request, keyName: row.keyName } : null;
}
