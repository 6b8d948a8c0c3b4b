import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { merchants } from "#db/schema/merchants.ts";
import type { StoredWindow } from "#lib/domain/routing.ts";

/** A merchant's contract with one gateway. Written by admins; read by every use case that talks to a gateway. */
export const gatewayAccounts = pgTable(
  "gateway_accounts",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id),
    /** A gateway's id in lib/gateways/registry.ts. */
    gateway: text("gateway").notNull(),
    title: text("title").notNull(),
    baseUrl: text("base_url").notNull(),
    /** JSON of the gateway's credentials schema, sealed with binding `gateway_accounts.credentials.<id>`. */
    credentials: text("credentials").notNull(),
    /** The gateway's settings schema: overrides of assumed paths, variants, the openid container. */
    settings: jsonb("settings").$type<Record<string, unknown>>().notNull().default({}),
    /** Test accounts take no real money: the checkout says so. */
    live: boolean("live").notNull(),
    active: boolean("active").notNull().default(true),
    /** Lower is tried first. */
    position: integer("position").notNull().default(0),
    /** Its share when the merchant routes by weight; 0: only when the others cannot. */
    weight: integer("weight").notNull().default(1),
    /** The amounts it takes, a window a currency, minor units as digits; a currency without one is not limited. */
    amountWindows: jsonb("amount_windows").$type<StoredWindow[]>().notNull().default([]),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    index("gateway_accounts_merchant").on(table.merchantId, table.position),
    unique("gateway_accounts_tenant").on(table.id, table.merchantId),
    check("gateway_accounts_weight", sql`${table.weight} between 0 and 1000`),
  ],
);
