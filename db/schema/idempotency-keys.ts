import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";

/**
 * A POST of API v1 that a caller may repeat: the first one's hash and, once done, its answer. Written by lib/api/idempotency.ts,
 * which says why a crash in the middle neither locks a key for ever nor makes two of anything. Kept 48 hours.
 */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    merchantId: text("merchant_id").notNull(),
    /** The caller's, after `live:` or `test:`. */
    key: text("key").notNull(),
    /** SHA-256 of method, path and body: the same key with another request is refused. */
    requestHash: text("request_hash").notNull(),
    /** What the request's results are named by (an order's number, a refund's key): the same at each run under this key. */
    seed: text("seed").notNull().default(""),
    /** The id of what a run has changed or made, written with it; a later run finds it and does nothing again. */
    made: text("made"),
    /** Whoever runs it is believed dead after this. */
    leaseUntil: instant("lease_until").notNull().default(sql`now()`),
    /** Null while the first request is in flight. */
    status: integer("status"),
    /** The answer, sealed with binding `idempotency_keys.body.<merchant>/<key>`: it may hold a new secret. */
    body: text("body"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.key] }), index("idempotency_keys_created").on(table.createdAt)],
);
