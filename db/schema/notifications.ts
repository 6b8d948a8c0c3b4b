import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";

/** What became of a verified notification when it came. */
export type NotificationVerdict = "credited" | "surplus" | "mismatch" | "nothing" | "closed" | "queried" | "orphan";

/**
 * Verified notifications from gateways, each once (by fingerprint). Written by lib/payments/receive-notification.ts in
 * the transaction that acts on it. Rows never change, by trigger; what is decided later stands in notification_matches.
 */
export const notifications = pgTable(
  "notifications",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id").notNull(),
    /** Without a foreign key, for the reason given in webhooks.ts: the account was read to verify the message. */
    accountId: text("account_id").notNull(),
    fingerprint: text("fingerprint").notNull(),
    gatewayOrderNo: text("gateway_order_no").notNull(),
    orderId: text("order_id"),
    attemptId: text("attempt_id"),
    verdict: text("verdict").$type<NotificationVerdict>().notNull(),
    /** The fields, personal data masked. */
    fields: jsonb("fields").$type<Record<string, string>>().notNull(),
    /** The exact bytes and headers, sealed with binding `notifications.raw.<id>`. */
    raw: text("raw").notNull(),
    receivedAt: instant("received_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("notifications_fingerprint").on(table.accountId, table.fingerprint),
    index("notifications_order").on(table.orderId),
    index("notifications_number").on(table.gatewayOrderNo),
    index("notifications_orphans").on(table.receivedAt).where(sql`verdict = 'orphan'`),
    index("notifications_list").on(table.merchantId, table.receivedAt.desc()),
  ],
);

/** An orphan that found its order later, or a mismatch a person decided on. Append-only. */
export const notificationMatches = pgTable(
  "notification_matches",
  {
    notificationId: text("notification_id")
      .notNull()
      .references(() => notifications.id),
    at: instant("at").notNull().defaultNow(),
    orderId: text("order_id"),
    verdict: text("verdict").$type<NotificationVerdict>().notNull(),
    by: text("by").notNull(),
  },
  (table) => [primaryKey({ columns: [table.notificationId, table.at] }), index("notification_matches_order").on(table.orderId)],
);

/** Messages that were not believed: a ring of 100 per account, each capped at 4 KiB, sealed. They change nothing. */
export const refusedNotifications = pgTable(
  "refused_notifications",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => gatewayAccounts.id),
    slot: integer("slot").notNull(),
    merchantId: text("merchant_id").notNull(),
    reason: text("reason").notNull(),
    detail: text("detail").notNull(),
    gatewayOrderNo: text("gateway_order_no"),
    /** Sealed with binding `refused_notifications.raw.<account>.<slot>`. */
    raw: text("raw").notNull(),
    receivedAt: instant("received_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.slot] }), index("refused_number").on(table.gatewayOrderNo)],
);
