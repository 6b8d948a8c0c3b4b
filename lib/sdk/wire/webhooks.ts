// Written by scripts/sdk-types.ts from the API's own schemas: `npm run sdk:types`. Do not edit.
import type { Listing } from "../listing.ts";
import type { CallOptions } from "../send.ts";

export interface WebhookEndpoints {
  /** Create a webhook endpoint */
  create(body: WebhookEndpointsCreateBody, options?: CallOptions): Promise<NewWebhookEndpoint>;
  /** List webhook endpoints */
  list(query?: WebhookEndpointsListQuery, options?: CallOptions): Listing<WebhookEndpoint>;
  /** Read a webhook endpoint */
  read(endpoint: string, options?: CallOptions): Promise<WebhookEndpoint>;
  /** Change a webhook endpoint */
  update(endpoint: string, body?: WebhookEndpointsUpdateBody, options?: CallOptions): Promise<WebhookEndpoint>;
  /** Delete a webhook endpoint */
  delete(endpoint: string, options?: CallOptions): Promise<DeletedWebhookEndpoint>;
  /** Give an endpoint a new secret */
  rollSecret(endpoint: string, body?: WebhookEndpointsRollSecretBody, options?: CallOptions): Promise<WebhookSecret>;
  /** Send a test event */
  test(endpoint: string, options?: CallOptions): Promise<WebhookTest>;
}

export interface WebhookEndpointsCreateBody {
  /** Public https on port 443 or 8443. */
  url: string;
  description?: string;
  /** Told of these only; null: of the common ones (docs/webhooks.md). */
  event_types?: EventType[] | null;
  format?: "standard" | "hipopay-agent" | "hipopay-merchant" | "mpgateway" | "xxpay" | "fengniao";
}

export interface WebhookEndpointsListQuery {
  /** How many at most: 1 to 100. */
  limit?: number;
  /** Go on after this cursor (the `after` of the page before): older ones. */
  after?: string;
  /** Go back before this cursor (the `before` of a page): newer ones. */
  before?: string;
}

export interface WebhookEndpointsUpdateBody {
  /** Public https on port 443 or 8443. */
  url?: string;
  description?: string;
  /** Told of these only; null: of the common ones (docs/webhooks.md). */
  event_types?: EventType[] | null;
  format?: "standard" | "hipopay-agent" | "hipopay-merchant" | "mpgateway" | "xxpay" | "fengniao";
  status?: "active" | "disabled";
}

export interface WebhookEndpointsRollSecretBody {
  overlap_seconds?: number;
}

export interface Deliveries {
  /** List deliveries */
  list(query?: DeliveriesListQuery, options?: CallOptions): Listing<Delivery>;
  /** Read a delivery */
  read(delivery: string, options?: CallOptions): Promise<DeliveryWithLog>;
  /** Send a delivery again */
  resend(delivery: string, options?: CallOptions): Promise<DeliveryWithLog>;
  /** Send many deliveries again */
  replay(body: DeliveriesReplayBody, options?: CallOptions): Promise<Replay>;
}

export interface DeliveriesListQuery {
  /** How many at most: 1 to 100. */
  limit?: number;
  /** Go on after this cursor (the `after` of the page before): older ones. */
  after?: string;
  /** Go back before this cursor (the `before` of a page): newer ones. */
  before?: string;
  endpoint?: string;
  order?: string;
  state?: "pending" | "acknowledged" | "dead";
}

export interface DeliveriesReplayBody {
  /** Made at this time or later. */
  from: string;
  /** Made before this time. */
  to: string;
  endpoint?: string;
  types?: EventType[];
  states?: ("pending" | "acknowledged" | "dead")[];
}

export interface NewWebhookEndpoint {
  id: string;
  object: "webhook_endpoint";
  url: string;
  description: string;
  live: boolean;
  /** Told of these only; null: of the common ones (docs/webhooks.md). */
  event_types: EventType[] | null;
  /** `standard` (Standard Webhooks), or the notifications of one gateway's document. */
  format: "standard" | "hipopay-agent" | "hipopay-merchant" | "mpgateway" | "xxpay" | "fengniao";
  status: "active" | "disabled";
  /** `gone`: it answered 410. `failing`: it failed for five days on end. */
  disabled_reason: "person" | "gone" | "failing" | null;
  disabled_at: string | null;
  failing_since: string | null;
  /** ISO 8601, UTC. */
  created_at: string;
  /** Verify signatures with it. Told only here. */
  secret: string;
}

export type EventType =
  | "order.created"
  | "order.paid"
  | "order.paid_late"
  | "order.surplus"
  | "order.expired"
  | "order.cancelled"
  | "order.mismatch"
  | "order.flagged"
  | "attempt.failed"
  | "refund.created"
  | "refund.succeeded"
  | "refund.failed"
  | "payout.paid"
  | "payout.failed"
  | "payout.flagged";

/** Where you are told of events. */
export interface WebhookEndpoint {
  id: string;
  object: "webhook_endpoint";
  url: string;
  description: string;
  live: boolean;
  /** Told of these only; null: of the common ones (docs/webhooks.md). */
  event_types: EventType[] | null;
  /** `standard` (Standard Webhooks), or the notifications of one gateway's document. */
  format: "standard" | "hipopay-agent" | "hipopay-merchant" | "mpgateway" | "xxpay" | "fengniao";
  status: "active" | "disabled";
  /** `gone`: it answered 410. `failing`: it failed for five days on end. */
  disabled_reason: "person" | "gone" | "failing" | null;
  disabled_at: string | null;
  failing_since: string | null;
  /** ISO 8601, UTC. */
  created_at: string;
}

export interface DeletedWebhookEndpoint {
  object: "webhook_endpoint";
  id: string;
  deleted: true;
}

export interface WebhookSecret {
  object: "webhook_secret";
  endpoint: string;
  secret: string;
}

export interface WebhookTest {
  object: "webhook_test";
  delivery: string;
  acknowledged: boolean;
  status: number | null;
  error: string | null;
  response_body: string;
  duration_ms: number;
}

/** One event owed to one endpoint. */
export interface Delivery {
  /** The `webhook-id` header. */
  id: string;
  object: "delivery";
  endpoint: string;
  url: string;
  order: string | null;
  type: string;
  sequence: number;
  state: "pending" | "acknowledged" | "dead";
  tries: number;
  next_try_at: string | null;
  acknowledged_at: string | null;
  /** ISO 8601, UTC. */
  created_at: string;
}

export interface DeliveryWithLog {
  /** The `webhook-id` header. */
  id: string;
  object: "delivery";
  endpoint: string;
  url: string;
  order: string | null;
  type: string;
  sequence: number;
  state: "pending" | "acknowledged" | "dead";
  tries: number;
  next_try_at: string | null;
  acknowledged_at: string | null;
  /** ISO 8601, UTC. */
  created_at: string;
  /** The exact body. */
  body: string;
  log: DeliveryTry[];
}

export interface DeliveryTry {
  number: number;
  status: number | null;
  error: string | null;
  response_body: string;
  duration_ms: number;
  /** ISO 8601, UTC. */
  at: string;
}

export interface Replay {
  object: "replay";
  id: string;
  /** Deliveries to be sent again. */
  count: number;
}
