import { sql } from "drizzle-orm";
import { bigserial, index, integer, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { sandbox } from "#db/schema/sandbox/schema.ts";

/**
 * Faults lying in wait for the next payment or the next request. Written by the console and the control API; each is
 * used once, by whichever request claims its row first.
 */
export const sandboxFaults = sandbox.table(
  "faults",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    fault: text("fault").notNull(),
    target: text("target").$type<"payment" | "request">().notNull(),
    /** Only at this gateway, where set. */
    gateway: text("gateway"),
    /** Only for this merchant's payments, where set. */
    merchantNo: text("merchant_no"),
    /** Only for requests to this path below the gateway's root, where set. */
    path: text("path"),
    seconds: integer("seconds"),
    armedAt: instant("armed_at").notNull().defaultNow(),
    usedAt: instant("used_at"),
    /** The payment number or path it struck. */
    usedFor: text("used_for"),
    /** Whoever arms it gives it this, so that arming it again is the same one. */
    key: text("key").unique(),
  },
  (table) => [index("faults_armed").on(table.target).where(sql`used_at IS NULL`)],
);
