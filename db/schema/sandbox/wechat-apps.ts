import { jsonb, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { sandbox } from "#db/schema/sandbox/schema.ts";

/**
 * Applications (public accounts) at the simulated WeChat, for its OAuth (seeds/004 3.2). Written by lib/sandbox/provision.ts
 * and the control API; the secret is sealed with `sandbox.wechat_apps.secret`.
 */
export const sandboxWechatApps = sandbox.table("wechat_apps", {
  appId: text("app_id").primaryKey(),
  secret: text("secret").notNull(),
  /** Hosts (with port) that shoppers may be sent back to. */
  domains: jsonb("domains").$type<string[]>().notNull().default([]),
  createdAt: instant("created_at").notNull().defaultNow(),
});
