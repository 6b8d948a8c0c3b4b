import { sql } from "drizzle-orm";
import { bigserial, boolean, index, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { sandbox } from "#db/schema/sandbox/schema.ts";

/** Demo shops that receive our webhooks. The secret is sealed with binding `sandbox.shops.secret.<id>`. */
export const sandboxShops = sandbox.table("shops", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  webhookSecret: text("webhook_secret").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
});

/** Everything a demo shop was sent, believed or not. Written by the shop's webhook receiver. */
export const sandboxShopEvents = sandbox.table(
  "shop_events",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    /** Null when no shop's secret verified it. */
    shopId: text("shop_id").references(() => sandboxShops.id),
    webhookId: text("webhook_id").notNull(),
    verified: boolean("verified").notNull(),
    type: text("type"),
    reference: text("reference"),
    state: text("state"),
    body: text("body").notNull(),
    receivedAt: instant("received_at").notNull().default(sql`clock_timestamp()`),
  },
  (table) => [index("shop_events_list").on(table.id.desc())],
);
