import { sql } from "drizzle-orm";
import { bigint, bigserial, boolean, check, index, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { sandboxPayments } from "#db/schema/sandbox/payments.ts";
import { sandboxPayouts } from "#db/schema/sandbox/payouts.ts";
import { sandbox } from "#db/schema/sandbox/schema.ts";

/** What a notice says: the truth, or one of the lies a receiver must not believe. */
export type NoticeContent = "genuine" | "forged" | "wrong_amount" | "wrong_currency";
/** `waiting` is sent when due; `lost` never was sent; `given_up` used up the schedule. */
export type NoticeState = "waiting" | "acknowledged" | "given_up" | "lost";

/**
 * Notifications the gateway owes a caller, each of a payment or of a payout. Inserted by lib/sandbox/{pay,payouts}.ts in
 * the transaction that moves the money; worked by lib/sandbox/notifier.ts under a lease, so a killed process leaves nothing behind but a lease that runs out.
 */
export const sandboxNotices = sandbox.table(
  "notices",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    paymentNo: text("payment_no").references(() => sandboxPayments.no),
    payoutNo: text("payout_no").references(() => sandboxPayouts.no),
    content: text("content").$type<NoticeContent>().notNull(),
    state: text("state").$type<NoticeState>().notNull(),
    tries: integer("tries").notNull().default(0),
    nextAt: instant("next_at").notNull().defaultNow(),
    /** Held back until another payment's notice has gone out, or `nextAt` comes. */
    heldBack: boolean("held_back").notNull().default(false),
    leaseUntil: instant("lease_until"),
    /** Names the claim, so that a sender whose lease ran out cannot finish another's try. */
    leaseToken: text("lease_token"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    index("notices_due").on(table.nextAt).where(sql`state = 'waiting'`),
    index("notices_payment").on(table.paymentNo),
    index("notices_payout").on(table.payoutNo),
    check("notices_subject", sql`(payment_no IS NULL) <> (payout_no IS NULL)`),
  ],
);

/** One row per try of a notice, for people to read and for `drain` to count. */
export const sandboxNoticeTries = sandbox.table(
  "notice_tries",
  {
    noticeId: bigint("notice_id", { mode: "number" })
      .notNull()
      .references(() => sandboxNotices.id),
    number: integer("number").notNull(),
    at: instant("at").notNull().defaultNow(),
    durationMs: integer("duration_ms").notNull(),
    /** Null when no answer came. */
    status: integer("status"),
    /** The first 500 characters of the answer. */
    body: text("body").notNull().default(""),
    error: text("error"),
    acknowledged: boolean("acknowledged").notNull(),
  },
  (table) => [primaryKey({ columns: [table.noticeId, table.number] })],
);
