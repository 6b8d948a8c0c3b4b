import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { merchants } from "#db/schema/merchants.ts";
import { type Role, users } from "#db/schema/users.ts";

/**
 * Who was asked into a merchant's team. Written by lib/team/invitations.ts; read by hash when its link is opened. The token is in the
 * link alone: it has 128 random bits, so a plain SHA-256 is as good as any slow hash. Rows are kept: they say who came how.
 */
export const invitations = pgTable(
  "invitations",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id),
    /** As it was typed; compared without regard to case. */
    email: text("email").notNull(),
    role: text("role").$type<Role>().notNull(),
    /** SHA-256 of the link's token, hex. A new link takes the old one's place. */
    tokenHash: text("token_hash").notNull(),
    invitedBy: text("invited_by")
      .notNull()
      .references(() => users.id),
    expiresAt: instant("expires_at").notNull(),
    /** When the present link was last sent by e-mail; null: it was only shown. */
    mailedAt: instant("mailed_at"),
    acceptedAt: instant("accepted_at"),
    acceptedBy: text("accepted_by").references(() => users.id),
    withdrawnAt: instant("withdrawn_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("invitations_token").on(table.tokenHash),
    // One open invitation for each e-mail and merchant.
    uniqueIndex("invitations_open")
      .on(table.merchantId, sql`lower(${table.email})`)
      .where(sql`${table.acceptedAt} is null and ${table.withdrawnAt} is null`),
    index("invitations_merchant").on(table.merchantId, table.createdAt),
    check("invitations_role", sql`${table.role} in ('owner','admin','operator','viewer')`),
    check(
      "invitations_end",
      sql`(${table.acceptedAt} is null) = (${table.acceptedBy} is null) and (${table.acceptedAt} is null or ${table.withdrawnAt} is null)`,
    ),
  ],
);
