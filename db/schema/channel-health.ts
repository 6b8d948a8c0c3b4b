import { sql } from "drizzle-orm";
import { check, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";

/**
 * Accounts, or single methods of them, that failed lately (lib/domain/channel.ts): no row means healthy. Written by
 * lib/payments/channel-health.ts after creating a payment; read together with the accounts.
 */
export const channelHealth = pgTable(
  "channel_health",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => gatewayAccounts.id, { onDelete: "cascade" }),
    /** A method, or `*` for whatever the account does. */
    scope: text("scope").notNull(),
    /** One after another, without a success between them. */
    failures: integer("failures").notNull(),
    lastFailedAt: instant("last_failed_at").notNull(),
    /** How often in a row it was marked down: each time for longer. */
    downs: integer("downs").notNull().default(0),
    /** Not tried before; null while it is not down. */
    downUntil: instant("down_until"),
    /** Somebody is trying whether it works again; nobody else does before. */
    probeUntil: instant("probe_until"),
    /** What the last failure was, as the gateway's folder names it. */
    cause: text("cause").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.scope] }),
    check("channel_health_counts", sql`${table.failures} > 0 and ${table.downs} >= 0`),
  ],
);
