import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import type { Wallet } from "#lib/domain/methods.ts";

/**
 * The last rate a gateway told for a wallet and a currency. Written by lib/payments/refresh-rates.ts in the background; the
 * shopper's page reads it and never waits for a gateway.
 */
export const exchangeRates = pgTable(
  "exchange_rates",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => gatewayAccounts.id, { onDelete: "cascade" }),
    wallet: text("wallet").$type<Wallet>().notNull(),
    currency: text("currency").notNull(),
    /** CNY per one unit of `currency`, decimal text as the gateway told it; null before the first answer. */
    cnyPerUnit: text("cny_per_unit"),
    /** When it was told. */
    toldAt: instant("told_at"),
    /** When to ask again. */
    askDueAt: instant("ask_due_at").notNull(),
    /** Questions in a row without a rate for an answer. */
    failures: integer("failures").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.wallet, table.currency] }),
    index("exchange_rates_due").on(table.askDueAt),
    check("exchange_rates_told", sql`(${table.cnyPerUnit} is null) = (${table.toldAt} is null)`),
  ],
);
