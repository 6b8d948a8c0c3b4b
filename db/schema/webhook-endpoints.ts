import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { merchants } from "#db/schema/merchants.ts";

/** Why an endpoint is not sent to: a person stopped it, it answered 410, or it failed for five days on end. */
export type DisabledReason = "person" | "gone" | "failing";

/**
 * Where a shop wants to be told. `order`: one row per (merchant, url, format), made by the first order that names it as its
 * notify_url, in both modes, signed with the merchant's own secret. `merchant`: set up by a person or over the API
 * (lib/webhooks/endpoints.ts) for one mode, with secrets of its own. What is owed to one that is not active waits for it.
 */
export const webhookEndpoints = pgTable(
  "webhook_endpoints",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id),
    kind: text("kind").$type<"order" | "merchant">().notNull().default("order"),
    url: text("url").notNull(),
    description: text("description").notNull().default(""),
    /** Null for `order`: the order says which mode it is. */
    live: boolean("live"),
    /** The types told; null: the common ones (lib/webhooks/decisions.ts). */
    eventTypes: text("event_types").array(),
    /** A NoticeFormatId (lib/webhooks/format.ts). */
    format: text("format").notNull().default("standard"),
    active: boolean("active").notNull().default(true),
    /** Set exactly when it is not active. */
    disabledReason: text("disabled_reason").$type<DisabledReason>(),
    disabledAt: instant("disabled_at"),
    /** The first of the failed tries that follow one another without an acknowledged one, and without a long silence, between them. */
    failingSince: instant("failing_since"),
    /** How many there are since, and when the last was; written by saveTry (db/queries/deliveries.ts). */
    failedTries: integer("failed_tries").notNull().default(0),
    lastFailedAt: instant("last_failed_at"),
    /** Its rows stay for the history; nothing more is sent. */
    deletedAt: instant("deleted_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("webhook_endpoints_notify_url").on(table.merchantId, table.url, table.format).where(sql`kind = 'order'`),
    unique("webhook_endpoints_tenant").on(table.id, table.merchantId),
    // Who is told of an event: asked at every one.
    index("webhook_endpoints_told").on(table.merchantId).where(sql`kind = 'merchant' and deleted_at is null`),
    check(
      "webhook_endpoints_kind",
      sql`${table.kind} in ('order','merchant') and (${table.kind} = 'merchant') = (${table.live} is not null)`,
    ),
    check("webhook_endpoints_reason", sql`${table.disabledReason} in ('person','gone','failing')`),
  ],
);
