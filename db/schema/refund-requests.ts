import { sql } from "drizzle-orm";
import { check, foreignKey, index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { attempts } from "#db/schema/attempts.ts";
import { instant, minorUnits } from "#db/schema/columns.ts";
import { orders } from "#db/schema/orders.ts";
import { refunds } from "#db/schema/refunds.ts";
import { users } from "#db/schema/users.ts";
import type { RequestCause, RequestState } from "#lib/domain/refund-request.ts";

/**
 * A refund one person asked for and another decides. Written by lib/payments/{request-refund,decide-request}.ts under the
 * order's lock. It reserves nothing (docs/decisions, refund requests). What it asks for never changes, it ends once, and
 * nobody decides their own: by trigger and CHECK.
 */
export const refundRequests = pgTable(
  "refund_requests",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id").notNull(),
    orderId: text("order_id").notNull(),
    attemptId: text("attempt_id").notNull(),
    currency: text("currency").notNull(),
    amount: minorUnits("amount").notNull(),
    /** Why the money goes back; the refund's reason once approved. */
    reason: text("reason").notNull(),
    /** Of a refund by hand: how it was paid back outside. */
    note: text("note"),
    cause: text("cause").$type<RequestCause>().notNull(),
    state: text("state").$type<RequestState>().notNull().default("requested"),
    requestedBy: text("requested_by")
      .notNull()
      .references(() => users.id),
    /** Makes the form's double click one request. */
    idempotencyKey: text("idempotency_key").notNull(),
    /** Who approved or declined it: never who asked. */
    decidedBy: text("decided_by").references(() => users.id),
    /** The decision's own words. */
    decision: text("decision"),
    /** When it ended, whichever way. */
    endedAt: instant("ended_at"),
    refundId: text("refund_id").references(() => refunds.id),
    expiresAt: instant("expires_at").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      columns: [table.orderId, table.merchantId],
      foreignColumns: [orders.id, orders.merchantId],
      name: "refund_requests_order",
    }),
    foreignKey({
      columns: [table.attemptId, table.orderId],
      foreignColumns: [attempts.id, attempts.orderId],
      name: "refund_requests_attempt",
    }),
    uniqueIndex("refund_requests_idempotency").on(table.merchantId, table.idempotencyKey),
    uniqueIndex("refund_requests_refund").on(table.refundId),
    index("refund_requests_of_order").on(table.orderId),
    // The screen's lists and the count of what waits.
    index("refund_requests_list").on(table.merchantId, table.state, table.createdAt, table.id),
    index("refund_requests_due").on(table.expiresAt).where(sql`state = 'requested'`),
    check("refund_requests_amount", sql`${table.amount} > 0`),
    check("refund_requests_cause", sql`${table.cause} in ('role','limit')`),
    check("refund_requests_state", sql`${table.state} in ('requested','approved','declined','withdrawn','expired')`),
    check("refund_requests_ended", sql`(${table.state} = 'requested') = (${table.endedAt} is null)`),
    check("refund_requests_approved", sql`(${table.state} = 'approved') = (${table.refundId} is not null)`),
    // Two pairs of eyes: whoever asked is not who decides.
    check(
      "refund_requests_other",
      sql`(${table.state} in ('approved','declined')) = (${table.decidedBy} is not null) and ${table.decidedBy} is distinct from ${table.requestedBy}`,
    ),
  ],
);
