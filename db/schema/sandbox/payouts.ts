import { sql } from "drizzle-orm";
import { check, foreignKey, index, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant, minorUnits } from "#db/schema/columns.ts";
import { sandboxCallers } from "#db/schema/sandbox/callers.ts";
import { sandboxMerchants } from "#db/schema/sandbox/merchants.ts";
import { sandbox } from "#db/schema/sandbox/schema.ts";

/**
 * Money callers pay out to bank accounts (seeds/003 §3, seeds/004 2.15 and 2.23). Written by lib/sandbox/payouts.ts; the
 * caller's number names one payout of its channel for ever, by unique index.
 */
export const sandboxPayouts = sandbox.table(
  "payouts",
  {
    no: text("no").primaryKey(),
    gateway: text("gateway").notNull(),
    callerNo: text("caller_no").notNull(),
    merchantNo: text("merchant_no")
      .notNull()
      .references(() => sandboxMerchants.merchantNo),
    channel: text("channel").notNull(),
    clientNo: text("client_no").notNull(),
    currency: text("currency").notNull(),
    /** The decimal text as the caller sent it: replies repeat it. */
    amount: text("amount").notNull(),
    amountMinor: minorUnits("amount_minor").notNull(),
    fee: text("fee").notNull(),
    /** Sealed JSON of whom the money goes to: account number, name and what replies repeat. */
    details: text("details").notNull(),
    /** The account's last four digits: all that pages show. */
    accountTail: text("account_tail").notNull(),
    notifyUrl: text("notify_url"),
    state: text("state").$type<"CREATED" | "PROCESSING" | "PAID" | "FAIL">().notNull(),
    /** How it will end by itself; null: only when somebody at the console decides. */
    outcome: text("outcome").$type<"PAID" | "FAIL">(),
    /** When it moves on by itself; null when it does not. */
    nextAt: instant("next_at"),
    channelNo: text("channel_no"),
    createdAt: instant("created_at").notNull().defaultNow(),
    endedAt: instant("ended_at"),
    /** When the caller first acknowledged the notice of it. Written by the notifier. */
    acknowledgedAt: instant("acknowledged_at"),
  },
  (table) => [
    foreignKey({ columns: [table.gateway, table.callerNo], foreignColumns: [sandboxCallers.gateway, sandboxCallers.callerNo] }),
    uniqueIndex("payouts_client_no").on(table.gateway, table.callerNo, table.channel, table.clientNo),
    index("payouts_list").on(table.createdAt.desc()),
    index("payouts_due").on(table.nextAt).where(sql`next_at IS NOT NULL`),
    check("payouts_amount", sql`amount_minor > 0`),
    check("payouts_ended", sql`(state IN ('PAID', 'FAIL')) = (ended_at IS NOT NULL)`),
  ],
);
