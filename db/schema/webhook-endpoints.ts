import { boolean, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { merchants } from "#db/schema/merchants.ts";

/** Where a shop wants to be told. One row per (merchant, url); an order's notify_url makes it on first use. */
export const webhookEndpoints = pgTable(
  "webhook_endpoints",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id),
    url: text("url").notNull(),
    active: boolean("active").notNull().default(true),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("webhook_endpoints_url").on(table.merchantId, table.url),
    unique("webhook_endpoints_tenant").on(table.id, table.merchantId),
  ],
);
