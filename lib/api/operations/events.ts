import { z } from "zod";
import { listOwnEvents, readOwnEvent } from "#db/queries/api-events.ts";
import type { OrderEventType } from "#db/schema/order-events.ts";
import { PAGE_SHAPE } from "#lib/api/cursor.ts";
import { listOf, page } from "#lib/api/list.ts";
import { EVENT, EVENT_ID, type EventObject, eventObject, placeOfEvent } from "#lib/api/objects/event.ts";
import { idOf } from "#lib/api/objects/parts.ts";
import { type Operation, operation } from "#lib/api/operation.ts";
import { LISTING } from "#lib/api/operations/codes.ts";
import { ownerOf } from "#lib/api/owner.ts";
import { type ApiResult, refuse } from "#lib/api/result.ts";
import { WEBHOOK_TYPES } from "#lib/webhooks/decisions.ts";

/** Of orders: a payout has a history of its own, which this API does not list. */
const TOLD = WEBHOOK_TYPES.filter((type) => !type.startsWith("payout.")) as OrderEventType[];

const list = operation({
  ...{ id: "events.list", group: "events", method: "GET", path: "/events", scope: "events:read", status: 200 },
  summary: "List events",
  description:
    "Of orders, newest first: what webhooks tell of. With `include=all` the whole history: each order's `sequence` is then gapless.",
  query: z.strictObject({
    ...PAGE_SHAPE,
    order: idOf("ord").optional(),
    type: z.enum(TOLD).optional(),
    include: z.enum(["told", "all"]).default("told"),
  }),
  reply: listOf(EVENT),
  problems: LISTING,
  run: (call) => {
    const { order, type, include } = call.query;
    const types = type ? [type] : include === "all" ? null : TOLD;
    return page(call.query, (wanted) => listOwnEvents(call.database, ownerOf(call), { types, order }, wanted), eventObject);
  },
});

const read = operation({
  ...{ id: "events.read", group: "events", method: "GET", path: "/events/{event}", scope: "events:read", status: 200 },
  summary: "Read an event",
  params: z.strictObject({ event: EVENT_ID }),
  reply: EVENT,
  problems: ["not_found"],
  run: async (call): Promise<ApiResult<EventObject>> => {
    const { orderId, sequence } = placeOfEvent(call.params.event);
    const row = await readOwnEvent(call.database, ownerOf(call), orderId, sequence);
    return row ? { ok: true, value: eventObject(row) } : refuse("not_found", "event");
  },
});

export const EVENT_OPERATIONS: readonly Operation[] = [list, read];
