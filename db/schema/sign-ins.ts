import { bigint, index, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { users } from "#db/schema/users.ts";

/** How a sign-in ended: the first three let the person in. */
export const SIGN_IN_OUTCOMES = ["password", "code", "recovery_code", "wrong_password", "wrong_code"] as const;
export type SignInOutcome = (typeof SIGN_IN_OUTCOMES)[number];

/**
 * The last sign-ins of each person, for their own eyes (/dashboard/security). Written by lib/sign-in.ts, which keeps the last
 * fifty that came in and the last fifty that did not; tries that the limits refused unread are not written.
 */
export const signIns = pgTable(
  "sign_ins",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    outcome: text("outcome").$type<SignInOutcome>().notNull(),
    ip: text("ip").notNull().default(""),
    userAgent: text("user_agent").notNull().default(""),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [index("sign_ins_user").on(table.userId, table.id)],
);
