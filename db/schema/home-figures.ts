import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, minorUnits } from "#db/schema/columns.ts";

/**
 * Sums of the order history, so that the home screen and an account's health never read it over: what
 * db/queries/home-figures.ts counted up to `home_progress.through`. Written by the workers (lib/jobs/figures.ts), never by a
 * payment; it can be emptied at any time (both tables together) and is then counted anew from the history.
 */
export const homeFigures = pgTable(
  "home_figures",
  {
    merchantId: text("merchant_id").notNull(),
    /**
     * `order`: orders by the day they were opened. `attempt`: tries by the day they began, per account and method. `day`: what
     * was paid, per currency, by the day we learnt of it; `taken`: the same in five minutes, of the last ten days.
     */
    kind: text("kind").$type<"order" | "attempt" | "day" | "taken">().notNull(),
    /** Begins the day (where the merchant is, `home_progress.zone`), or the five minutes. */
    slot: instant("slot").notNull(),
    live: boolean("live").notNull(),
    accountId: text("account_id").notNull().default(""),
    method: text("method").notNull().default(""),
    currency: text("currency").notNull().default(""),
    /** Orders opened; tries begun. */
    opened: integer("opened").notNull().default(0),
    /** Orders a method was chosen for. */
    chosen: integer("chosen").notNull().default(0),
    /** Orders, or tries, the shopper was shown something to pay with. */
    shown: integer("shown").notNull().default(0),
    paid: integer("paid").notNull().default(0),
    /** Paid, or surely not. */
    ended: integer("ended").notNull().default(0),
    amount: minorUnits("amount").notNull().default(sql`0`),
  },
  (table) => [
    primaryKey({
      columns: [table.merchantId, table.kind, table.slot, table.live, table.accountId, table.method, table.currency],
      name: "home_figures_pkey",
    }),
    // An account's own health.
    index("home_figures_account").on(table.accountId, table.slot).where(sql`kind = 'attempt'`),
    check("home_figures_kind", sql`${table.kind} in ('order','attempt','day','taken')`),
  ],
);

/** Up to when a merchant's history stands in `home_figures`; none: nothing of it does. */
export const homeProgress = pgTable("home_progress", {
  merchantId: text("merchant_id").primaryKey(),
  through: instant("through").notNull(),
  /** The time zone its days were counted in; when the merchant goes over to another they are counted anew. */
  zone: text("zone"),
});
