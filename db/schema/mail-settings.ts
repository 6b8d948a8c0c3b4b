import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";

/**
 * The installation's mail server, as a platform admin set it on the alerts screen: one row, or none. SMTP_URL in the
 * environment goes before it (lib/mail.ts).
 */
export const mailSettings = pgTable("mail_settings", {
  /** Always `installation`. */
  id: text("id").primaryKey(),
  /** `smtp(s)://user:password@host:port`, sealed with binding `mail_settings.url.installation`. */
  url: text("url").notNull(),
  /** What the mail says it is from: `Name <address>` or an address. */
  sender: text("sender").notNull(),
  updatedBy: text("updated_by").notNull(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});
