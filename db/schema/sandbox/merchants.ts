import { foreignKey, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { sandboxCallers } from "#db/schema/sandbox/callers.ts";
import { sandbox } from "#db/schema/sandbox/schema.ts";

/** The merchants a caller may act for; an agent has several. Written by lib/sandbox/provision.ts. */
export const sandboxMerchants = sandbox.table(
  "merchants",
  {
    merchantNo: text("merchant_no").primaryKey(),
    gateway: text("gateway").notNull(),
    callerNo: text("caller_no").notNull(),
    name: text("name").notNull(),
    /** The page run in the WeChat container once it knows the openid (seeds/000 §4.1), registered beforehand. */
    pageUrl: text("page_url"),
    pageMethod: text("page_method").$type<"GET" | "POST">().notNull().default("GET"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [foreignKey({ columns: [table.gateway, table.callerNo], foreignColumns: [sandboxCallers.gateway, sandboxCallers.callerNo] })],
);
