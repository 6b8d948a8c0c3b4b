import { index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { users } from "#db/schema/users.ts";

/**
 * A person's second step at sign-in. A row without `confirmedAt` is an enrolment that was begun: it protects nothing yet.
 * Written by lib/two-step.ts, always under the row's own lock; switching it off deletes the row.
 */
export const userTotp = pgTable("user_totp", {
  userId: text("user_id")
    .primaryKey()
    .references(() => users.id),
  /** Base32 secret of RFC 6238, sealed with binding `user_totp.secret.<user id>`; until confirmed with the session that began before it. */
  secret: text("secret").notNull(),
  /** The 30-second step of the last accepted code: no code counts that is not of a later step. */
  lastStep: integer("last_step").notNull().default(0),
  createdAt: instant("created_at").notNull().defaultNow(),
  confirmedAt: instant("confirmed_at"),
});

/** Ten codes for who lost the phone; each works once. Making new ones deletes the old. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    /** SHA-256 of the user's id and the code's 80 random bits (docs/sign-in.md says why no argon2). */
    codeHash: text("code_hash").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    usedAt: instant("used_at"),
  },
  (table) => [uniqueIndex("recovery_codes_code").on(table.userId, table.codeHash)],
);

/** A sign-in whose password was right and whose code is still owed: no session, and good for nothing but the second step. */
export const signInSteps = pgTable(
  "sign_in_steps",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [index("sign_in_steps_user").on(table.userId)],
);
