import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { orders } from "#db/schema/orders.ts";
import { payouts } from "#db/schema/payouts.ts";

export type DeliveryState = "pending" | "acknowledged" | "dead";

/** A message as it goes out, kept where the format signs once (lib/webhooks/format.ts): sealed text, see db/queries/kept-message.ts. */
export interface KeptMessage {
  method: "POST" | "GET";
  url: string;
  headers: Record<string, string>;
  body: string;
}

/**
 * One event owed to one endpoint. Written with the event; lib/webhooks/deliver.ts works through them in sequence. Body and
 * kept message never change once written (by trigger): the same id always carries the same bytes.
 */
export const deliveries = pgTable(
  "deliveries",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id").notNull(),
    endpointId: text("endpoint_id").notNull(),
    /** What the event is about; both null for a test event. */
    orderId: text("order_id"),
    payoutId: text("payout_id"),
    /** What it is sent in order with: the events of one order, or of one payout; a test event stands alone. */
    stream: text("stream").notNull().generatedAlwaysAs(sql`coalesce(order_id, payout_id, id)`),
    sequence: integer("sequence").notNull(),
    type: text("type").notNull(),
    /** The exact body of the standard format, made with the event. */
    body: text("body").notNull(),
    /** The endpoint's format when the event happened. */
    format: text("format").notNull().default("standard"),
    /** Sealed with binding `deliveries.message.<id>`; in rows from before that, the message itself. */
    message: jsonb("message").$type<KeptMessage | string>(),
    state: text("state").$type<DeliveryState>().notNull().default("pending"),
    tries: integer("tries").notNull().default(0),
    /** Tries made before it was sent again by hand: the schedule begins anew after them. */
    triesBefore: integer("tries_before").notNull().default(0),
    /** Sent again by hand: it keeps nothing else of its stream waiting. */
    again: boolean("again").notNull().default(false),
    nextTryAt: instant("next_try_at").notNull().defaultNow(),
    /** A worker has been asked to try it and is not to be asked again before. */
    leaseUntil: instant("lease_until"),
    /** The first time. */
    acknowledgedAt: instant("acknowledged_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    // No foreign key to the endpoint: its id is copied from its row as the event is written. All payments of a shop would
    // share-lock the same endpoint row, and PostgreSQL then keeps a list of its lockers for every one of them.
    foreignKey({ columns: [table.orderId, table.merchantId], foreignColumns: [orders.id, orders.merchantId], name: "deliveries_order" }),
    foreignKey({ columns: [table.payoutId], foreignColumns: [payouts.id], name: "deliveries_payout" }),
    uniqueIndex("deliveries_stream").on(table.endpointId, table.stream, table.sequence),
    index("deliveries_order_id").on(table.orderId),
    // The deliveries screen, and its dead letters.
    index("deliveries_list").on(table.merchantId, table.createdAt, table.id),
    index("deliveries_dead").on(table.merchantId, table.createdAt, table.id).where(sql`state = 'dead'`),
    // An endpoint's page.
    index("deliveries_endpoint").on(table.endpointId, table.createdAt, table.id),
    // What is due, endpoint by endpoint: one that owes a hundred thousand keeps no other from being seen.
    index("deliveries_due").on(table.endpointId, table.nextTryAt).where(sql`state = 'pending'`),
    check("deliveries_state", sql`${table.state} in ('pending','acknowledged','dead')`),
    check("deliveries_about", sql`${table.orderId} is null or ${table.payoutId} is null`),
  ],
);

/** What happened at each try of a delivery: what was sent where, and what came back. Append-only. */
export const deliveryTries = pgTable(
  "delivery_tries",
  {
    deliveryId: text("delivery_id")
      .notNull()
      .references(() => deliveries.id),
    number: integer("number").notNull(),
    /** Null in rows from before these were written down. The body sent is the delivery's own. */
    url: text("url"),
    requestHeaders: jsonb("request_headers").$type<Record<string, string>>(),
    status: integer("status"),
    responseHeaders: jsonb("response_headers").$type<Record<string, string>>(),
    responseBody: text("response_body").notNull(),
    error: text("error"),
    durationMs: integer("duration_ms").notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.deliveryId, table.number] })],
);
