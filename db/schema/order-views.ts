import { sql } from "drizzle-orm";
import { boolean, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { merchants } from "#db/schema/merchants.ts";
import { users } from "#db/schema/users.ts";

/**
 * A person's own way of looking at a merchant's orders: filters and columns under a name. Written by
 * db/queries/order-views.ts only; nobody else sees it.
 */
export const orderViews = pgTable(
  "order_views",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id),
    name: text("name").notNull(),
    /** The address's fields, as the list writes them; read again through the same parser, never trusted. */
    filter: jsonb("filter").$type<Record<string, string>>().notNull(),
    /** What the list opens with when its address says nothing. */
    isDefault: boolean("is_default").notNull().default(false),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("order_views_name").on(table.userId, table.merchantId, sql`lower(${table.name})`),
    uniqueIndex("order_views_default").on(table.userId, table.merchantId).where(sql`is_default`),
  ],
);
