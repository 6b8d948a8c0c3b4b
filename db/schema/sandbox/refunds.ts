import { sql } from "drizzle-orm";
import { check, index, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant, minorUnits } from "#db/schema/columns.ts";
import { sandboxPayments } from "#db/schema/sandbox/payments.ts";
import { sandbox } from "#db/schema/sandbox/schema.ts";

/** Refunds the gateway made. Written by lib/sandbox/refunds.ts. A caller's refund number names one refund for ever. */
export const sandboxRefunds = sandbox.table(
  "refunds",
  {
    no: text("no").primaryKey(),
    paymentNo: text("payment_no")
      .notNull()
      .references(() => sandboxPayments.no),
    gateway: text("gateway").notNull(),
    callerNo: text("caller_no").notNull(),
    clientRefundNo: text("client_refund_no"),
    amount: text("amount").notNull(),
    amountMinor: minorUnits("amount_minor").notNull(),
    state: text("state").$type<"SUCCESS" | "PROCESSING" | "FAIL">().notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("refunds_client_no").on(table.gateway, table.callerNo, table.clientRefundNo).where(sql`client_refund_no IS NOT NULL`),
    index("refunds_payment").on(table.paymentNo),
    index("refunds_bill").on(table.gateway, table.callerNo, table.createdAt),
    check("refunds_amount", sql`amount_minor > 0`),
  ],
);
