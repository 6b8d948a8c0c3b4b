import { index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";

/** Calls to gateways, exact but for masked secrets and personal data. Written after each call by lib/payments/port.ts. */
export const exchanges = pgTable(
  "exchanges",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id").notNull(),
    accountId: text("account_id")
      .notNull()
      .references(() => gatewayAccounts.id),
    orderId: text("order_id"),
    attemptId: text("attempt_id"),
    operation: text("operation").notNull(),
    method: text("method").notNull(),
    url: text("url").notNull(),
    requestHeaders: jsonb("request_headers").$type<Record<string, string>>().notNull(),
    requestBody: text("request_body").notNull(),
    status: integer("status"),
    responseBody: text("response_body").notNull(),
    error: text("error"),
    durationMs: integer("duration_ms").notNull(),
    startedAt: instant("started_at").notNull(),
  },
  (table) => [index("exchanges_order").on(table.orderId, table.startedAt), index("exchanges_account").on(table.accountId, table.startedAt)],
);
