import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { attempts } from "#db/schema/attempts.ts";
import { instant, minorUnits } from "#db/schema/columns.ts";
import { orders } from "#db/schema/orders.ts";
import type { RefundState } from "#lib/domain/refund.ts";

/** Money going back. Written by lib/payments/refund-order.ts. The reservation (orders.refunded_amount) is made with the row. */
export const refunds = pgTable(
  "refunds",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id").notNull(),
    orderId: text("order_id").notNull(),
    attemptId: text("attempt_id").notNull(),
    accountId: text("account_id").notNull(),
    /** Our number at the gateway: the same number again never refunds twice. */
    refundNo: text("refund_no").notNull(),
    gatewayRefundRef: text("gateway_refund_ref"),
    currency: text("currency").notNull(),
    amount: minorUnits("amount").notNull(),
    state: text("state").$type<RefundState>().notNull().default("reserved"),
    reason: text("reason").notNull(),
    /** Of a manual refund: how it was paid back outside (a bank's slip number). */
    note: text("note"),
    /** A user's id, or `policy`. */
    requestedBy: text("requested_by").notNull(),
    /** Makes the form's double click one refund. */
    idempotencyKey: text("idempotency_key").notNull(),
    problem: text("problem"),
    tries: integer("tries").notNull().default(0),
    nextTryAt: instant("next_try_at"),
    /** A worker has been asked to try it and is not to be asked again before. */
    leaseUntil: instant("lease_until"),
    settledAt: instant("settled_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({ columns: [table.orderId, table.merchantId], foreignColumns: [orders.id, orders.merchantId], name: "refunds_order" }),
    foreignKey({ columns: [table.attemptId, table.orderId], foreignColumns: [attempts.id, attempts.orderId], name: "refunds_attempt" }),
    uniqueIndex("refunds_no").on(table.accountId, table.refundNo),
    uniqueIndex("refunds_idempotency").on(table.merchantId, table.idempotencyKey),
    index("refunds_order_id").on(table.orderId),
    // The refunds screen: newest first, keyset by (created_at, id), all or of one state; the day's sum for the daily cap. Read
    // backwards: an index of `desc` columns keeps nulls where `order by … desc` does not, and would have to be sorted.
    index("refunds_list").on(table.merchantId, table.createdAt, table.id),
    index("refunds_list_state").on(table.merchantId, table.state, table.createdAt, table.id),
    // Search by either number, whole or by its ending.
    index("refunds_number_ending").on(sql`reverse(${table.refundNo}) collate "C"`),
    index("refunds_gateway_number_ending")
      .on(sql`reverse(${table.gatewayRefundRef}) collate "C"`)
      .where(sql`gateway_refund_ref is not null`),
    index("refunds_pending").on(table.nextTryAt).where(sql`next_try_at is not null`),
    check("refunds_amount", sql`${table.amount} > 0`),
    check("refunds_state", sql`${table.state} in ('reserved','sent','unknown','succeeded','failed','manual')`),
  ],
);
