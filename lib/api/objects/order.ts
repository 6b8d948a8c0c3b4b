import { z } from "zod";
import type { OrderAndAttempt } from "#db/queries/api-orders.ts";
import { ATTEMPT, attemptObject } from "#lib/api/objects/attempt.ts";
import { AMOUNT, CURRENCY, idOf, METADATA, MOMENT, moment } from "#lib/api/objects/parts.ts";
import { major } from "#lib/domain/money.ts";
import { ORDER_STATES } from "#lib/domain/order.ts";
import { refundStanding } from "#lib/domain/refund.ts";
import { env } from "#lib/env.ts";

export const ORDER = z
  .strictObject({
    id: idOf("ord"),
    object: z.literal("order"),
    reference: z.string().meta({ description: "Your own number; unique among your orders." }),
    title: z.string(),
    state: z.enum(ORDER_STATES),
    amount: AMOUNT,
    currency: CURRENCY,
    live: z.boolean().meta({ description: "False: test money." }),
    checkout_url: z.string().meta({ description: "Send the shopper here to pay on the hosted page." }),
    created_at: MOMENT,
    expires_at: MOMENT,
    paid_at: MOMENT.nullable(),
    paid_late: z.boolean().meta({ description: "The payment came after the order had expired or was cancelled." }),
    paid_amount: AMOUNT.meta({ description: "All paid attempts together, surplus included." }),
    refunded_amount: AMOUNT,
    refund_status: z.enum(["none", "part", "full"]),
    needs_review: z.boolean().meta({ description: "Money that needs a person: surplus, late, or of another amount." }),
    link: idOf("lnk").nullable(),
    quantity: z.number().int().meta({ description: "Pieces of a link's thing; the amount is for all of them." }),
    oversold: z.boolean().meta({ description: "Paid after the last piece of a limited link had gone to somebody else." }),
    account: idOf("acc", "Payable through this gateway account only; null: any of yours.").nullable(),
    notify_url: z.string().nullable(),
    return_url: z.string().nullable(),
    locale: z.string().nullable(),
    metadata: METADATA,
    attempt: ATTEMPT.nullable().meta({ description: "The attempt that paid it, else the latest." }),
  })
  .meta({ id: "Order", description: "What you want paid. Amount and currency never change." });

export type OrderObject = z.infer<typeof ORDER>;

export function orderObject({ order, attempt }: OrderAndAttempt): OrderObject {
  return {
    id: order.id,
    object: "order",
    reference: order.reference,
    title: order.title,
    state: order.state,
    amount: major(order.amount, order.currency),
    currency: order.currency as OrderObject["currency"],
    live: order.live,
    checkout_url: `${env().PUBLIC_URL}/pay/${order.token}`,
    created_at: moment(order.createdAt),
    expires_at: moment(order.expiresAt),
    paid_at: moment(order.paidAt),
    paid_late: order.paidLate,
    paid_amount: major(order.paidAmount, order.currency),
    refunded_amount: major(order.refundedAmount, order.currency),
    refund_status: refundStanding(order.paidAmount, order.refundedAmount),
    needs_review: order.needsReview,
    link: order.linkId,
    quantity: order.quantity,
    oversold: order.linkOversold,
    account: order.accountId,
    notify_url: order.notifyUrl,
    return_url: order.returnUrl,
    locale: order.locale,
    metadata: order.metadata,
    attempt: attempt && attemptObject(attempt),
  };
}
