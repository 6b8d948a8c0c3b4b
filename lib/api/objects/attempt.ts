import { z } from "zod";
import type { Attempt } from "#db/queries/locks.ts";
import { AMOUNT, CURRENCY, idOf, METHOD, MOMENT, moment } from "#lib/api/objects/parts.ts";
import { ATTEMPT_STATES } from "#lib/domain/attempt.ts";
import { major } from "#lib/domain/money.ts";

const TEXTS = z.record(z.string(), z.string());

export const PRESENTATION = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("qr"), text: z.string().meta({ description: "Draw this as a QR code." }) }),
    z.strictObject({ kind: z.literal("redirect"), url: z.string() }),
    z.strictObject({ kind: z.literal("form"), action: z.string(), fields: TEXTS }),
    z.strictObject({ kind: z.literal("iframe"), url: z.string() }),
    z.strictObject({ kind: z.literal("jsapi"), params: TEXTS }),
    z.strictObject({ kind: z.literal("app"), runtime: z.enum(["wechat_sdk", "alipay_sdk", "mini_program"]), params: TEXTS }),
    z.strictObject({ kind: z.literal("none") }),
  ])
  .meta({ id: "Presentation", description: "What the shopper does next." });

export const ATTEMPT = z
  .strictObject({
    id: idOf("att"),
    object: z.literal("attempt"),
    order: idOf("ord"),
    account: idOf("acc", "The gateway account it went through."),
    method: METHOD,
    state: z.enum(ATTEMPT_STATES).meta({
      description:
        "`presented`: the shopper has something to act on. `unknown`: no clear answer yet, a query solves it. `closed`: given up.",
    }),
    amount: AMOUNT,
    currency: CURRENCY,
    gateway_order_no: z.string().meta({ description: "Our number at the gateway." }),
    gateway_ref: z.string().nullable().meta({ description: "The gateway's own number, once known." }),
    presentation: PRESENTATION.nullable(),
    problem: z.string().nullable().meta({ description: "Why it was refused or failed: a code of the problems' list." }),
    surplus: z.boolean().meta({ description: "Paid although another attempt had already paid the order." }),
    refunded_amount: AMOUNT,
    pay_amount: z.string().nullable().meta({ description: "What was paid in the shopper's own currency, as the gateway tells it." }),
    pay_currency: z.string().nullable(),
    exchange_rate: z.string().nullable().meta({ description: "CNY per one unit of `currency`, when the gateway named it." }),
    paid_at: MOMENT.nullable(),
    expires_at: MOMENT,
    created_at: MOMENT,
  })
  .meta({ id: "Attempt", description: "One try to pay an order, through one gateway account and method." });

export type AttemptObject = z.infer<typeof ATTEMPT>;

export function attemptObject(row: Attempt): AttemptObject {
  return {
    id: row.id,
    object: "attempt",
    order: row.orderId,
    account: row.accountId,
    method: row.method,
    state: row.state,
    amount: major(row.amount, row.currency),
    currency: row.currency as AttemptObject["currency"],
    gateway_order_no: row.gatewayOrderNo,
    gateway_ref: row.gatewayRef,
    presentation: row.presentation,
    problem: row.problem,
    surplus: row.surplus,
    refunded_amount: major(row.refundedAmount, row.currency),
    pay_amount: row.payAmount,
    pay_currency: row.payCurrency,
    exchange_rate: row.exchangeRate,
    paid_at: moment(row.paidAt),
    expires_at: moment(row.expiresAt),
    created_at: moment(row.createdAt),
  };
}
