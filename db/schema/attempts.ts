import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, integer, jsonb, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { instant, minorUnits } from "#db/schema/columns.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { orders } from "#db/schema/orders.ts";
import type { AttemptState } from "#lib/domain/attempt.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { Presentation } from "#lib/domain/presentation.ts";

/**
 * One try to pay an order through one gateway account and method, under its own gateway order number.
 * Written by lib/payments only. `paid` never regresses, by trigger.
 */
export const attempts = pgTable(
  "attempts",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id").notNull(),
    orderId: text("order_id").notNull(),
    accountId: text("account_id").notNull(),
    method: text("method").$type<Method>().notNull(),
    gatewayOrderNo: text("gateway_order_no").notNull(),
    /** The gateway's own number, once known. */
    gatewayRef: text("gateway_ref"),
    /** The wallet's own transaction number, which stands on the shopper's receipt; few gateways' documents tell it. */
    walletRef: text("wallet_ref"),
    currency: text("currency").notNull(),
    amount: minorUnits("amount").notNull(),
    state: text("state").$type<AttemptState>().notNull().default("new"),
    presentation: jsonb("presentation").$type<Presentation>(),
    /** A refusal or failure in our words (lib/domain/errors.ts), for people. */
    problem: text("problem"),
    /** Paid although another attempt had already paid the order. */
    surplus: boolean("surplus").notNull().default(false),
    /** What was paid in the shopper's own currency: the gateway's opaque decimals. */
    payAmount: text("pay_amount"),
    payCurrency: text("pay_currency"),
    exchangeRate: text("exchange_rate"),
    /** Who paid, sealed with binding `attempts.payer.<id>`. */
    payer: text("payer"),
    refundedAmount: minorUnits("refunded_amount").notNull().default(sql`0`),
    expiresAt: instant("expires_at").notNull(),
    /** When the sweep asks the gateway next; null when it has nothing more to ask. */
    nextSweepAt: instant("next_sweep_at"),
    /**
     * When it is to be closed at the gateway (another attempt was paid, or a scanned code was not confirmed in time); null when
     * nothing is to be closed.
     */
    closeDueAt: instant("close_due_at"),
    /** When the gateway accepted our closing it. Where a document's only close is a reversal, money it then calls refunded was sent back by us. */
    gatewayClosedAt: instant("gateway_closed_at"),
    lastQueriedAt: instant("last_queried_at"),
    /** When the gateway first said that the wallet has the payment open, as long as it still says so; null where its document has no such word. */
    seenAt: instant("seen_at"),
    sweeps: integer("sweeps").notNull().default(0),
    paidAt: instant("paid_at"),
    /** The order's `created_at`, which never changes: the orders list narrowed by account and method is kept by it. Set by trigger where not given. */
    orderCreatedAt: instant("order_created_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({ columns: [table.orderId, table.merchantId], foreignColumns: [orders.id, orders.merchantId], name: "attempts_order" }),
    foreignKey({
      columns: [table.accountId, table.merchantId],
      foreignColumns: [gatewayAccounts.id, gatewayAccounts.merchantId],
      name: "attempts_account",
    }),
    uniqueIndex("attempts_gateway_order_no").on(table.accountId, table.gatewayOrderNo),
    // Search by a number, whole or by its ending (what is left of it on a cut screenshot), without knowing the account.
    index("attempts_number_ending").on(sql`reverse(${table.gatewayOrderNo}) collate "C"`),
    index("attempts_gateway_ref_ending").on(sql`reverse(${table.gatewayRef}) collate "C"`).where(sql`gateway_ref is not null`),
    index("attempts_wallet_ref_ending").on(sql`reverse(${table.walletRef}) collate "C"`).where(sql`wallet_ref is not null`),
    // The orders list by account, gateway, method or wallet: one range a pair, in the list's own order.
    index("attempts_ways").on(table.accountId, table.method, table.orderCreatedAt, table.orderId),
    index("attempts_order_id").on(table.orderId),
    uniqueIndex("attempts_live").on(table.orderId, table.method).where(sql`state in ('new','sent','presented','unknown')`),
    unique("attempts_of_order").on(table.id, table.orderId),
    index("attempts_sweep").on(table.nextSweepAt).where(sql`next_sweep_at is not null`),
    // What home counts as unclear, and its list.
    index("attempts_unknown").on(table.merchantId, table.createdAt).where(sql`state = 'unknown'`),
    index("attempts_close").on(table.closeDueAt).where(sql`close_due_at is not null`),
    check("attempts_amount", sql`${table.amount} > 0`),
    check("attempts_state", sql`${table.state} in ('new','sent','presented','unknown','refused','paid','failed','closed')`),
    check("attempts_paid", sql`(${table.state} = 'paid') = (${table.paidAt} is not null)`),
    check(
      "attempts_refunded",
      sql`${table.refundedAmount} >= 0 and (${table.refundedAmount} = 0 or ${table.state} = 'paid') and ${table.refundedAmount} <= ${table.amount}`,
    ),
  ],
);
