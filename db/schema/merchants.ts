import { sql } from "drizzle-orm";
import { boolean, check, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import type { Brand } from "#lib/domain/brand.ts";
import type { Routing } from "#lib/domain/routing.ts";

/** Who takes the money. Written by the platform admin (seed, dashboard); every business table carries its id. */
export const merchants = pgTable(
  "merchants",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    locale: text("locale").notNull().default("zh-CN"),
    timeZone: text("time_zone").notNull().default("Asia/Shanghai"),
    brand: jsonb("brand").$type<Brand>().notNull().default({}),
    /** Standard Webhooks secret (`whsec_…`), sealed with binding `merchants.webhook_secret.<id>`. */
    webhookSecret: text("webhook_secret").notNull(),
    /** What happens with money that arrives late or twice. `review`: an admin decides; `refund`: sent back at once. */
    latePolicy: text("late_policy").$type<"review" | "refund">().notNull().default("review"),
    surplusPolicy: text("surplus_policy").$type<"review" | "refund">().notNull().default("review"),
    /** Which of several accounts with the same method is tried first (lib/domain/routing.ts). */
    routing: text("routing").$type<Routing>().notNull().default("first"),
    /** JSON `{test, live}`: secrets that sign `/desk` addresses, sealed with binding `merchants.desk_secrets.<id>`; null: none made yet. */
    deskSecrets: text("desk_secrets"),
    /** Whether an unsigned `/desk` address opens an order, and with whose money. */
    deskUnsigned: text("desk_unsigned").$type<"no" | "test" | "live">().notNull().default("no"),
    /** Origins (`https://shop.example`) whose pages may show this merchant's checkout in a frame (lib/domain/embed.ts). */
    embedOrigins: jsonb("embed_origins").$type<string[]>().notNull().default([]),
    /** Whoever is a member must have two-step sign-in on before anything else (lib/auth.ts). */
    requireTotp: boolean("require_totp").notNull().default(false),
    active: boolean("active").notNull().default(true),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    check("merchants_policies", sql`${table.latePolicy} in ('review','refund') and ${table.surplusPolicy} in ('review','refund')`),
    check("merchants_desk", sql`${table.deskUnsigned} in ('no','test','live')`),
    check("merchants_routing", sql`${table.routing} in ('first','weighted','by_amount')`),
    check("merchants_locale", sql`${table.locale} in ('zh-CN','zh-HK','en')`),
  ],
);
