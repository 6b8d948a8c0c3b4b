import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { merchants } from "#db/schema/merchants.ts";

/**
 * Bearer keys of API v1. Written by lib/api/keys.ts; read, by hash, with each request. The key itself is shown once and kept
 * nowhere: it has 128 random bits, so a plain SHA-256 is as good as any slow hash.
 */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id),
    /** Whether it sees and makes live things, or test things. */
    live: boolean("live").notNull(),
    name: text("name").notNull(),
    /** SHA-256 of the whole key, hex. */
    hash: text("hash").notNull(),
    /** The key's last four characters, by which people tell keys apart. */
    lastFour: text("last_four").notNull(),
    scopes: jsonb("scopes").$type<string[]>().notNull(),
    /** Requests it may make in a minute. */
    ratePerMinute: integer("rate_per_minute").notNull().default(6000),
    /** A user's id. */
    createdBy: text("created_by").notNull(),
    /** From then on it is refused; null: never. Rolling sets it to the end of the overlap. */
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
    /** The key that was made to take its place. */
    replacedBy: text("replaced_by"),
    /** At most a minute behind. */
    lastUsedAt: instant("last_used_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("api_keys_hash").on(table.hash),
    index("api_keys_merchant").on(table.merchantId, table.createdAt, table.id),
    check("api_keys_rate", sql`${table.ratePerMinute} > 0`),
  ],
);
