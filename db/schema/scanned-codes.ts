import { foreignKey, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { orders } from "#db/schema/orders.ts";

/**
 * Payment codes read from shoppers' wallets, so that each is used once: two tills, a double press, a till that sends again.
 * Never the code, only its keyed digest. Written by lib/payments/scan-pay.ts with the intent to charge.
 */
export const scannedCodes = pgTable(
  "scanned_codes",
  {
    merchantId: text("merchant_id").notNull(),
    digest: text("digest").notNull(),
    orderId: text("order_id").notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.digest] }),
    foreignKey({ columns: [table.orderId, table.merchantId], foreignColumns: [orders.id, orders.merchantId], name: "scanned_codes_order" }),
  ],
);
