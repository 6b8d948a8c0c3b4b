import { index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";

/** Every state change of an order, in order. lib/webhooks/decisions.ts says which are told to the shop. */
export type OrderEventType =
  | "order.created"
  | "order.paid"
  | "order.paid_late"
  | "order.surplus"
  | "order.mismatch"
  | "order.flagged"
  | "order.expired"
  | "order.cancelled"
  | "attempt.sent"
  | "attempt.presented"
  | "attempt.refused"
  | "attempt.unknown"
  | "attempt.failed"
  | "attempt.closed"
  | "notification.received"
  | "refund.requested"
  | "refund.declined"
  | "refund.withdrawn"
  | "refund.lapsed"
  | "refund.created"
  | "refund.succeeded"
  | "refund.failed"
  | "refund.unknown"
  | "order.rechecked"
  | "order.reviewed";

/**
 * The history of an order: gapless sequence, written in the transaction that makes the change, never changed after
 * (by trigger).
 */
export const orderEvents = pgTable(
  "order_events",
  {
    orderId: text("order_id").notNull(),
    sequence: integer("sequence").notNull(),
    merchantId: text("merchant_id").notNull(),
    type: text("type").$type<OrderEventType>().notNull(),
    /** Who caused it: `shopper`, `gateway`, `sweep`, `policy`, `shop` or a user's id. */
    actor: text("actor").notNull(),
    /** Facts for people and webhooks; amounts as decimal text, no personal data. */
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.sequence] }), index("order_events_merchant").on(table.merchantId, table.at)],
);
