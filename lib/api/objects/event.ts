import { z } from "zod";
import type { OrderEvent } from "#db/queries/api-events.ts";
import { idOf, MOMENT, moment } from "#lib/api/objects/parts.ts";
import { isTold } from "#lib/webhooks/decisions.ts";

/** `evt_<the order's own part>.<sequence>`: an event is named by its place in its order's history. */
export const EVENT_ID = z
  .string()
  .regex(/^evt_[0-9a-hjkmnp-tv-z]{20,32}\.\d{1,9}$/, "must be an event's id")
  .meta({ examples: ["evt_0h2v9m3kq8zr4t6w1x5y7c8d9e.4"] });

export const EVENT = z
  .strictObject({
    id: EVENT_ID,
    object: z.literal("event"),
    type: z.string().meta({ examples: ["order.paid"] }),
    sequence: z.number().int().meta({ description: "Its place in the order's history: gapless over all its events, told or not." }),
    order: idOf("ord"),
    attempt: idOf("att").nullable(),
    told: z.boolean().meta({ description: "Webhooks tell of it." }),
    actor: z.string().meta({ description: "Who caused it: `shopper`, `gateway`, `sweep`, `policy`, `shop` or a user's id." }),
    detail: z.record(z.string(), z.unknown()),
    created_at: MOMENT,
  })
  .meta({ id: "Event", description: "One change of an order, as its history has it." });

export type EventObject = z.infer<typeof EVENT>;

export function eventObject(row: OrderEvent): EventObject {
  const { attempt, ...detail } = row.data;
  return {
    id: `evt_${row.orderId.slice(4)}.${row.sequence}`,
    object: "event",
    type: row.type,
    sequence: row.sequence,
    order: row.orderId,
    attempt: typeof attempt === "string" ? attempt : null,
    told: isTold(row.type),
    actor: row.actor,
    detail,
    created_at: moment(row.at),
  };
}

/** The order and sequence an event's id names. */
export function placeOfEvent(id: string): { orderId: string; sequence: number } {
  const [order = "", sequence = ""] = id.slice(4).split(".");
  return { orderId: `ord_${order}`, sequence: Number(sequence) };
}
