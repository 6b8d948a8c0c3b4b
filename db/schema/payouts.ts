import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant, minorUnits } from "#db/schema/columns.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import type { PayoutState } from "#lib/domain/payout.ts";

/**
 * Money a merchant sends from its gateway account to somebody's bank account (seeds/003 §3, seeds/004 §2.15, §2.23). Written by
 * lib/payments/{pay-out,recheck-payout,receive-payout-notice}.ts; the row is committed before anything is sent. What it asks
 * for never changes and paid never regresses, by trigger.
 */
export const payouts = pgTable(
  "payouts",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id").notNull(),
    accountId: text("account_id").notNull(),
    /** A key of the gateway's `payoutChannels`. */
    channel: text("channel").notNull(),
    /** Our number at the gateway: the same number again never pays twice. */
    payoutNo: text("payout_no").notNull(),
    gatewayRef: text("gateway_ref"),
    currency: text("currency").notNull(),
    amount: minorUnits("amount").notNull(),
    /** What the gateway took for it, decimal text as it said. */
    fee: text("fee"),
    state: text("state").$type<PayoutState>().notNull(),
    /** JSON of the bank account, sealed with binding `payouts.recipient.<id>`. */
    recipient: text("recipient").notNull(),
    /** Fit to be shown: the account number's last four digits. */
    recipientEnding: text("recipient_ending").notNull(),
    remark: text("remark").notNull(),
    /** A user's id, or `command line`. */
    requestedBy: text("requested_by").notNull(),
    /** Makes the same request again one payout. */
    idempotencyKey: text("idempotency_key").notNull(),
    problem: text("problem"),
    needsReview: boolean("needs_review").notNull().default(false),
    /** Questions asked so far. */
    tries: integer("tries").notNull().default(0),
    nextTryAt: instant("next_try_at"),
    /** A worker has been asked to look at it and is not to be asked again before. */
    leaseUntil: instant("lease_until"),
    eventSequence: integer("event_sequence").notNull().default(0),
    settledAt: instant("settled_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      columns: [table.accountId, table.merchantId],
      foreignColumns: [gatewayAccounts.id, gatewayAccounts.merchantId],
      name: "payouts_account",
    }),
    uniqueIndex("payouts_no").on(table.accountId, table.payoutNo),
    uniqueIndex("payouts_idempotency").on(table.merchantId, table.idempotencyKey),
    index("payouts_list").on(table.merchantId, table.createdAt),
    index("payouts_due").on(table.nextTryAt).where(sql`next_try_at is not null`),
    check("payouts_amount", sql`${table.amount} > 0`),
    check("payouts_state", sql`${table.state} in ('sent','unknown','pending','paid','failed')`),
  ],
);

/** What became of a payout: gapless, never changed after (by trigger). A notice's fingerprint stands once. */
export const payoutEvents = pgTable(
  "payout_events",
  {
    payoutId: text("payout_id")
      .notNull()
      .references(() => payouts.id),
    sequence: integer("sequence").notNull(),
    type: text("type").$type<PayoutEventType>().notNull(),
    /** `gateway`, `sweep`, a user's id or `command line`. */
    actor: text("actor").notNull(),
    /** Facts for people; amounts as decimal text, no personal data. */
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
    fingerprint: text("fingerprint"),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.payoutId, table.sequence] }),
    uniqueIndex("payout_events_fingerprint").on(table.payoutId, table.fingerprint),
  ],
);

export type PayoutEventType =
  | "payout.sent"
  | "payout.pending"
  | "payout.unknown"
  | "payout.paid"
  | "payout.failed"
  | "payout.flagged"
  | "payout.noticed";
