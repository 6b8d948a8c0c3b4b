import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import { orders } from "#db/schema/orders.ts";

/**
 * What a shop that was written for one of the five gateways signs in with at `/compat/<gateway>`: the numbers and keys that
 * gateway would have given it. Written by lib/compat/keys.ts on behalf of the merchant's admins; read at every request, by caller
 * number, or by merchant number where a document has unsigned calls.
 */
export const compatKeys = pgTable(
  "compat_keys",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id),
    /** A dialect's id. */
    gateway: text("gateway").notNull(),
    /** Test keys see and make test orders only, live keys live ones. */
    live: boolean("live").notNull(),
    /** AgentNo / MerchantNO / merid / mchId / app_id. */
    callerNo: text("caller_no").notNull(),
    /** The merchant the caller may act for; the caller's own number where the document has one number only. */
    merchantNo: text("merchant_no").notNull(),
    /** The application beside the merchant, where a gateway wants both (seeds/003 `appId`). */
    appId: text("app_id"),
    /** Every order through this account; null: through any, as the merchant routes. */
    accountId: text("account_id"),
    /** The shop's own page that HipoPay's container opens with the shopper's openid (seeds/000 §4.1); null: none is registered. */
    pageUrl: text("page_url"),
    /** The shop's public key (PEM), for gateways that sign by RSA. */
    callerPublicKey: text("caller_public_key"),
    /** Our public key for this caller (PEM), which the shop verifies notifications with. */
    gatewayPublicKey: text("gateway_public_key"),
    /** Its private half, sealed with binding `compat_keys.gateway_private_key.<id>`. */
    gatewayPrivateKey: text("gateway_private_key"),
    /** The shared secret, sealed with binding `compat_keys.secret.<id>`. */
    secret: text("secret"),
    createdBy: text("created_by").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    rolledAt: instant("rolled_at"),
    /** From then on nobody signs in with it; its orders stay. */
    revokedAt: instant("revoked_at"),
    /** Of a request whose signature fitted; a minute's accuracy. */
    lastUsedAt: instant("last_used_at"),
  },
  (table) => [
    uniqueIndex("compat_keys_caller").on(table.gateway, table.callerNo),
    uniqueIndex("compat_keys_merchant_no").on(table.gateway, table.merchantNo),
    unique("compat_keys_tenant").on(table.id, table.merchantId),
    // The developers' page, and the key that signs an ordinary order's notice.
    index("compat_keys_list").on(table.merchantId, table.gateway, table.createdAt),
    foreignKey({
      columns: [table.accountId, table.merchantId],
      foreignColumns: [gatewayAccounts.id, gatewayAccounts.merchantId],
      name: "compat_keys_account",
    }),
  ],
);

/**
 * What an order that came in by `/compat` is called there, and what of its request later replies and notices repeat. Written in
 * the order's own transaction by lib/compat/open.ts; never changed, but that a create which brought nothing gives its number back.
 */
export const compatOrders = pgTable(
  "compat_orders",
  {
    orderId: text("order_id").primaryKey(),
    merchantId: text("merchant_id").notNull(),
    keyId: text("key_id").notNull(),
    /** The gateway's number of it: 25 digits, the first fourteen the time in UTC+8 (seeds/000 §4.2). */
    no: text("no").notNull(),
    /** The shop's own number; null where the document lets it be absent, or after a create that was refused. */
    clientNo: text("client_no"),
    /** The unguessable part of addresses below `/compat` (a PayId, the way back). */
    code: text("code").notNull(),
    /** The way to pay that was asked for (lib/domain/methods.ts). */
    method: text("method").notNull(),
    /** JSON of lib/compat/asked.ts, sealed with binding `compat_orders.asked.<order id>`: it names shoppers. */
    asked: text("asked").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("compat_orders_no").on(table.no),
    uniqueIndex("compat_orders_code").on(table.code),
    uniqueIndex("compat_orders_client_no").on(table.keyId, table.clientNo).where(sql`client_no is not null`),
    foreignKey({ columns: [table.orderId, table.merchantId], foreignColumns: [orders.id, orders.merchantId], name: "compat_orders_order" }),
    foreignKey({
      columns: [table.keyId, table.merchantId],
      foreignColumns: [compatKeys.id, compatKeys.merchantId],
      name: "compat_orders_key",
    }),
  ],
);

/** A shopper on the way to find out an openid for a shop's page (seeds/002 §3.2): where to go back to. Lives ten minutes. */
export const compatHops = pgTable("compat_hops", {
  /** What goes with the shopper as `state`. */
  token: text("token").primaryKey(),
  accountId: text("account_id")
    .notNull()
    .references(() => gatewayAccounts.id),
  backUrl: text("back_url").notNull(),
  /** The name the openid is appended under. */
  parameter: text("parameter").notNull(),
  expiresAt: instant("expires_at").notNull(),
});
