import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import type { AlertFacts, AlertKind } from "#lib/domain/alert.ts";

/**
 * What needs a person. Written by triggers in the transaction that makes the trouble (db/migrations, `alert_*`), so that
 * none can be lost between the two, and by lib/alerts/watch.ts for what only time makes a trouble. At most one is open for
 * a (kind, subject). Without foreign keys: a row of the hot path must not wait for a merchant's or an account's lock.
 */
export const alerts = pgTable(
  "alerts",
  {
    id: text("id").primaryKey(),
    /** Null: the installation's own. */
    merchantId: text("merchant_id"),
    kind: text("kind").$type<AlertKind>().notNull(),
    /** What it is about, by id; of a method of an account `<account>:<method>`. */
    subject: text("subject").notNull(),
    /** Whether real money is concerned; null where that makes no sense. */
    live: boolean("live"),
    facts: jsonb("facts").$type<AlertFacts>().notNull().default({}),
    /** How often it has happened while it was open. */
    count: integer("count").notNull().default(1),
    openedAt: instant("opened_at").notNull().defaultNow(),
    lastAt: instant("last_at").notNull().defaultNow(),
    /** Channels have been asked to tell it; null: not yet (lib/alerts/announce.ts gathers). */
    announcedAt: instant("announced_at"),
    resolvedAt: instant("resolved_at"),
    /** `itself`, or the id of the user who closed it. */
    resolvedBy: text("resolved_by"),
    /** Channels have been asked to tell that it is over, or there was nothing to tell. */
    clearedAt: instant("cleared_at"),
  },
  (table) => [
    uniqueIndex("alerts_open").on(table.kind, table.subject).where(sql`resolved_at is null`),
    index("alerts_untold").on(table.openedAt).where(sql`announced_at is null`),
    // How lately a kind was told.
    index("alerts_told").on(table.announcedAt).where(sql`announced_at is not null`),
    index("alerts_uncleared").on(table.resolvedAt).where(sql`resolved_at is not null and cleared_at is null`),
    index("alerts_standing").on(table.merchantId, table.openedAt).where(sql`resolved_at is null`),
    index("alerts_list").on(table.merchantId, table.openedAt, table.id),
    check("alerts_count", sql`${table.count} > 0`),
    check("alerts_resolved", sql`(${table.resolvedAt} is null) = (${table.resolvedBy} is null)`),
  ],
);
