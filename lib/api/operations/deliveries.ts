import { z } from "zod";
import { listOwnDeliveries, readOwnDelivery } from "#db/queries/api-webhooks.ts";
import { replayOf } from "#db/queries/replays.ts";
import { PAGE_SHAPE } from "#lib/api/cursor.ts";
import { listOf, page } from "#lib/api/list.ts";
import { INSTANT, idOf } from "#lib/api/objects/parts.ts";
import { DELIVERY, DELIVERY_WITH_LOG, type DeliveryLogObject, deliveryLogObject, deliveryObject } from "#lib/api/objects/webhook.ts";
import { type Operation, operation } from "#lib/api/operation.ts";
import { LISTING, POSTING } from "#lib/api/operations/codes.ts";
import { alsoOf, ownerOf } from "#lib/api/owner.ts";
import { type ApiResult, answering, refusalOf, refuse } from "#lib/api/result.ts";
import { namedId } from "#lib/domain/ids.ts";
import { WEBHOOK_TYPES } from "#lib/webhooks/decisions.ts";
import { REPLAY_STATES, replayDeliveries } from "#lib/webhooks/replay.ts";
import { resendDelivery } from "#lib/webhooks/resend.ts";

const PATH = z.strictObject({ delivery: idOf("msg") });

const list = operation({
  ...{ id: "deliveries.list", group: "webhooks", method: "GET", path: "/deliveries", scope: "webhooks:read", status: 200 },
  summary: "List deliveries",
  description: "What webhooks were, or are still, owed; newest first.",
  query: z.strictObject({
    ...PAGE_SHAPE,
    endpoint: idOf("whe").optional(),
    order: idOf("ord").optional(),
    state: z.enum(REPLAY_STATES).optional(),
  }),
  reply: listOf(DELIVERY),
  problems: LISTING,
  run: (call) => {
    const { endpoint, order, state } = call.query;
    const filter = { endpoint, order, state };
    return page(call.query, (wanted) => listOwnDeliveries(call.database, ownerOf(call), filter, wanted), deliveryObject);
  },
});

const read = operation({
  ...{ id: "deliveries.read", group: "webhooks", method: "GET", path: "/deliveries/{delivery}", scope: "webhooks:read", status: 200 },
  summary: "Read a delivery",
  description: "With its exact body and every try.",
  params: PATH,
  reply: DELIVERY_WITH_LOG,
  problems: ["not_found"],
  run: async (call): Promise<ApiResult<DeliveryLogObject>> => {
    const row = await readOwnDelivery(call.database, ownerOf(call), call.params.delivery);
    return row ? { ok: true, value: deliveryLogObject(row) } : refuse("not_found", "delivery");
  },
});

const resend = operation({
  ...{ id: "deliveries.resend", group: "webhooks", method: "POST", path: "/deliveries/{delivery}/resend", scope: "webhooks:write" },
  status: 200,
  summary: "Send a delivery again",
  description: "The same id and the same bytes, at once, on a schedule that begins anew.",
  params: PATH,
  reply: DELIVERY_WITH_LOG,
  problems: [...POSTING, "not_found", "endpoint_disabled"],
  run: async (call): Promise<ApiResult<DeliveryLogObject>> => {
    const owner = ownerOf(call);
    const before = await readOwnDelivery(call.database, owner, call.params.delivery);
    if (!before) return refuse("not_found", "delivery");
    if (call.made === null) {
      const also = await alsoOf(call, "deliveries.resend", "delivery");
      const sent = await resendDelivery({ merchantId: owner.merchantId, deliveryId: before.delivery.id }, call.database, also);
      if (!sent.ok) return refusalOf(sent);
    }
    const row = await readOwnDelivery(call.database, owner, before.delivery.id);
    return row ? { ok: true, value: deliveryLogObject(row) } : refuse("not_found", "delivery");
  },
});

const REPLAY = z
  .strictObject({
    object: z.literal("replay"),
    id: z.string(),
    count: z.number().int().meta({ description: "Deliveries to be sent again." }),
  })
  .meta({ id: "Replay" });

const replay = operation({
  ...{ id: "deliveries.replay", group: "webhooks", method: "POST", path: "/deliveries/replay", scope: "webhooks:write", status: 201 },
  summary: "Send many deliveries again",
  description: "Those of a span of time, narrowed by endpoint, types and states: oldest first, keeping nothing new waiting.",
  body: z.strictObject({
    from: INSTANT.meta({ description: "Made at this time or later." }),
    to: INSTANT.meta({ description: "Made before this time." }),
    endpoint: idOf("whe").optional(),
    types: z.array(z.enum(WEBHOOK_TYPES)).min(1).optional(),
    states: z.array(z.enum(REPLAY_STATES)).min(1).optional(),
  }),
  reply: REPLAY,
  problems: [...POSTING, "not_found", "endpoint_disabled", "replay_range", "replay_empty", "replay_too_many"],
  example: { from: "2026-11-20T00:00:00Z", to: "2026-11-20T12:00:00Z", states: ["dead"] },
  run: async (call): Promise<ApiResult<z.infer<typeof REPLAY>>> => {
    const { merchantId, live } = call.caller;
    const { from, to, endpoint: endpointId, types, states } = call.body;
    const known = call.made === null ? null : await replayOf(call.database, merchantId, call.made);
    if (known) return { ok: true, value: { object: "replay", id: known.id, count: known.total } };
    const id = namedId("replay", call.seed);
    const wanted = { id, merchantId, live, endpointId, types, states, from: new Date(from), to: new Date(to), actor: "shop" };
    const asked = await replayDeliveries(wanted, call.database, await alsoOf(call, "deliveries.replay", "replay", { from, to }));
    return answering(asked, ({ replayId: id, count }) => ({ object: "replay" as const, id, count }));
  },
});

export const DELIVERY_OPERATIONS: readonly Operation[] = [list, read, resend, replay];
