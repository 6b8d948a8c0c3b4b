import { foreignKey, index, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { merchants } from "#db/schema/merchants.ts";
import { webhookEndpoints } from "#db/schema/webhook-endpoints.ts";

/**
 * Secrets that sign webhooks (`whsec_…`): of one endpoint, or (`endpoint_id` null) former ones of the merchant, which sign
 * for its orders' notify_urls beside `merchants.webhook_secret` until they expire. Written by lib/webhooks/secrets.ts.
 */
export const webhookSecrets = pgTable(
  "webhook_secrets",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id),
    endpointId: text("endpoint_id"),
    /** Sealed with binding `webhook_secrets.secret.<id>`. */
    secret: text("secret").notNull(),
    /** Signs until then; null: until it is rolled. */
    expiresAt: instant("expires_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      columns: [table.endpointId, table.merchantId],
      foreignColumns: [webhookEndpoints.id, webhookEndpoints.merchantId],
      name: "webhook_secrets_endpoint",
    }),
    index("webhook_secrets_owner").on(table.merchantId, table.endpointId),
  ],
);
