import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { orders } from "#db/schema/orders.ts";

export type DeliveryState = "pending" | "acknowledged" | "dead";

/** One event owed to one endpoint. Written with the event; the delivery job works through them in sequence. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id").notNull(),
    endpointId: text("endpoint_id").notNull(),
    orderId: text("order_id").notNull(),
    sequence: integer("sequence").notNull(),
    type: text("type").notNull(),
    /** The exact body: the same id always carries the same bytes. */
    body: text("body").notNull(),
    state: text("state").$type<DeliveryState>().notNull().default("pending"),
    tries: integer("tries").notNull().default(0),
    nextTryAt: instant("next_try_at").notNull().defaultNow(),
    /** A worker has been asked to try it and is not to be asked again before. */
    leaseUntil: instant("lease_until"),
    acknowledgedAt: instant("acknowledged_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    // No foreign key to the endpoint: its id is copied from the order, which has one. All payments of a shop would share-lock
    // the same endpoint row, and PostgreSQL then keeps a list of its lockers for every one of them.
    foreignKey({ columns: [table.orderId, table.merchantId], foreignColumns: [orders.id, orders.merchantId], name: "deliveries_order" }),
    uniqueIndex("deliveries_sequence").on(table.endpointId, table.orderId, table.sequence),
    index("deliveries_order_id").on(table.orderId),
    // The deliveries screen, and its dead letters.
    index("deliveries_list").on(table.merchantId, table.createdAt.desc(), table.id.desc()),
    index("deliveries_dead").on(table.merchantId, table.createdAt.desc(), table.id.desc()).where(sql`state = 'dead'`),
    index("deliveries_pending").on(table.nextTryAt).where(sql`state = 'pending'`),
    check("deliveries_state", sql`${table.state} in ('pending','acknowledged','dead')`),
  ],
);

/** What happened at each try of a delivery. Append-only. */
export const deliveryTries = pgTable(
  "delivery_tries",
  {
    deliveryId: text("delivery_id")
      .notNull()
      .references(() => deliveries.id),
    number: integer("number").notNull(),
    status: integer("status"),
    responseBody: text("response_body").notNull(),
    error: text("error"),
    durationMs: integer("duration_ms").notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.deliveryId, table.number] })],
);
