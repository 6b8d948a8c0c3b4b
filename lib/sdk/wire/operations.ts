// Written by scripts/sdk-types.ts from the API's own schemas: `npm run sdk:types`. Do not edit.

/** The version of the API that these types are of. */
export const API_VERSION = "2026-11-20";

/** Every operation of the API: how it is called. */
export const OPERATIONS = {
  "orders.create": { method: "POST", path: "/orders", takes: "body", list: false },
  "orders.list": { method: "GET", path: "/orders", takes: "query", list: true },
  "orders.read": { method: "GET", path: "/orders/{order}", takes: null, list: false },
  "orders.cancel": { method: "POST", path: "/orders/{order}/cancel", takes: null, list: false },
  "orders.expire": { method: "POST", path: "/orders/{order}/expire", takes: null, list: false },
  "attempts.create": { method: "POST", path: "/orders/{order}/attempts", takes: "body", list: false },
  "attempts.list": { method: "GET", path: "/orders/{order}/attempts", takes: "query", list: true },
  "attempts.read": { method: "GET", path: "/attempts/{attempt}", takes: null, list: false },
  "refunds.create": { method: "POST", path: "/refunds", takes: "body", list: false },
  "refunds.list": { method: "GET", path: "/refunds", takes: "query", list: true },
  "refunds.read": { method: "GET", path: "/refunds/{refund}", takes: null, list: false },
  "links.create": { method: "POST", path: "/links", takes: "body", list: false },
  "links.list": { method: "GET", path: "/links", takes: "query", list: true },
  "links.read": { method: "GET", path: "/links/{link}", takes: null, list: false },
  "links.update": { method: "PATCH", path: "/links/{link}", takes: "body", list: false },
  "links.retire": { method: "POST", path: "/links/{link}/retire", takes: null, list: false },
  "links.reactivate": { method: "POST", path: "/links/{link}/reactivate", takes: null, list: false },
  "events.list": { method: "GET", path: "/events", takes: "query", list: true },
  "events.read": { method: "GET", path: "/events/{event}", takes: null, list: false },
  "webhookEndpoints.create": { method: "POST", path: "/webhook-endpoints", takes: "body", list: false },
  "webhookEndpoints.list": { method: "GET", path: "/webhook-endpoints", takes: "query", list: true },
  "webhookEndpoints.read": { method: "GET", path: "/webhook-endpoints/{endpoint}", takes: null, list: false },
  "webhookEndpoints.update": { method: "PATCH", path: "/webhook-endpoints/{endpoint}", takes: "body", list: false },
  "webhookEndpoints.delete": { method: "DELETE", path: "/webhook-endpoints/{endpoint}", takes: null, list: false },
  "webhookEndpoints.rollSecret": { method: "POST", path: "/webhook-endpoints/{endpoint}/roll-secret", takes: "body", list: false },
  "webhookEndpoints.test": { method: "POST", path: "/webhook-endpoints/{endpoint}/test", takes: null, list: false },
  "deliveries.list": { method: "GET", path: "/deliveries", takes: "query", list: true },
  "deliveries.read": { method: "GET", path: "/deliveries/{delivery}", takes: null, list: false },
  "deliveries.resend": { method: "POST", path: "/deliveries/{delivery}/resend", takes: null, list: false },
  "deliveries.replay": { method: "POST", path: "/deliveries/replay", takes: "body", list: false },
  "accounts.list": { method: "GET", path: "/accounts", takes: "query", list: true },
  "accounts.balance": { method: "GET", path: "/accounts/{account}/balance", takes: "query", list: false },
  "accounts.rate": { method: "GET", path: "/accounts/{account}/rate", takes: "query", list: false },
  "sandbox.pay": { method: "POST", path: "/sandbox/attempts/{attempt}/pay", takes: "body", list: false },
  "sandbox.decline": { method: "POST", path: "/sandbox/attempts/{attempt}/decline", takes: null, list: false },
  "sandbox.expire": { method: "POST", path: "/sandbox/attempts/{attempt}/expire", takes: null, list: false },
  "sandbox.armFault": { method: "POST", path: "/sandbox/faults", takes: "body", list: false },
  "sandbox.walletCode": { method: "POST", path: "/sandbox/codes", takes: "body", list: false },
} as const satisfies Record<
  string,
  { method: "GET" | "POST" | "PATCH" | "DELETE"; path: string; takes: "body" | "query" | null; list: boolean }
>;
