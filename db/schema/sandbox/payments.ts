import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, jsonb, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant, minorUnits } from "#db/schema/columns.ts";
import { sandboxCallers } from "#db/schema/sandbox/callers.ts";
import { sandboxMerchants } from "#db/schema/sandbox/merchants.ts";
import { sandbox } from "#db/schema/sandbox/schema.ts";

/** A fault chosen for one payment; `seconds` where the fault has a delay. */
export interface ChosenFault {
  fault: string;
  seconds: number | null;
}

/**
 * The gateway's own ledger of payments. Written by lib/sandbox: create, pay, decline, close, refund. The number is the
 * primary key; a caller's own number is unique per caller; refunds never exceed the amount, by constraint.
 */
export const sandboxPayments = sandbox.table(
  "payments",
  {
    no: text("no").primaryKey(),
    /** What the wallet's scanner resolves. */
    code: text("code").notNull().unique(),
    gateway: text("gateway").notNull(),
    callerNo: text("caller_no").notNull(),
    merchantNo: text("merchant_no")
      .notNull()
      .references(() => sandboxMerchants.merchantNo),
    clientNo: text("client_no"),
    method: text("method").notNull(),
    currency: text("currency").notNull(),
    /** The decimal text as the caller sent it: replies repeat it. */
    amount: text("amount").notNull(),
    amountMinor: minorUnits("amount_minor").notNull(),
    refundedMinor: minorUnits("refunded_minor").notNull().default(sql`0`),
    subject: text("subject").notNull(),
    state: text("state").$type<"INIT" | "PAID" | "FAIL" | "EXPIRED" | "CLOSED">().notNull(),
    userPaying: boolean("user_paying").notNull().default(false),
    ip: text("ip"),
    openid: text("openid"),
    deviceInfo: text("device_info"),
    productId: text("product_id"),
    appId: text("app_id"),
    notifyUrl: text("notify_url"),
    returnUrl: text("return_url"),
    extra: jsonb("extra").$type<Record<string, string>>().notNull().default({}),
    exchangeRate: text("exchange_rate").notNull(),
    payCurrency: text("pay_currency").notNull(),
    payAmount: text("pay_amount").notNull(),
    fee: text("fee").notNull(),
    channel: text("channel").$type<"CN" | "HK">().notNull().default("CN"),
    buyerId: text("buyer_id"),
    buyerEmail: text("buyer_email"),
    walletNo: text("wallet_no"),
    faults: jsonb("faults").$type<ChosenFault[]>().notNull().default([]),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    paidAt: instant("paid_at"),
    /** When the caller first acknowledged the notice of it (seeds/003: status 2 becomes 3). Written by the notifier. */
    acknowledgedAt: instant("acknowledged_at"),
  },
  (table) => [
    foreignKey({ columns: [table.gateway, table.callerNo], foreignColumns: [sandboxCallers.gateway, sandboxCallers.callerNo] }),
    uniqueIndex("payments_client_no").on(table.gateway, table.callerNo, table.clientNo).where(sql`client_no IS NOT NULL`),
    index("payments_list").on(table.createdAt.desc()),
    index("payments_bill").on(table.gateway, table.callerNo, table.paidAt),
    check("payments_amount", sql`amount_minor > 0`),
    check("payments_refunded", sql`refunded_minor >= 0 AND refunded_minor <= amount_minor`),
    check("payments_paid", sql`(state = 'PAID') = (paid_at IS NOT NULL)`),
    check("payments_refund_of_paid", sql`refunded_minor = 0 OR state = 'PAID'`),
  ],
);
