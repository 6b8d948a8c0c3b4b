import { z } from "zod";
import type { DeliveryRow, DeliveryWithLog } from "#db/queries/api-webhooks.ts";
import { idOf, MOMENT, moment } from "#lib/api/objects/parts.ts";
import { WEBHOOK_TYPES } from "#lib/webhooks/decisions.ts";
import type { EndpointView } from "#lib/webhooks/endpoint-fields.ts";
import { NOTICE_FORMATS } from "#lib/webhooks/format.ts";

export const EVENT_TYPES = z
  .array(z.enum(WEBHOOK_TYPES))
  .min(1)
  .nullable()
  .meta({ description: "Told of these only; null: of the common ones (docs/webhooks.md)." });

const SHAPE = {
  id: idOf("whe"),
  object: z.literal("webhook_endpoint"),
  url: z.string(),
  description: z.string(),
  live: z.boolean(),
  event_types: EVENT_TYPES,
  format: z.enum(NOTICE_FORMATS).meta({ description: "`standard` (Standard Webhooks), or the notifications of one gateway's document." }),
  status: z.enum(["active", "disabled"]),
  disabled_reason: z
    .enum(["person", "gone", "failing"])
    .nullable()
    .meta({ description: "`gone`: it answered 410. `failing`: it failed for five days on end." }),
  disabled_at: MOMENT.nullable(),
  failing_since: MOMENT.nullable(),
  created_at: MOMENT,
};
export const ENDPOINT = z.strictObject(SHAPE).meta({ id: "WebhookEndpoint", description: "Where you are told of events." });
export const NEW_ENDPOINT = z
  .strictObject({ ...SHAPE, secret: z.string().meta({ description: "Verify signatures with it. Told only here." }) })
  .meta({ id: "NewWebhookEndpoint" });
export const SECRET = z
  .strictObject({ object: z.literal("webhook_secret"), endpoint: idOf("whe"), secret: z.string() })
  .meta({ id: "WebhookSecret" });

export type EndpointObject = z.infer<typeof ENDPOINT>;

export function endpointObject(view: EndpointView): EndpointObject {
  return {
    id: view.id,
    object: "webhook_endpoint",
    url: view.url,
    description: view.description,
    live: view.live ?? false,
    event_types: view.eventTypes as EndpointObject["event_types"],
    format: view.format,
    status: view.status,
    disabled_reason: view.disabledReason,
    disabled_at: moment(view.disabledAt),
    failing_since: moment(view.failingSince),
    created_at: moment(view.createdAt),
  };
}

const DELIVERY_SHAPE = {
  id: idOf("msg", "The `webhook-id` header."),
  object: z.literal("delivery"),
  endpoint: idOf("whe"),
  url: z.string(),
  order: idOf("ord").nullable(),
  type: z.string(),
  sequence: z.number().int(),
  state: z.enum(["pending", "acknowledged", "dead"]),
  tries: z.number().int(),
  next_try_at: MOMENT.nullable(),
  acknowledged_at: MOMENT.nullable(),
  created_at: MOMENT,
};
export const DELIVERY = z.strictObject(DELIVERY_SHAPE).meta({ id: "Delivery", description: "One event owed to one endpoint." });
export type DeliveryObject = z.infer<typeof DELIVERY>;

const TRY = z
  .strictObject({
    number: z.number().int(),
    status: z.number().int().nullable(),
    error: z.string().nullable(),
    response_body: z.string(),
    duration_ms: z.number().int(),
    at: MOMENT,
  })
  .meta({ id: "DeliveryTry" });
export const DELIVERY_WITH_LOG = z
  .strictObject({ ...DELIVERY_SHAPE, body: z.string().meta({ description: "The exact body." }), log: z.array(TRY) })
  .meta({ id: "DeliveryWithLog" });
export type DeliveryLogObject = z.infer<typeof DELIVERY_WITH_LOG>;

export function deliveryObject({ delivery, url }: DeliveryRow): DeliveryObject {
  return {
    id: delivery.id,
    object: "delivery",
    endpoint: delivery.endpointId,
    url,
    order: delivery.orderId,
    type: delivery.type,
    sequence: delivery.sequence,
    state: delivery.state,
    tries: delivery.tries,
    next_try_at: delivery.state === "pending" ? moment(delivery.nextTryAt) : null,
    acknowledged_at: moment(delivery.acknowledgedAt),
    created_at: moment(delivery.createdAt),
  };
}

export function deliveryLogObject(row: DeliveryWithLog): DeliveryLogObject {
  const log = row.log.map((one) => ({
    ...{ number: one.number, status: one.status, error: one.error, response_body: one.responseBody },
    ...{ duration_ms: one.durationMs, at: moment(one.at) },
  }));
  return { ...deliveryObject(row), body: row.message?.body ?? row.delivery.body, log };
}
