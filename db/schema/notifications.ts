import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";

/** What became of a verified notification when it came. */
export type NotificationVerdict = "credited" | "surplus" | "mismatch" | "nothing" | "closed" | "queried" | "orphan";

/** Why a verdict was what it was, in a word that screens have sentences for; written by lib/payments/receive-notification.ts. */
export type VerdictReason =
  | "on_time"
  | "late"
  | "second_payment"
  | "amount"
  | "currency"
  | "conflict"
  | "already_paid"
  | "still_pending"
  | "settled"
  | "reversed"
  | "failed_there"
  | "closed_there"
  | "hint"
  | "unclear"
  | "closed_here"
  | "number_unknown"
  | "not_settled";

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
    /** Null in rows from before it was written down. */
    why: text("why").$type<VerdictReason>(),
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
    index("notifications_list").on(table.merchantId, table.receivedAt),
    // What may wait for a person's decision.
    index("notifications_waiting").on(table.merchantId, table.receivedAt, table.id).where(sql`verdict in ('orphan', 'mismatch')`),
  ],
);

/**
 * What became of a notification later: an orphan that found its order, one that was worked through again, or one a person
 * decided on (`orderId` null: it is none of ours). Append-only.
 */
export const notificationMatches = pgTable(
  "notification_matches",
  {
    notificationId: text("notification_id")
      .notNull()
      .references(() => notifications.id),
    at: instant("at").notNull().defaultNow(),
    orderId: text("order_id"),
    verdict: text("verdict").$type<NotificationVerdict>().notNull(),
    /** `gateway`, `sweep`, or a user's id. */
    by: text("by").notNull(),
    /** What the person gave as the reason; null where no person decided. */
    reason: text("reason"),
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
