import { sql } from "drizzle-orm";
import { boolean, check, date, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { instant, minorUnits } from "#db/schema/columns.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import type { LinkField, StoredChoice } from "#lib/domain/link.ts";

/**
 * An address a merchant hands out (`/l/<slug>`): each visit that pays makes one order. Its price is one of three: `amount`,
 * `choices`, or what the shopper enters within the two limits. Written by lib/payments/{create,edit,retire}-link.ts; the two
 * counters by triggers on orders only (migration link_places), which keep `reusable` and `stock` whoever opens orders.
 */
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
    /** Stands in the field before the shopper types; only where they enter the amount. */
    suggestedAmount: minorUnits("suggested_amount"),
    /** What the shopper chooses from, in this order. */
    choices: jsonb("choices").$type<StoredChoice[]>(),
    /** The shopper may take 1 to this many pieces; null: always one. */
    quantityMax: integer("quantity_max"),
    /** False: one paid order ends it. */
    reusable: boolean("reusable").notNull().default(true),
    /** How many pieces may be sold in all; null: no limit. */
    stock: integer("stock"),
    /** Orders that hold a place, open or paid; kept only while there is a limit. */
    takenOrders: integer("taken_orders").notNull().default(0),
    /** Pieces those orders hold. */
    takenPieces: integer("taken_pieces").notNull().default(0),
    opensAt: instant("opens_at"),
    expiresAt: instant("expires_at"),
    /** What the merchant asks each shopper, three at most; answers go to the order's metadata. */
    fields: jsonb("fields").$type<LinkField[]>().notNull().default([]),
    notifyUrl: text("notify_url"),
    returnUrl: text("return_url"),
    /** The merchant's words on the paid page. */
    successMessage: text("success_message"),
    /** The language the page opens in; null: the browser's. */
    locale: text("locale"),
    /** Whether orders of this link use live or test accounts. */
    live: boolean("live").notNull(),
    /** Only through this account; null: any of the merchant's. */
    accountId: text("account_id"),
    active: boolean("active").notNull().default(true),
    /** Grows with every edit: a page drawn before is drawn anew rather than charge another price. */
    revision: integer("revision").notNull().default(1),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    unique("checkout_links_tenant").on(table.id, table.merchantId),
    // The list: newest first, keyset by (created_at, id), per merchant.
    index("checkout_links_list").on(table.merchantId, table.createdAt, table.id),
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
    check("checkout_links_pricing", sql`num_nonnulls(${table.amount}, ${table.choices}, ${table.minAmount}) = 1`),
    check("checkout_links_limits", sql`num_nulls(${table.minAmount}, ${table.maxAmount}) in (0, 2)`),
    check(
      "checkout_links_quantity",
      sql`${table.quantityMax} is null or (${table.quantityMax} between 2 and 999 and ${table.minAmount} is null)`,
    ),
    check("checkout_links_fields", sql`jsonb_typeof(${table.fields}) = 'array' and jsonb_array_length(${table.fields}) <= 3`),
    check("checkout_links_times", sql`${table.opensAt} < ${table.expiresAt}`),
    check("checkout_links_locale", sql`${table.locale} in ('zh-CN','zh-HK','en')`),
    // The last piece: the insert of the order that would take one more fails by these two.
    check("checkout_links_once", sql`${table.takenOrders} >= 0 and (${table.reusable} or ${table.takenOrders} <= 1)`),
    check("checkout_links_stock", sql`${table.takenPieces} >= 0 and (${table.stock} is null or ${table.takenPieces} <= ${table.stock})`),
  ],
);

/** How often a link's page was opened, per day of the merchant's calendar. Written in batches by lib/payments/link-visits.ts; a crash may lose seconds. */
export const linkVisits = pgTable(
  "link_visits",
  {
    linkId: text("link_id")
      .notNull()
      .references(() => checkoutLinks.id),
    day: date("day", { mode: "string" }).notNull(),
    opened: integer("opened").notNull(),
  },
  (table) => [primaryKey({ columns: [table.linkId, table.day] })],
);
