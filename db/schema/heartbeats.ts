import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";

/** When each worker process last said it is alive; GET /api/health reads it. Written by lib/jobs/handlers.ts. */
export const heartbeats = pgTable("heartbeats", {
  worker: text("worker").primaryKey(),
  at: instant("at").notNull(),
});
