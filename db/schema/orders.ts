import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, integer, jsonb, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { checkoutLinks } from "#db/schema/checkout-links.ts";
import { instant, minorUnits } from "#db/schema/columns.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import { webhookEndpoints } from "#db/schema/webhook-endpoints.ts";
import type { DeskEntry } from "#lib/domain/desk.ts";
import type { OrderState } from "#lib/domain/order.ts";

/**
 * What a shop wants paid. Written by lib/payments only; `state` moves by lib/domain/order.ts and a trigger refuses
 * anything else. Amount and currency never change once written.
 */
export const orders = pgTable(
  "orders",
  {
    id: text("id").primaryKey(),
    /** The unguessable part of the checkout's address. */
    token: text("token").notNull(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id),
    /** The shop's own number. */
    reference: text("reference").notNull(),
    linkId: text("link_id"),
    /** Pieces of a link's thing; the amount is for all of them. */
    quantity: integer("quantity").notNull().default(1),
    /** Paid after its place at a limited link had gone to somebody else: money that needs a person. Set by trigger. */
    linkOversold: boolean("link_oversold").notNull().default(false),
    /** The merchant's words for the paid page, as they were when the order was opened. */
    successMessage: text("success_message"),
    /** Only through this account; null: any of the merchant's. */
    accountId: text("account_id"),
    title: text("title").notNull(),
    currency: text("currency").notNull(),
    amount: minorUnits("amount").notNull(),
    state: text("state").$type<OrderState>().notNull().default("open"),
    live: boolean("live").notNull(),
    notifyUrl: text("notify_url"),
    /** The webhook endpoint of `notifyUrl`, made with the order. */
    endpointId: text("endpoint_id"),
    returnUrl: text("return_url"),
    locale: text("locale"),
    /** How it came in by `/desk`, and the parameters to give back on return (seeds/000 §4.6.3, §4.6.4); null: another way. */
    desk: jsonb("desk").$type<DeskEntry>(),
    metadata: jsonb("metadata").$type<Record<string, string>>().notNull().default({}),
    expiresAt: instant("expires_at").notNull(),
    /** A worker has been asked to end it and is not to be asked again before. */
    expiryLeaseUntil: instant("expiry_lease_until"),
    paidAt: instant("paid_at"),
    /** The attempt that credited this order. */
    paidAttemptId: text("paid_attempt_id"),
    /** The payment arrived after the order had expired or was cancelled. */
    paidLate: boolean("paid_late").notNull().default(false),
    /** Σ of all attempts that were paid, surplus included: what may at most be refunded. */
    paidAmount: minorUnits("paid_amount").notNull().default(sql`0`),
    /** Σ of refunds that hold money back (lib/domain/refund.ts REFUND_HOLDS). */
    refundedAmount: minorUnits("refunded_amount").notNull().default(sql`0`),
    /** Money that needs a person: surplus, mismatch, late. */
    needsReview: boolean("needs_review").notNull().default(false),
    /** The last event's sequence number: gapless per order, moved under the row lock. */
    eventSequence: integer("event_sequence").notNull().default(0),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("orders_token").on(table.token),
    // Test and live never mix: a shop tries its numbers out in test mode first.
    uniqueIndex("orders_reference_mode").on(table.merchantId, table.reference, table.live),
    unique("orders_tenant").on(table.id, table.merchantId),
    // The orders list, keyset by (created_at, id), per merchant, by state or amount. Ascending and read backwards: rows come in
    // by time, and PostgreSQL fills the pages of an index whole only where its keys grow (docs/decisions/0012-orders-list.md).
    index("orders_list").on(table.merchantId, table.createdAt, table.id),
    index("orders_list_state").on(table.merchantId, table.state, table.createdAt, table.id),
    index("orders_amount").on(table.merchantId, table.amount, table.createdAt, table.id),
    index("orders_test").on(table.merchantId, table.createdAt, table.id).where(sql`not live`),
    index("orders_review").on(table.merchantId, table.createdAt, table.id).where(sql`needs_review`),
    index("orders_expiry").on(table.expiresAt).where(sql`state = 'open'`),
    // A link's figures, and what holds its places.
    index("orders_by_link").on(table.linkId, table.createdAt).where(sql`link_id is not null`),
    foreignKey({
      columns: [table.linkId, table.merchantId],
      foreignColumns: [checkoutLinks.id, checkoutLinks.merchantId],
      name: "orders_link",
    }),
    foreignKey({
      columns: [table.accountId, table.merchantId],
      foreignColumns: [gatewayAccounts.id, gatewayAccounts.merchantId],
      name: "orders_account",
    }),
    foreignKey({
      columns: [table.endpointId, table.merchantId],
      foreignColumns: [webhookEndpoints.id, webhookEndpoints.merchantId],
      name: "orders_endpoint",
    }),
    check("orders_quantity", sql`${table.quantity} between 1 and 999`),
    check("orders_amount", sql`${table.amount} > 0`),
    check("orders_state", sql`${table.state} in ('open','paid','expired','cancelled')`),
    check("orders_paid", sql`(${table.state} = 'paid') = (${table.paidAt} is not null and ${table.paidAttemptId} is not null)`),
    check("orders_paid_amount", sql`${table.paidAmount} >= 0 and (${table.state} <> 'paid' or ${table.paidAmount} >= ${table.amount})`),
    check("orders_refunded", sql`${table.refundedAmount} >= 0 and ${table.refundedAmount} <= ${table.paidAmount}`),
  ],
);
