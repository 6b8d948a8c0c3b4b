import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, pgTable, text, unique } from "drizzle-orm/pg-core";
import { instant, minorUnits } from "#db/schema/columns.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";

/** An address a merchant hands out (`/l/<slug>`): each visit that pays makes one order. Amount null: the shopper enters it. */
export const checkoutLinks = pgTable(
  "checkout_links",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id),
    slug: text("slug").notNull().unique(),
    title: text("title").notNull(),
    description: text("description").notNull().default(""),
    currency: text("currency").notNull(),
    amount: minorUnits("amount"),
    minAmount: minorUnits("min_amount"),
    maxAmount: minorUnits("max_amount"),
    notifyUrl: text("notify_url"),
    returnUrl: text("return_url"),
    /** Whether orders of this link use live or test accounts. */
    live: boolean("live").notNull(),
    /** Only through this account; null: any of the merchant's. */
    accountId: text("account_id"),
    active: boolean("active").notNull().default(true),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    unique("checkout_links_tenant").on(table.id, table.merchantId),
    foreignKey({
      columns: [table.accountId, table.merchantId],
      foreignColumns: [gatewayAccounts.id, gatewayAccounts.merchantId],
      name: "checkout_links_account",
    }),
    check("checkout_links_amount", sql`${table.amount} is null or ${table.amount} > 0`),
    check(
      "checkout_links_window",
      sql`${table.amount} is not null or (${table.minAmount} > 0 and ${table.maxAmount} >= ${table.minAmount})`,
    ),
  ],
);
