import { z } from "zod";
import type { Refund } from "#db/queries/refunds.ts";
import { AMOUNT, CURRENCY, idOf, MOMENT, moment } from "#lib/api/objects/parts.ts";
import { major } from "#lib/domain/money.ts";
import { REFUND_STATES } from "#lib/domain/refund.ts";

export const REFUND = z
  .strictObject({
    id: idOf("rfd"),
    object: z.literal("refund"),
    order: idOf("ord"),
    attempt: idOf("att"),
    amount: AMOUNT,
    currency: CURRENCY,
    state: z.enum(REFUND_STATES).meta({
      description:
        "`reserved`, `sent`, `unknown`: under way. `succeeded`, `failed`: final. `manual`: the gateway's document has no refund; pay back yourself, it is recorded.",
    }),
    reason: z.string(),
    note: z.string().nullable(),
    refund_no: z.string().meta({ description: "Our number for it at the gateway." }),
    gateway_refund_ref: z.string().nullable(),
    problem: z.string().nullable(),
    settled_at: MOMENT.nullable(),
    created_at: MOMENT,
  })
  .meta({ id: "Refund", description: "Money going back from one paid attempt." });

export type RefundObject = z.infer<typeof REFUND>;

export function refundObject(row: Refund): RefundObject {
  return {
    id: row.id,
    object: "refund",
    order: row.orderId,
    attempt: row.attemptId,
    amount: major(row.amount, row.currency),
    currency: row.currency as RefundObject["currency"],
    state: row.state,
    reason: row.reason,
    note: row.note,
    refund_no: row.refundNo,
    gateway_refund_ref: row.gatewayRefundRef,
    problem: row.problem,
    settled_at: moment(row.settledAt),
    created_at: moment(row.createdAt),
  };
}
