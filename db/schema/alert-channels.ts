import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { merchants } from "#db/schema/merchants.ts";
import type { AlertAnswer, AlertKind, AlertPurpose, AlertService } from "#lib/domain/alert.ts";

/** Where alerts go: a mailbox, or a robot of a chat group. Written on the alerts screen only (lib/alerts/save-channel.ts). */
export const alertChannels = pgTable(
  "alert_channels",
  {
    id: text("id").primaryKey(),
    /** Null: the installation's own; it hears of every merchant's troubles if `everyMerchant`. */
    merchantId: text("merchant_id").references(() => merchants.id),
    service: text("service").$type<AlertService>().notNull(),
    name: text("name").notNull(),
    /** JSON of the service's target (lib/alerts/chat), sealed with binding `alert_channels.target.<id>`. */
    target: text("target").notNull(),
    /** Fit to be shown: an address without its token, a mailbox. */
    shown: text("shown").notNull(),
    /** Null: every kind, also those that are yet to be made. */
    kinds: text("kinds").array().$type<AlertKind[]>(),
    /** Of the installation's: troubles of the merchants too. */
    everyMerchant: boolean("every_merchant").notNull().default(false),
    /** Test money is not told. */
    liveOnly: boolean("live_only").notNull().default(false),
    locale: text("locale").notNull(),
    timeZone: text("time_zone").notNull(),
    /** Minutes after midnight in `timeZone`; both null: no quiet hours. `from` may be after `to`: over midnight. */
    quietFrom: integer("quiet_from"),
    quietTo: integer("quiet_to"),
    /** What cannot wait is told in the quiet hours too (lib/domain/alert.ts `urgent`). */
    quietUrgent: boolean("quiet_urgent").notNull().default(true),
    /** Hours after which what is still open is told again; 0: never. */
    remindHours: integer("remind_hours").notNull().default(24),
    remindedAt: instant("reminded_at"),
    /** Whether it is told that a trouble is over. */
    allClear: boolean("all_clear").notNull().default(true),
    active: boolean("active").notNull().default(true),
    /** Since when nothing got through; null: the last one did. */
    failingSince: instant("failing_since"),
    deletedAt: instant("deleted_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    index("alert_channels_list").on(table.merchantId).where(sql`deleted_at is null`),
    check("alert_channels_known", sql`${table.service} in ('email','dingtalk','feishu','wecom','telegram')`),
    check("alert_channels_quiet", sql`(${table.quietFrom} is null) = (${table.quietTo} is null)`),
    check("alert_channels_hours", sql`${table.remindHours} between 0 and 168`),
  ],
);

/** One try of a message. */
export interface AlertTry {
  at: string;
  ok: boolean;

  answer: AlertAnswer;
  /** What the service said, cut; never an address or a secret. */
  detail: string;
  durationMs: number;
}

/**
 * Messages to channels: one may tell of many alerts. Made by lib/alerts/announce.ts in the transaction that marks them
 * announced; sent, tried again and written down by lib/alerts/send-alert.ts.
 */
export const alertMessages = pgTable(
  "alert_messages",
  {
    id: text("id").primaryKey(),
    channelId: text("channel_id").notNull(),
    merchantId: text("merchant_id"),
    purpose: text("purpose").$type<AlertPurpose>().notNull(),
    /** Null: of several kinds (a reminder) or none (a test). */
    kind: text("kind").$type<AlertKind>(),
    /** The alerts it is about, by id. */
    alertIds: text("alert_ids").array().notNull().default(sql`'{}'`),
    /** `pending`, `sent`, `failed` (given up) or `dropped` (over before it was told). */
    state: text("state").$type<"pending" | "sent" | "failed" | "dropped">().notNull().default("pending"),
    /** What was sent, once it was: title and text. */
    title: text("title"),
    body: text("body"),
    tries: jsonb("tries").$type<AlertTry[]>().notNull().default([]),
    nextTryAt: instant("next_try_at").notNull().defaultNow(),
    leaseUntil: instant("lease_until"),
    createdAt: instant("created_at").notNull().defaultNow(),
    settledAt: instant("settled_at"),
  },
  (table) => [
    foreignKey({ columns: [table.channelId], foreignColumns: [alertChannels.id], name: "alert_messages_channel" }),
    index("alert_messages_due").on(table.nextTryAt).where(sql`state = 'pending'`),
    index("alert_messages_list").on(table.channelId, table.createdAt, table.id),
    check("alert_messages_state", sql`${table.state} in ('pending','sent','failed','dropped')`),
    check("alert_messages_purpose", sql`${table.purpose} in ('alert','reminder','all_clear','test')`),
  ],
);
