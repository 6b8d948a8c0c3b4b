import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { merchants } from "#db/schema/merchants.ts";

/** What is to be sent again; instants as ISO text, `from` inclusive, `to` exclusive. */
export interface ReplayFilter {
  endpointId: string | null;
  /** Null: the endpoints of both modes. */
  live: boolean | null;
  types: string[] | null;
  states: string[] | null;
  from: string;
  to: string;
}

/**
 * A request to send many webhooks again. A job works through it, a bounded piece a transaction, from `cursor` on, until
 * `finished_at` is set: it may be killed between any two. Written by lib/webhooks/replay.ts.
 */
export const webhookReplays = pgTable(
  "webhook_replays",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id),
    filter: jsonb("filter").$type<ReplayFilter>().notNull(),
    /** How many matched when it was asked for, … */
    total: integer("total").notNull(),
    /** … and how many have been made due again. */
    done: integer("done").notNull().default(0),
    /** The last delivery looked at: `<milliseconds>.<id>`; null: none yet. */
    cursor: text("cursor"),
    /** A user's id, or an API key's. */
    requestedBy: text("requested_by").notNull(),
    leaseUntil: instant("lease_until"),
    finishedAt: instant("finished_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    index("webhook_replays_list").on(table.merchantId, table.createdAt),
    index("webhook_replays_open").on(table.createdAt).where(sql`finished_at is null`),
    check("webhook_replays_done", sql`${table.done} >= 0 and ${table.total} >= 0`),
  ],
);
