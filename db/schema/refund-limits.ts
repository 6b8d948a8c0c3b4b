import { sql } from "drizzle-orm";
import { check, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, minorUnits } from "#db/schema/columns.ts";
import { merchants } from "#db/schema/merchants.ts";

/**
 * How much of a currency goes back without a second person, and how much in one day. Written by the settings screen
 * (db/queries/refund-limits.ts). No row: neither limit. Its row lock is what makes the daily cap hold when two refund at
 * once (lib/payments/reserve-refund.ts).
 */
export const refundLimits = pgTable(
  "refund_limits",
  {
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id),
    currency: text("currency").notNull(),
    /** Above this sum of one asker's refunds of one order somebody else decides; null: nobody has to; 0: always. */
    approvalAbove: minorUnits("approval_above"),
    /** At most this much goes back in one calendar day of the merchant's zone; null: no cap. Test and live are counted apart. */
    dailyCap: minorUnits("daily_cap"),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.currency] }),
    check("refund_limits_range", sql`coalesce(${table.approvalAbove}, 0) >= 0 and coalesce(${table.dailyCap}, 0) >= 0`),
  ],
);
