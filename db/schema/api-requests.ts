import { boolean, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";

/**
 * What was asked of API v1 and what was answered, for the developers' page: kept 30 days. Written in batches by
 * lib/api/request-log.ts after the answer has gone out; requests without a key that is, or was, a merchant's are not here.
 */
export const apiRequests = pgTable(
  "api_requests",
  {
    /** `req_…`, the Request-Id header of the answer. */
    id: text("id").primaryKey(),
    merchantId: text("merchant_id").notNull(),
    keyId: text("key_id").notNull(),
    live: boolean("live").notNull(),
    method: text("method").notNull(),
    /** Path and query as they came, cut at 500 characters. */
    path: text("path").notNull(),
    /** An operation's id in lib/api/registry.ts; empty for a path or a verb that leads to none. */
    operation: text("operation").notNull(),
    status: integer("status").notNull(),
    /** The problem's code; null where there was none. */
    code: text("code"),
    param: text("param"),
    durationMs: integer("duration_ms").notNull(),
    idempotencyKey: text("idempotency_key"),
    /** The answer was the stored one of an earlier request. */
    replayed: boolean("replayed").notNull().default(false),
    ip: text("ip").notNull(),
    userAgent: text("user_agent").notNull(),
    /** JSON `{ request, response }`, masked and cut, sealed with binding `api_requests.bodies.<id>`. */
    bodies: text("bodies").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [
    index("api_requests_list").on(table.merchantId, table.at, table.id),
    index("api_requests_failed").on(table.merchantId, table.status, table.at),
    index("api_requests_at").on(table.at),
  ],
);
