import { z } from "zod";
import type { Presentation } from "#lib/domain/presentation.ts";
import type { Created, CreateRequest } from "#lib/gateways/gateway.ts";
import type { HipopayAgent } from "#lib/gateways/hipopay-agent/credentials.ts";
import { mismatchOf, numberIn, type Order, rateOf, SPELLINGS, standingOf } from "#lib/gateways/hipopay-agent/order.ts";

/** Text that must be there. */
export const someText = z.string().min(1).max(8192);

/** JSON of an envelope whose `data` has this shape. */
export function dataOf<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object({ data: z.object(shape) });
}

/**
 * A create reply that carries its order. The order must echo what was asked (numbers, merchant, amount, currency), or the
 * answer is about something else and thus unclear. `charges`: the reply says how the charge ended; elsewhere a standing is
 * only set when it is no longer pending.
 */
export function createdFrom(
  order: Order,
  presentation: Presentation,
  request: CreateRequest,
  context: HipopayAgent,
  issues: z.RefinementCtx,
  charges = false,
): Created {
  const expected = { gatewayOrderNo: request.gatewayOrderNo, merchantNo: context.credentials.merchantNo, amount: request.amount };
  const mismatch = mismatchOf(order, expected);
  if (mismatch) {
    issues.addIssue({ code: "custom", message: mismatch });
    return z.NEVER;
  }
  const standing = standingOf(order, expected);
  const rate = rateOf(order);
  return {
    presentation,
    gatewayRef: numberIn(order, SPELLINGS.theirs),
    ...((charges || standing.kind !== "pending") && { standing }),
    ...(rate && { exchangeRate: rate }),
  };
}

/** What a create whose reply has no order says: how to pay, and the gateway's number where there is one. */
export function presented(presentation: Presentation, gatewayRef: string | null): Created {
  return { presentation, gatewayRef };
}
