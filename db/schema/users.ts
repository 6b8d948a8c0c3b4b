import { sql } from "drizzle-orm";
import { boolean, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { merchants } from "#db/schema/merchants.ts";

/** People who sign in to the dashboard. The first is created at first start as platform admin. */
export const users = pgTable(
  "users",
  {
    id: text("id").primaryKey(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    /** argon2id. */
    passwordHash: text("password_hash").notNull(),
    /** The one-time password must be changed at the first sign-in. */
    mustChangePassword: boolean("must_change_password").notNull().default(false),
    platformAdmin: boolean("platform_admin").notNull().default(false),
    locale: text("locale").notNull().default("zh-CN"),
    disabledAt: instant("disabled_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [uniqueIndex("users_email").on(sql`lower(${table.email})`)],
);

export const ROLES = ["owner", "admin", "operator", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** What a user may do in a merchant. */
export const memberships = pgTable(
  "memberships",
  {
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id),
    role: text("role").$type<Role>().notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.merchantId] })],
);

/** A signed-in browser. The JWT carries only this id, and the row is read on each request, so it can be revoked. */
export const sessions = pgTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    userAgent: text("user_agent").notNull().default(""),
    ip: text("ip").notNull().default(""),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
    /** When the person last proved in this session who they are; a sign-in is a proof (lib/reauth.ts). */
    reauthenticatedAt: instant("reauthenticated_at"),
    /** Written at most once a minute; null: not since it began. */
    lastSeenAt: instant("last_seen_at"),
  },
  (table) => [index("sessions_user").on(table.userId)],
);

/** Failed sign-ins, counted per e-mail and per address so that guessing is slow in every process. */
export const signInFailures = pgTable(
  "sign_in_failures",
  {
    key: text("key").notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [index("sign_in_failures_key").on(table.key, table.at)],
);
